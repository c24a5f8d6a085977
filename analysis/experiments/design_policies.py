"""The policies of a design: scenarios that come with the model, files beside the design, or written into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from model.engine.text import Text
from model.scenario import BASELINE, Scenario, ScenarioError, load_scenario, shipped_scenarios
from model.scenario.loading import scenario_from
from model.scenario.problems import Where, alternatives, quoted
from model.scenario.yaml_source import Document

from .design_source import SHIPPED_LISTED, Source

MOST_POLICIES = 100


def policies_of(source: Source) -> list[Scenario]:
    """The policies of a design, by default its base alone; problems are noted in `source`."""
    base = _scenario(source, ("base",), source.data.get("base", BASELINE))
    if "policies" not in source.data:
        return [base] if base else []
    found: dict[str, Scenario] = {}
    for place, entry in enumerate(source.list_at(("policies",), source.data["policies"])):
        where = ("policies", place)
        policy = _inline(source, where, entry, base) if isinstance(entry, Mapping) else _scenario(source, where, entry)
        if policy is None:
            continue
        if policy.name in found:
            source.report(
                where,
                Text(
                    zh=f"两个政策方案都叫 {policy.name}；允许：名称各不相同",
                    en=f"two policies are named {policy.name}; allowed: different names",
                ),
            )
        found[policy.name] = policy
    if len(found) > MOST_POLICIES:
        source.report(
            ("policies",),
            Text(zh=f"政策方案过多；最多 {MOST_POLICIES} 个", en=f"too many policies; at most {MOST_POLICIES}"),
        )
    return list(found.values())


def _scenario(source: Source, where: Where, name: object) -> Scenario | None:
    """A shipped scenario, or one in a file beside the design."""
    shipped = shipped_scenarios()
    if isinstance(name, str):
        stem = name.removesuffix(".yaml")
        file = source.folder / f"{stem}.yaml"
        if file.is_file() and (name.endswith(".yaml") or stem not in shipped):
            return _loaded(source, file)
        if stem in shipped:
            return shipped[stem]
    what, allowed = quoted(name), alternatives(name, shipped, SHIPPED_LISTED)
    source.report(
        where,
        Text(
            zh=f"没有情景 {what.zh}；{allowed.zh}，或同一文件夹中的情景文件",
            en=f"no scenario {what.en}; {allowed.en}, or a scenario file beside the design",
        ),
    )
    return None


def _loaded(source: Source, file: Path) -> Scenario | None:
    try:
        return load_scenario(file)
    except ScenarioError as error:
        source.problems += [p for p in error.problems if p not in source.problems]
        return None


def _inline(source: Source, where: Where, entry: Mapping, base: Scenario | None) -> Scenario | None:
    """A policy written into the design: `{name: {levers: ...}}`, on top of `base`."""
    name = next(iter(entry), None)
    content = entry.get(name)
    if len(entry) != 1 or not isinstance(name, str) or not name.isidentifier() or not isinstance(content, Mapping):
        source.report(
            where,
            Text(
                zh="政策方案写法有误；允许：情景名称，或 {名称: {levers: …}}，名称为英文标识符",
                en="this is no policy; allowed: the name of a scenario, or {name: {levers: …}} with a name such as "
                "closure_first",
            ),
        )
        return None
    inside = (*where, name)
    lines = {w[len(inside) :]: line for w, (_, line) in source.places.items() if w[: len(inside)] == inside}
    file = source.places[inside][0]
    document = Document(file, {"title": name, **content}, {(): 1, **lines})
    try:
        return scenario_from(document, name, source.folder, base)
    except ScenarioError as error:
        source.problems += [p for p in error.problems if p not in source.problems]
        return None
