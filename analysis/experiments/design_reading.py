"""From a design file to a `Design`: everything is checked, and all problems are listed with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from model.engine.text import Text
from model.run import STEPS
from model.run_limits import RunError, steps_per_year
from model.scenario import Scenario
from model.scenario.problems import alternatives, missing, quoted, unknown_key
from model.scenario.scenario import MOST_REPLICATIONS

from .design import CHUNK, FILE, GRID, METHODS, Design, Dimension, Projects, Sample
from .design_kept import kept_of
from .design_policies import policies_of
from .design_source import DesignError, Source, read_source
from .design_varying import varying
from .sample_file import read_rows
from .sampling import MOST_AT_ONCE, WHOLE, points_of

FIELDS = (
    *("title", "description", "extends", "base", "vary", "policies", "sample", "keep", "pipeline", "chunk", "dt"),
)
"""Fields of a design."""
SAMPLE_KEYS = ("method", "size", "seed", "file")
LARGEST_SIZE, LARGEST_SEED, LARGEST_CHUNK = 10**8, 10**6, 65536
LARGEST_GRID_SIZE = 1000
DEFAULT_SIZE, DEFAULT_GRID_SIZE = 1024, 5


def load_design(path: str | Path) -> Design:
    """The design in a file, or the shipped one of this name. Raises a `DesignError` that lists all problems."""
    source = read_source(Path(path))
    design = _Reader(source).design()
    source.refuse()
    assert design is not None
    return design


class _Reader:
    """Reads one design; problems are noted in its source."""

    def __init__(self, source: Source):
        self.source, self.data = source, source.data

    def design(self) -> Design | None:
        """The design; None, or a useless one, where problems were noted."""
        for key in self.data:
            if key not in FIELDS:
                self.source.report((key,), unknown_key(key, FIELDS))
        for key in ("title", "vary", "keep"):
            if key not in self.data:
                self.source.report((), missing(key))
        policies = policies_of(self.source)
        dimensions = varying(self.source, policies)
        kept, years = kept_of(self.source)
        sample = self._sample(dimensions)
        title = self.source.text("title")
        projects, steps = self._projects(), self._steps()
        chunk = self.source.whole(("chunk",), CHUNK, 1, LARGEST_CHUNK)
        self._check_projects(policies, projects)
        if self.source.problems or not dimensions:
            return None
        design = Design(
            title=title,
            description=self.source.text("description"),
            policies=tuple(policies),
            dimensions=tuple(dimensions),
            sample=sample,
            kept=tuple(kept),
            years=years,
            projects=projects,
            chunk=chunk,
            steps=steps,
            data=self.data,
        )
        self._check_size(design)
        return design

    def _sample(self, dimensions: list[Dimension]) -> Sample:
        sample = self.source.mapping("sample", SAMPLE_KEYS)
        method = sample.get("method", FILE if "file" in sample else Sample.method)
        if method not in METHODS:
            what, allowed = quoted(method), alternatives(method, METHODS)
            self.source.report(
                ("sample", "method"),
                Text(zh=f"没有抽样方法 {what.zh}；{allowed.zh}", en=f"no method {what.en}; {allowed.en}"),
            )
        elif (method == FILE) != ("file" in sample) or (method == FILE and "size" in sample):
            self.source.report(
                ("sample",),
                Text(
                    zh="`file` 与 `method: file` 须同时使用，其他方法用 `size`",
                    en="`file` goes with `method: file`, and other methods take a `size`",
                ),
            )
            return Sample()
        grid = method == GRID
        size = self.source.whole(
            ("sample", "size"),
            DEFAULT_GRID_SIZE if grid else DEFAULT_SIZE,
            1,
            LARGEST_GRID_SIZE if grid else LARGEST_SIZE,
        )
        seed = self.source.whole(("sample", "seed"), 1, 0, LARGEST_SEED)
        rows: Mapping[str, np.ndarray] = {}
        if method == FILE:
            rows = read_rows(self.source, sample["file"], dimensions)
        return Sample(method, size, seed, rows)

    def _projects(self) -> Projects | None:
        pipeline = self.data.get("pipeline", "deterministic")
        if pipeline == "deterministic":
            return None
        if pipeline == "stochastic":
            return Projects(1)
        given = self.source.mapping("pipeline", ("mode", "replications"))
        if given.get("mode") != "stochastic":
            self.source.report(
                ("pipeline",),
                Text(
                    zh="允许：deterministic、stochastic，或 {mode: stochastic, replications: 20}",
                    en="allowed: deterministic, stochastic, or {mode: stochastic, replications: 20}",
                ),
            )
            return None
        return Projects(self.source.whole(("pipeline", "replications"), 1, 1, MOST_REPLICATIONS))

    def _check_projects(self, policies: list[Scenario], projects: Projects | None) -> None:
        """Refuse what would be dropped without a word: a step beside single projects, and single projects of a policy
        in a design without them."""
        if projects and "dt" in self.data:
            self.source.report(
                ("dt",),
                Text(
                    zh="单个项目按半月步长模拟，不能再给 `dt`；允许：省略 `dt` 或 `pipeline`",
                    en="single projects move by half months, so that `dt` does not go with `pipeline`; allowed: one of "
                    "the two",
                ),
            )
        for policy in policies:
            if policy.pipeline and not projects:
                self.source.report(
                    ("policies",),
                    Text(
                        zh=f"情景 {policy.name} 逐个模拟项目，而方案没有；允许：在方案中写 `pipeline: stochastic`，"
                        "或换一个情景",
                        en=f"the policy {policy.name} simulates single projects and the design does not; allowed: "
                        "`pipeline: stochastic` in the design, or another policy",
                    ),
                )

    def _steps(self) -> int:
        if "dt" not in self.data:
            return STEPS
        try:
            return steps_per_year(self.data["dt"])
        except RunError as error:
            self.source.report(("dt",), Text(zh=f"步长有误（{error}）", en=str(error)))
            return STEPS

    def _check_size(self, design: Design) -> None:
        numbers, method = points_of(design) * len(design.dimensions), design.sample.method
        if method in WHOLE and numbers > MOST_AT_ONCE:
            self.source.report(
                ("sample", "size"),
                Text(
                    zh=f"{method} 样本须一次生成，共 {numbers} 个数，过多；允许：不超过 {MOST_AT_ONCE} 个，或用 sobol",
                    en=f"a {method} sample is made as a whole, and {numbers} numbers are too many; allowed: at most "
                    f"{MOST_AT_ONCE}, or method sobol",
                ),
            )
        elif points_of(design) > LARGEST_SIZE:
            self.source.report(
                ("sample",),
                Text(
                    zh=f"样本点过多：{points_of(design)}；允许：最多 {LARGEST_SIZE}",
                    en=f"{points_of(design)} points are too many; allowed: at most {LARGEST_SIZE}",
                ),
            )


__all__ = ["DesignError", "load_design"]
