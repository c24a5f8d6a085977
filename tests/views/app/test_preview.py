"""What the browser gets for charts that follow a slider, and the levers that matter now."""

import gzip
import json

import numpy as np
import pytest

from model.axes import BRANCH
from model.engine.integrate import compiled
from model.scenario import AS_HAPPENED, inputs_of, shipped_scenarios
from model.scenario.lever_values import DelayedPath, RaisedPath
from model.system import system
from views.charts.echarts import chart_options
from views.charts.plot import plot_of
from views.language import Locale
from views.pages.explore import sensitive_levers
from views.panel import preview
from views.results import mixes, simulation
from views.results.catalogue import CHARTS, HEADLINES, indicators_used
from views.results.headline import figures, value_text
from views.results.settings import Settings
from views.results.slider_tables import slider_tables
from views.results.sliders import slots

from .support import opened, run

YEARS = np.arange(2010, 2027)


def yearly(values, entry):
    """A series as the browser takes it from the results: one entry of a year, or all of them added in their order."""
    rows = values.reshape(len(values), -1)
    return rows[:, entry] if entry is not None else np.cumsum(rows, axis=1)[:, -1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_drawing_says_where_the_lines_of_every_chart_are_among_the_results(language):
    locale, result = Locale(language), run(output_cap=-5.0)
    for chart in CHARTS.values():
        settings = Settings(charts=(chart.id,))
        scenario = shipped_scenarios()["as_happened"]
        drawing = preview.drawing(settings, scenario, simulation.baseline(2025), "Preview", locale)
        assert drawing["years"] == [str(year) for year in range(2010, 2026)]
        plot = plot_of(chart, result, result, {}, locale)
        (lines,) = drawing["charts"]
        for line in plot.lines:
            place = lines[f"line:{line.id}"]
            values = result.values[place["variable"]]
            assert values.size == len(values) * place["size"]
            np.testing.assert_array_equal(yearly(values, place["entry"]) * place["scale"], line.now)
        assert set(lines) <= {series.get("id") for series in chart_options(plot)["series"]}


@pytest.mark.parametrize(("language", "year"), [("en", 2020), ("zh", 2025)])
def test_a_drawing_says_where_the_headline_figures_are_and_how_they_are_written(language, year):
    locale, result = Locale(language), run(output_cap=-5.0)
    settings, scenario = Settings(year=year), shipped_scenarios()["as_happened"]
    ghost = simulation.baseline(2025)
    drawn = preview.drawing(settings, scenario, ghost, "Preview", locale)["figures"]
    shown = figures(result, ghost, year, locale)
    assert [place["id"] for place in drawn] == [figure.indicator for figure in shown] == list(HEADLINES)
    for place, figure in zip(drawn, shown, strict=True):
        series = yearly(result.values[place["variable"]], place["entry"])
        value = np.cumsum(series[place["first"] : place["last"] + 1])[-1] * place["scale"]
        assert value == figure.unit.scaled(figure.value)
        digits = place["digits"] if place["digits"] is not None else 0 if abs(value) >= place["large"] else 1
        text = f"{value:{'+' if place['signed'] else ''},.{digits}f}".replace("-", "−")
        assert text.replace(",", place["separator"]) == value_text(figure, figure.value)


@pytest.mark.parametrize(
    ("base", "until"), [("as_happened", 2035), ("document_implemented", 2025), ("projects_at_random", 2025)]
)
def test_the_inputs_are_those_of_the_run_on_the_server(base, until):
    scenario = shipped_scenarios()[base]
    sent = json.loads(json.dumps(preview.model_inputs(scenario, until), allow_nan=False))
    horizon = simulation.runner(until).horizon
    parameters, tables = inputs_of(scenario, horizon.path_years)
    assert sent["horizon"] == {"start": 2010, "end": until, "steps": 16, "method": "euler"}
    for given, known in ((sent["parameters"], parameters), (sent["tables"], tables)):
        assert given.keys() == known.keys()
        assert all(np.array_equal(given[name], np.ravel(known[name])) for name in known)
    shapes = preview.description()["inputs"]
    assert sum(size == 10 for size in (one["size"] for one in shapes.values())) > 10
    read = {name: np.reshape(sent["tables"][name], np.shape(tables[name])) for name in tables}
    again = compiled(system(), horizon, indicators_used())(parameters, read)
    expected = simulation.runner(until).run(scenario, {}).values
    assert all(np.array_equal(again[name], expected[name], equal_nan=True) for name in expected)


def test_a_slider_that_converts_its_unit_has_its_weight():
    """One unit of plate glass is 0.05 Mt; the slider moves that column alone, from 2016 on."""
    slot = slots()["capacity_closure.glass"]
    found = slider_tables(slot, shipped_scenarios()["as_happened"], YEARS)
    assert found is not None and found["lever"] == "capacity_closure"
    glass = [(BRANCH.index("glass"), 0.05)]
    assert [[part["columns"] for part in found[kind]] for kind in ("held", "scaled")] == [[glass], [glass]]
    (held,), (scaled,) = found["held"], found["scaled"]
    happened = slot.path(shipped_scenarios()["as_happened"].levers.get("capacity_closure", AS_HAPPENED))
    assert held["path"] == scaled["path"] == pytest.approx(happened[:17], rel=1e-12)
    assert (scaled["low"], scaled["high"]) == (0, slots()["capacity_closure.steel"].high)


def test_a_total_that_is_shared_out_has_the_shares_as_weights():
    slot = slots()["smart_manufacturing"]
    found = slider_tables(slot, shipped_scenarios()["as_happened"], YEARS)
    assert found is not None
    ((part,),) = [found["held"]]
    assert dict(part["columns"]) == {BRANCH.index(branch): share for branch, share in slot.lever.allocation.items()}


def test_a_slider_whose_path_is_nested_too_deeply_to_be_scaled_has_no_tables():
    slot, path = slots()["output_cap"], AS_HAPPENED
    for _ in range(4):
        path = RaisedPath(1.0, path, clip=True)
    nested = shipped_scenarios()["as_happened"].model_copy(update={"levers": {"output_cap": path}})
    assert slider_tables(slot, nested, YEARS) is not None
    deeper = nested.model_copy(update={"levers": {"output_cap": DelayedPath(1, path)}})
    assert slider_tables(slot, deeper, YEARS) is None


def test_the_page_sends_the_model_and_again_the_same_after_a_move():
    app = opened(base="no_document")
    sent = parts(app)
    assert gzip.decompress(sent["bytes"])[:4] == b"\0asm" and len(sent["bytes"]) < 50_000
    scenario = shipped_scenarios()["no_document"]
    assert sent["inputs"] == json.loads(json.dumps(preview.model_inputs(scenario, 2025)))
    assert sent["drawing"]["inputs"] == sent["inputs"]["stamp"] and len(sent["drawing"]["charts"]) == 2
    app.run()
    assert parts(app) == sent
    assert parts(opened(base="no_document", set="output_cap:-5"))["inputs"] == sent["inputs"]
    assert parts(opened(base="no_document", until="2030"))["inputs"]["stamp"] != sent["inputs"]["stamp"]


def parts(app):
    """The parts of the preview that the page holds: the bytes of the module, the inputs, and what is drawn."""
    found = {}
    for component in app.get("bidi_component"):
        name, data = component.proto.component_name, component.proto
        if name == "hebei2025.preview_data" and data.WhichOneof("data") == "bytes":
            found["bytes"] = data.bytes
        elif name == "hebei2025.preview_data":
            found["inputs"] = json.loads(data.json)
        elif name == "hebei2025.levers":
            found["drawing"] = json.loads(data.json)["drawing"]
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
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
