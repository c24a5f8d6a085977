"""The parameters that vary in a design: draws of a calibration, priors, or ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calibration.estimated import candidates, varied
from calibration.posterior import WINDOWS
from model.scenario.checks import PARAMETERS_LISTED
from model.scenario.problems import Where, alternatives, key_and_value, quoted, unknown_key

from .design import POSTERIOR, PRIORS, SOURCES, Between, Dimension, FromPrior, ParameterPart, PosteriorPart
from .policy_inputs import stored_posterior
from .varying_part import VaryingPart

PARAMETER_KEYS = ("from", "only", "window", "disturbances")
DRAW = "posterior_draw"
"""Name of the column that holds the draw of a calibration."""


class VaryingParameters(VaryingPart):
    """Parameters, all together or each by itself."""

    def dimensions(self, given: object) -> Iterator[Dimension]:
        """The dimensions that `given` describes."""
        where: Where = ("vary", "parameters")
        data = {"from": given} if isinstance(given, str) else self.mapping(where, given, "{from: posterior}")
        for key in data:
            if key not in PARAMETER_KEYS:
                self.source.report((*where, key), unknown_key(key, PARAMETER_KEYS))
        origin = data.get("from")
        if origin not in SOURCES:
            what, allowed = key_and_value("from", origin), alternatives(origin, SOURCES)
            self.report((*where, "from"), zh=f"{what.zh}；{allowed.zh}", en=f"{what.en}; {allowed.en}")
        elif origin == POSTERIOR:
            yield from self._posterior(where, data)
        else:
            yield from self._numbers(where, data, origin == PRIORS)

    def _posterior(self, where: Where, data: Mapping) -> Iterator[Dimension]:
        window, disturbed = data.get("window", WINDOWS[-1]), data.get("disturbances", False)
        if "only" in data:
            self.report(
                (*where, "only"),
                zh="后验抽样中各参数相互关联，不能只取一部分；允许：省略 only，或用 from: priors",
                en="the numbers of a posterior draw belong together; allowed: leave out only, or take from: priors",
            )
        if window not in WINDOWS:
            what, years = key_and_value("window", window), ", ".join(map(str, WINDOWS))
            self.report((*where, "window"), zh=f"{what.zh}；允许：{years}", en=f"{what.en}; allowed: {years}")
            return
        if not isinstance(disturbed, bool):
            what = key_and_value("disturbances", disturbed)
            self.report(
                (*where, "disturbances"), zh=f"{what.zh}；允许：true 或 false", en=f"{what.en}; allowed: true or false"
            )
            return
        posterior = stored_posterior(window)
        self.refuse_twice(where, "parameters", varied(posterior.numbers))
        draws = Between(0, len(posterior.draws) - 1, whole=True)
        yield Dimension(DRAW, PosteriorPart(window, disturbed), draws)

    def _numbers(self, where: Where, data: Mapping, from_priors: bool) -> Iterator[Dimension]:
        known = candidates()
        only = data.get("only", [name for name, number in known.items() if number.declared or not from_priors])
        for key in ("window", "disturbances"):
            if key in data:
                self.report(
                    (*where, key), zh=f"{key} 只用于 from: posterior", en=f"{key} goes with from: posterior only"
                )
        if not isinstance(only, list) or not only:
            what = key_and_value("only", only)
            self.report((*where, "only"), zh=f"{what.zh}；允许：非空列表", en=f"{what.en}; allowed: a list, not empty")
            return
        chosen = [name for place, name in enumerate(only) if self._is_number((*where, "only", place), name)]
        self.refuse_twice(where, "parameters", varied([known[name] for name in chosen]))
        for name in dict.fromkeys(chosen):
            number = known[name]
            spread = FromPrior(number) if from_priors else Between(number.low, number.high)
            yield Dimension(name, ParameterPart(number), spread)

    def _is_number(self, where: Where, name: object) -> bool:
        if name in candidates():
            return True
        what, allowed = quoted(name), alternatives(name, candidates(), PARAMETERS_LISTED)
        self.report(
            where,
            zh=f"没有可变的参数 {what.zh}（分行业的写作 参数.行业）；{allowed.zh}",
            en=f"no parameter {what.en} with a range (by branch: parameter.branch); {allowed.en}",
        )
        return False
