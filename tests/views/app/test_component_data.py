"""What the Explore component is handed: charts, figures, the model and its inputs, the levers that matter now."""

import json
import re

import numpy as np
import pytest

from model.axes import BRANCH
from model.engine.integrate import compiled
from model.inputs import START
from model.scenario import AS_HAPPENED, inputs_of, shipped_scenarios
from model.system import system
from views.charts.plot import plot_of
from views.component import model_data
from views.component.chart_data import chart_texts
from views.component.component import CHART_LIBRARY, FOLDER, PARTS
from views.component.lever_data import lever_data
from views.component.texts import component_texts
from views.display_units import quantity, unit_steps
from views.language import LANGUAGES, Locale
from views.pages.explore import sensitive_levers
from views.results import mixes, simulation
from views.results.catalogue import CHARTS, HEADLINES, indicators_used
from views.results.headline import UNITS, figures
from views.results.sliders import slots

from .support import run


def yearly(values, entry):
    """A series as the browser takes it from the results: one entry of a year, or all of them added in their order."""
    rows = values.reshape(len(values), -1)
    return rows[:, entry] if entry is not None else np.cumsum(rows, axis=1)[:, -1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_says_where_its_lines_are_among_the_results(language):
    locale, result = Locale(language), run(output_cap=-5.0)
    data = chart_texts(2025, locale)
    assert data["years"] == [str(year) for year in range(2010, 2026)]
    for chart in CHARTS.values():
        told, plot = data["charts"][chart.id], plot_of(chart, result, result, {}, locale)
        series = {each["id"]: each for each in told["options"]["series"] if "id" in each}
        for place, line in zip(told["lines"], plot.lines, strict=True):
            values = result.values[place["variable"]]
            assert values.size == len(values) * place["size"]
            np.testing.assert_array_equal(yearly(values, place["entry"]) * place["scale"], line.now)
            assert series[place["id"]]["data"] == []
        assert (told["title"], told["unit"]) == (plot.title, plot.unit)


@pytest.mark.parametrize(("language", "year"), [("en", 2020), ("zh", 2025)])
def test_every_figure_says_where_it_is_and_which_target_counts(language, year):
    locale, result, ghost = Locale(language), run(output_cap=-5.0), simulation.baseline(2025)
    told = chart_texts(2025, locale)["figures"]
    shown = figures(result, ghost, year, locale)
    assert [one["id"] for one in told] == [figure.indicator for figure in shown] == list(HEADLINES)
    for one, figure in zip(told, shown, strict=True):
        series = yearly(result.values[one["variable"]], one["entry"])
        first = year if one["summed_from"] is None else one["summed_from"]
        before = np.cumsum(np.array(one["ghost"])[first - START : year - START + 1])[-1]
        value = np.cumsum(series[first - START : year - START + 1])[-1]
        assert (value, value - before) == (figure.value, pytest.approx(figure.delta, abs=1e-9))
        assert one["units"][year]["text"] == figure.unit.text
        target = one["targets"].get(year)
        if target:
            assert target["text"] == figure.target
            reached = series[target["year"] - START]
            assert bool(reached >= target["value"] if target["up"] else reached <= target["value"]) is figure.met


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", [*UNITS.values(), "pp", "Mtce", "10k people/yr"])
def test_units_as_data_are_those_that_are_shown(language, unit):
    locale = Locale(language)
    steps = unit_steps(unit, locale)
    for value in (0.004, 0.3, 7.0, 99.9, 100.0, 12_345.0):
        step = next(step for step in reversed(steps) if value >= step["least"])
        shown = quantity(value, unit, locale)
        assert shown.endswith(step["text"]), (shown, step)
        number = shown.removesuffix(step["text"]).strip().replace(",", "").replace("\u202f", "")
        assert float(number) == pytest.approx(value * step["factor"], rel=0.05, abs=0.005)


@pytest.mark.parametrize(
    ("base", "until"), [("as_happened", 2035), ("document_implemented", 2025), ("projects_at_random", 2025)]
)
def test_the_inputs_are_those_of_the_run_on_the_server(base, until):
    scenario = shipped_scenarios()[base]
    sent = json.loads(json.dumps(model_data.model_inputs(scenario, until), allow_nan=False))
    horizon = simulation.runner(until).horizon
    parameters, tables = inputs_of(scenario, horizon.path_years)
    assert sent["horizon"] == {"start": 2010, "end": until, "steps": 16, "method": "euler"}
    for given, known in ((sent["parameters"], parameters), (sent["tables"], tables)):
        assert given.keys() == known.keys()
        assert all(np.array_equal(given[name], np.ravel(known[name])) for name in known)
    read = {name: np.reshape(sent["tables"][name], np.shape(tables[name])) for name in tables}
    again = compiled(system(), horizon, indicators_used())(parameters, read)
    expected = simulation.runner(until).run(scenario).values
    assert all(np.array_equal(again[name], expected[name], equal_nan=True) for name in expected)


def test_a_lever_with_units_of_its_own_has_a_piece_for_each_sector():
    """One unit of plate glass is 0.05 Mt."""
    found = lever_data(shipped_scenarios()["as_happened"])["capacity_closure"]
    pieces = {piece["sector"]: piece for piece in found["pieces"]}
    assert list(pieces) == ["steel", "cement", "glass"]
    assert pieces["glass"]["columns"] == [(BRANCH.index("glass"), 0.05)]
    assert pieces["glass"]["path"] == pytest.approx(slots()["capacity_closure.glass"].path(AS_HAPPENED), rel=1e-12)
    assert len(pieces["steel"]["before"]) == 6


def test_a_total_that_is_shared_out_has_the_shares_as_weights():
    lever = slots()["smart_manufacturing"].lever
    found = lever_data(shipped_scenarios()["as_happened"])[lever.id]
    ((piece),) = found["pieces"]
    assert dict(piece["columns"]) == {BRANCH.index(branch): share for branch, share in lever.allocation.items()}
    assert found["sectors"]["steel"]["share"] == lever.allocation["steel"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_uses_texts_that_are_there(language):
    """Keys in the code that are written out, and no text of the component that the code does not use."""
    code = "\n".join((FOLDER / "js" / name).read_text(encoding="utf-8") for name in PARTS)
    texts = component_texts(Locale(language))["texts"]
    used = set(re.findall(r'"((?:component|move|app)\.\w+)"', code))
    made = {f"component.mode_{mode}{end}" for mode in ("scale", "shift", "hold", "points") for end in ("", "_help")}
    made |= {f"component.grade_{grade}" for grade in "ABCD"}
    made |= {"move.later_one", "move.earlier_one", "component.interval_help", "component.chance_help"}
    assert used <= set(texts) and set(texts) <= used | made, (used - set(texts), set(texts) - used - made)


def test_the_chart_library_says_its_version_and_has_its_licences_beside_it():
    wanted = json.loads((CHART_LIBRARY.parent / "package.json").read_text(encoding="utf-8"))["devDependencies"][
        "echarts"
    ]
    assert f"ECharts {wanted} " in CHART_LIBRARY.read_text(encoding="utf-8")[:200]
    assert "Apache License" in (CHART_LIBRARY.parent / "LICENSE").read_text(encoding="utf-8")
    assert (CHART_LIBRARY.parent / "NOTICE").exists() and (CHART_LIBRARY.parent / "LICENSE-zrender").exists()
    assert {file.name for file in (FOLDER / "js").glob("*.js")} == {*PARTS, "library.js", "part.js"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_matters_now_names_the_largest_derivatives_first(language):
    locale, scenario = Locale(language), shipped_scenarios()["as_happened"]
    found = mixes.derivatives(scenario, 2025)["co2_emissions_industry"]
    names, values = mixes.largest_contributions(mixes.lever_ids(), found, locale)
    html = sensitive_levers.list_html(names[:3], values[:3], "CO2", 2025, locale)
    assert html.count("<li>") == 3 and "2025" in html
    strongest = mixes.lever_ids()[int(np.argmax(np.abs(found)))]
    assert html.index(mixes.lever_name(strongest, locale)) < html.index(names[1])
    assert "width:100%" in html
    assert "<li>" not in sensitive_levers.list_html([], [], "CO2", 2025, locale)
