"""From a design file to a `Design`: everything is checked, and all problems are listed with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from model.engine.text import LANGUAGES, Text
from model.inputs import END, LATEST, POLICY_START, START
from model.run import STEPS, indicator_names
from model.run_limits import RunError, steps_per_year
from model.scenario import BASELINE, Scenario, ScenarioError, load_scenario, shipped_scenarios
from model.scenario.loading import scenario_from
from model.scenario.problems import Where, alternatives, key_and_value, missing, quoted, unknown_key
from model.scenario.scenario import MOST_REPLICATIONS
from model.scenario.yaml_source import Document
from model.system import system

from .design import CHUNK, FILE, GRID, METHODS, Design, Dimension, Kept, Projects, Sample
from .design_source import SHIPPED_LISTED, DesignError, Source, read_source
from .design_varying import varying
from .sample_file import read_rows
from .sampling import MOST_AT_ONCE, WHOLE, points_of

FIELDS = (
    *("title", "description", "extends", "base", "vary", "policies", "sample", "keep", "pipeline", "chunk", "dt"),
)
"""Fields of a design."""
SAMPLE_KEYS, KEEP_KEYS = ("method", "size", "seed", "file"), ("indicators", "totals", "years")
LARGEST_SIZE, LARGEST_SEED, LARGEST_CHUNK = 10**8, 10**6, 65536
LARGEST_GRID_SIZE = 1000
MOST_POLICIES = 100
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
        policies = self._policies()
        dimensions = varying(self.source, policies)
        kept, years = self._keep()
        sample = self._sample(dimensions)
        title = self._text("title")
        projects, steps = self._projects(), self._steps()
        chunk = self._whole(("chunk",), CHUNK, 1, LARGEST_CHUNK)
        if self.source.problems or not dimensions:
            return None
        design = Design(
            title=title,
            description=self._text("description"),
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

    # Plain values

    def _get(self, where: Where, default: Any = None) -> Any:
        value: Any = self.data
        for key in where:
            if not isinstance(value, Mapping) or key not in value:
                return default
            value = value[key]
        return value

    def _whole(self, where: Where, default: int, low: int, high: int) -> int:
        value = self._get(where, default)
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        what = key_and_value(where[-1], value)
        self.source.report(
            where,
            Text(
                zh=f"{what.zh}；允许：{low} 至 {high} 的整数",
                en=f"{what.en}; allowed: a whole number from {low} to {high}",
            ),
        )
        return default

    def _text(self, key: str) -> str | Text:
        value = self.data.get(key, "")
        if isinstance(value, str):
            return value
        if (
            isinstance(value, Mapping)
            and set(value) == set(LANGUAGES)
            and all(isinstance(t, str) for t in value.values())
        ):
            return Text(zh=value["zh"], en=value["en"])
        what = key_and_value(key, value)
        self.source.report(
            (key,),
            Text(
                zh=f"{what.zh}；允许：一段文本，或 {{zh: …, en: …}}，两种语言都要有",
                en=f"{what.en}; allowed: a text, or {{zh: …, en: …}} with both languages",
            ),
        )
        return ""

    def _mapping(self, key: str, keys: Iterable[str]) -> Mapping:
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            names, what = ", ".join(keys), key_and_value(key, value)
            self.source.report(
                (key,), Text(zh=f"{what.zh}；允许的键：{names}", en=f"{what.en}; allowed: a mapping with {names}")
            )
            return {}
        for name in value:
            if name not in keys:
                self.source.report((key, name), unknown_key(name, keys))
        return value

    def _list(self, where: Where, value: object) -> list:
        if isinstance(value, list) and value:
            return value
        what = key_and_value(where[-1], value)
        self.source.report(where, Text(zh=f"{what.zh}；允许：非空列表", en=f"{what.en}; allowed: a list, not empty"))
        return []

    # Policies

    def _policies(self) -> list[Scenario]:
        base = self._scenario(("base",), self.data.get("base", BASELINE))
        if "policies" not in self.data:
            return [base] if base else []
        found: dict[str, Scenario] = {}
        for place, entry in enumerate(self._list(("policies",), self.data["policies"])):
            where = ("policies", place)
            policy = self._inline(where, entry, base) if isinstance(entry, Mapping) else self._scenario(where, entry)
            if policy is None:
                continue
            if policy.name in found:
                self.source.report(
                    where,
                    Text(
                        zh=f"两个政策方案都叫 {policy.name}；允许：名称各不相同",
                        en=f"two policies are named {policy.name}; allowed: different names",
                    ),
                )
            found[policy.name] = policy
        if len(found) > MOST_POLICIES:
            self.source.report(
                ("policies",),
                Text(zh=f"政策方案过多；最多 {MOST_POLICIES} 个", en=f"too many policies; at most {MOST_POLICIES}"),
            )
        return list(found.values())

    def _scenario(self, where: Where, name: object) -> Scenario | None:
        """A shipped scenario, or one in a file beside the design."""
        shipped = shipped_scenarios()
        if isinstance(name, str):
            stem = name.removesuffix(".yaml")
            file = self.source.folder / f"{stem}.yaml"
            if file.is_file() and (name.endswith(".yaml") or stem not in shipped):
                return self._loaded(where, file)
            if stem in shipped:
                return shipped[stem]
        what, allowed = quoted(name), alternatives(name, shipped, SHIPPED_LISTED)
        self.source.report(
            where,
            Text(
                zh=f"没有情景 {what.zh}；{allowed.zh}，或同一文件夹中的情景文件",
                en=f"no scenario {what.en}; {allowed.en}, or a scenario file beside the design",
            ),
        )
        return None

    def _loaded(self, where: Where, file: Path) -> Scenario | None:
        try:
            return load_scenario(file)
        except ScenarioError as error:
            self.source.problems += [p for p in error.problems if p not in self.source.problems]
            return None

    def _inline(self, where: Where, entry: Mapping, base: Scenario | None) -> Scenario | None:
        """A policy written into the design: `{name: {levers: ...}}`, on top of `base`."""
        name = next(iter(entry), None)
        content = entry.get(name)
        if len(entry) != 1 or not isinstance(name, str) or not name.isidentifier() or not isinstance(content, Mapping):
            self.source.report(
                where,
                Text(
                    zh="政策方案写法有误；允许：情景名称，或 {名称: {levers: …}}，名称为英文标识符",
                    en="this is no policy; allowed: the name of a scenario, or {name: {levers: …}} with a name such as "
                    "closure_first",
                ),
            )
            return None
        inside = (*where, name)
        lines = {w[len(inside) :]: line for w, (_, line) in self.source.places.items() if w[: len(inside)] == inside}
        file = self.source.places[inside][0]
        document = Document(file, {"title": name, **content}, {(): 1, **lines})
        try:
            return scenario_from(document, name, self.source.folder, base)
        except ScenarioError as error:
            self.source.problems += [p for p in error.problems if p not in self.source.problems]
            return None

    # What is kept

    def _keep(self) -> tuple[list[Kept], tuple[int, ...]]:
        if "keep" not in self.data:
            return [], (END,)
        keep = self._mapping("keep", KEEP_KEYS)
        found: dict[str, Kept] = {}
        for key in ("indicators", "totals"):
            if key in keep:
                for place, name in enumerate(self._list(("keep", key), keep[key])):
                    found |= {kept.name: kept for kept in self._kept(("keep", key, place), name, key == "totals")}
        if not {"indicators", "totals"} & set(keep):
            self.source.report(("keep",), missing("indicators"))
        return list(found.values()), self._years(keep.get("years", [END]))

    def _kept(self, where: Where, name: object, total: bool) -> list[Kept]:
        indicator, dot, label = name.partition(".") if isinstance(name, str) else (name, "", "")
        if indicator not in indicator_names():
            listed = Text(zh="命令 `hebei2025 variables` 所列的指标", en="indicators that `hebei2025 variables` lists")
            what, allowed = quoted(indicator), alternatives(indicator, indicator_names(), listed)
            self.source.report(
                where, Text(zh=f"没有指标 {what.zh}；{allowed.zh}", en=f"no indicator {what.en}; {allowed.en}")
            )
            return []
        axis, end = system().variables[str(indicator)].axis, "_total" if total else ""
        if dot and (axis is None or label not in axis.labels):
            allowed = alternatives(label, axis.labels if axis else ())
            self.source.report(
                where,
                Text(
                    zh=f"{indicator} 没有 {label}；{allowed.zh if axis else '该指标不分行业'}",
                    en=f"{indicator} has no {label}; {allowed.en if axis else 'it is one number a year'}",
                ),
            )
            return []
        if axis is None:
            return [Kept(f"{indicator}{end}", str(indicator), None, total)]
        whole = [label] if dot else ["all"] if "all" in axis.labels else []
        if total and not whole:
            return [Kept(f"{indicator}{end}", str(indicator), None, True)]
        chosen = whole or axis.labels
        suffix = {entry: "" if entry == "all" and not dot else f".{entry}" for entry in chosen}
        return [Kept(f"{indicator}{suffix[e]}{end}", str(indicator), axis.index(e), total) for e in chosen]

    def _years(self, given: object) -> tuple[int, ...]:
        years = []
        first = POLICY_START if self._get(("keep", "totals")) else START
        for place, year in enumerate(self._list(("keep", "years"), given)):
            if not isinstance(year, int) or isinstance(year, bool) or not first <= year <= LATEST:
                what = quoted(year)
                self.source.report(
                    ("keep", "years", place),
                    Text(
                        zh=f"{what.zh} 不能作为年份；允许：{first} 至 {LATEST}",
                        en=f"{what.en} is no year to keep; allowed: {first} to {LATEST}",
                    ),
                )
            else:
                years.append(year)
        return tuple(sorted(set(years))) or (END,)

    # Sample and runs

    def _sample(self, dimensions: list[Dimension]) -> Sample:
        sample = self._mapping("sample", SAMPLE_KEYS)
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
        size = self._whole(
            ("sample", "size"),
            DEFAULT_GRID_SIZE if grid else DEFAULT_SIZE,
            1,
            LARGEST_GRID_SIZE if grid else LARGEST_SIZE,
        )
        seed = self._whole(("sample", "seed"), 1, 0, LARGEST_SEED)
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
        given = self._mapping("pipeline", ("mode", "replications"))
        if given.get("mode") != "stochastic":
            self.source.report(
                ("pipeline",),
                Text(
                    zh="允许：deterministic、stochastic，或 {mode: stochastic, replications: 20}",
                    en="allowed: deterministic, stochastic, or {mode: stochastic, replications: 20}",
                ),
            )
            return None
        return Projects(self._whole(("pipeline", "replications"), 1, 1, MOST_REPLICATIONS))

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
