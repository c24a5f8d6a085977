"""Tables of levers and numbers on the page as the browser derives them, against Python bit by bit."""

import base64
import random
from pathlib import Path

import numpy as np
import pytest

from model.inputs import levers
from model.scenario import AS_HAPPENED, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import BySector, Constant, RaisedPath, ScaledPath
from views.charts.echarts import points
from views.display_units import display_unit
from views.language import Locale
from views.panel import preview
from views.results import simulation
from views.results.headline import LARGE, Figure, value_text
from views.results.sliders import Factor, slots, with_slots

PANEL = Path(preview.__file__).parent
TABLES = """([inputs, moves]) => moves.map(([lever, moved]) => {
  const bytes = new Uint8Array(leverTable(inputs, lever, moved).buffer);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
})"""
MIXED = shipped_scenarios()["green_first"].model_copy(
    update={
        "levers": {
            "smart_manufacturing": BySector((("steel", Constant(9.7)), ("equipment", ScaledPath(1.7, AS_HAPPENED)))),
            "pollution_control": BySector(
                (("steel", RaisedPath(3.3, AS_HAPPENED, clip=True)), ("food", Constant(11.0)))
            ),
            "capacity_closure": BySector((("glass", ScaledPath(0.3, AS_HAPPENED)),)),
            "output_cap": RaisedPath(-7.7, ScaledPath(0.9, AS_HAPPENED), clip=True),
        }
    }
)
"""Levers with different paths for different sectors, and paths that change others."""


@pytest.fixture
def page(browser):
    """A page that has the functions of the preview and nothing else."""
    page = browser.new_page()
    for name in ("preview_model.js", "preview_numbers.js"):
        page.add_script_tag(content=(PANEL / name).read_text(encoding="utf-8"))
    yield page
    page.close()


def places(slot, scenario):
    """All places of a slider: of one that gives a value, and of one that scales the path of the scenario."""
    value = scenario.levers.get(slot.lever.id, AS_HAPPENED)
    yield from (slot.rounded(low) for low in np.arange(slot.low, slot.high + slot.step / 2, slot.step))
    if slot.scalable:
        scale = slot.scale(value)
        yield from (Factor(round(low, 2)).rounded() for low in np.arange(scale.low, scale.high + 1e-9, scale.step))


def plain(move):
    """A place of a slider as the browser has it."""
    return {"scales": isinstance(move, Factor), "value": move.value if isinstance(move, Factor) else move}


@pytest.mark.parametrize(
    ("scenario", "until"),
    [
        (shipped_scenarios()["as_happened"], 2035),
        (shipped_scenarios()["document_implemented"], 2025),
        (shipped_scenarios()["no_document"], 2030),
        (MIXED, 2025),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_tables_at_every_place_of_every_slider_have_the_bits_of_the_server(page, scenario, until):
    cases = [{slot.id: move} for slot in slots().values() for move in places(slot, scenario)]
    closure = [slot for slot in slots().values() if slot.lever.id == "capacity_closure"]
    shuffled = random.Random(1)
    cases += [
        {slot.id: shuffled.choice(list(places(slot, scenario))) for slot in shuffled.sample(closure, len(closure))}
        for _ in range(50)
    ]
    assert len(cases) > 1_000
    sent = [[slots()[next(iter(case))].lever.id, {slot: plain(move) for slot, move in case.items()}] for case in cases]
    found = page.evaluate(TABLES, [preview.model_inputs(scenario, until), sent])
    years = simulation.runner(until).horizon.path_years
    different = []
    for case, (lever, _), text in zip(cases, sent, found, strict=True):
        expected = lever_array(levers()[lever], with_slots(scenario.levers, case)[lever], years)
        if base64.b64decode(text) != np.ascontiguousarray(expected, dtype="<f8").tobytes():
            different.append(case)
    assert different == []


def test_points_and_figures_are_rounded_as_python_rounds_them(page):
    """Numbers of all sizes, and such that lie exactly halfway: 1234.5 becomes 1234 and 1235.5 becomes 1236."""
    generator = np.random.default_rng(7)
    values = np.concatenate(
        [
            generator.normal(size=2_000) * 10.0 ** generator.integers(-6, 7, 2_000),
            generator.integers(-40_000, 40_000, 2_000) / 2.0 ** generator.integers(0, 6, 2_000),
            [1234.5, 1235.5, 0.25, 0.35, 0.15, -0.04, 0.0, -0.0, 99.95, 100.0, 12345.0, np.nan],
        ]
    )
    years = [str(k) for k in range(len(values))]
    finite = np.where(np.isnan(values), None, values).tolist()
    drawn = page.evaluate(
        "([years, values]) => points(years, values.map((value) => value ?? NaN), 1, 4)", [years, finite]
    )
    assert drawn == points(np.array(years), values)
    assert [value for _, value in drawn[-11:-9]] == [1234.0, 1236.0]
    for language, unit, size in (("en", "pp", 1.0), ("en", "亿元", 1.0), ("zh", "Mt", 200.0)):
        display = display_unit(unit, Locale(language), size)
        how = {"digits": display.digits, "large": LARGE, "separator": "," if language == "en" else "\u202f"}
        for signed, indicator in ((True, "equipment_minus_steel_share"), (False, "public_cost")):
            shown = [float(display.scaled(value)) for value in values]
            sent = [None if np.isnan(value) else value for value in shown]
            texts = page.evaluate(
                "([values, how]) => values.map((value) => figureText(value ?? NaN, how))",
                [sent, {**how, "signed": signed}],
            )
            expected = [value_text(Figure(indicator, value, 0.0, display, "", None), value) for value in values]
            assert texts == expected
