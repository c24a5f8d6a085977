"""Tables of levers, moves and numbers as the browser derives them, against Python."""

import random

import numpy as np
import pytest

from model.inputs import LATEST, POLICY_START, levers
from model.scenario import AS_HAPPENED, shipped_scenarios
from model.scenario.lever_paths import lever_array
from model.scenario.lever_values import BySector, Constant, HeldPath, RaisedPath, ScaledPath
from views.component import model_data
from views.component.component import FOLDER
from views.component.texts import component_texts
from views.display_units import SEPARATORS, display_unit, quantity, unit_steps
from views.language import LANGUAGES, Locale
from views.results import simulation
from views.results.move_texts import move_words
from views.results.moves import Move, read_move, write_move
from views.results.sliders import slots, with_slots

MIXED = shipped_scenarios()["green_first"].model_copy(
    update={
        "levers": {
            "smart_manufacturing": BySector((("steel", Constant(9.7)), ("equipment", ScaledPath(1.7, AS_HAPPENED)))),
            "pollution_control": BySector(
                (("steel", RaisedPath(3.3, AS_HAPPENED, clip=True)), ("food", HeldPath(11.0, AS_HAPPENED, 2018, 2020)))
            ),
            "capacity_closure": BySector((("glass", ScaledPath(0.3, AS_HAPPENED)),)),
            "output_cap": RaisedPath(-7.7, ScaledPath(0.9, AS_HAPPENED), clip=True),
        }
    }
)
"""Levers with different paths for different sectors, and paths that change others."""
TABLES = """([inputs, sizes, cases]) => cases.map(([lever, moves]) => {
  const pieces = movedPieces(inputs.levers[lever], moves.map(([sector, text]) => [sector, readMove(text)]));
  return [...leverTable(inputs.tables[lever], pieces, sizes[lever])];
})"""
PATHS = """([inputs, cases]) => cases.map(([slot, moves]) => {
  const lever = inputs.levers[slot.lever];
  return slotPath(lever, slot, movedPieces(lever, moves.map(([sector, text]) => [sector, readMove(text)])));
})"""
TEXTS = """texts => { Object.assign(locale, texts, { texts: texts.texts }); Object.assign(YEARS, texts.years); }"""


@pytest.fixture(scope="module")
def page(browser):
    """A page that has the functions of the component and nothing else."""
    page = browser.new_page()
    for name in ("numbers.js", "moves.js", "lever_tables.js", "move_words.js"):
        page.add_script_tag(content=(FOLDER / "js" / name).read_text(encoding="utf-8"))
    yield page
    page.close()


def random_move(slot, generator):
    """Any move of a slider."""
    first, last = sorted(generator.choices(range(POLICY_START, LATEST + 1), k=2))
    period = {} if generator.random() < 0.5 else {"first": first, "last": last}
    value = generator.uniform(slot.low, slot.high)
    if generator.random() < 0.25:
        years = sorted({POLICY_START, *generator.sample(range(POLICY_START, LATEST + 1), 3)})
        return slot.exact(Move(points=tuple((y, generator.uniform(slot.low, slot.high)) for y in years)))
    if generator.random() < 0.3:
        return slot.exact(Move(hold=value, **period))
    width = slot.high - slot.low
    change = Move(
        factor=round(generator.uniform(0, 3), 2) if slot.scalable and generator.random() < 0.7 else 1.0,
        shift=round(generator.uniform(-width, width) / 4, 2) if generator.random() < 0.5 else 0.0,
        delay=generator.choice([0, 0, 1, 2, -1, 5]),
        **period,
    )
    return slot.exact(change)


def cases(generator, count):
    """Moves of sliders, one alone or several of one lever."""
    own = {name: [slot for slot in slots().values() if slot.lever.id == name] for name in levers()}
    found = [{slot.id: random_move(slot, generator)} for slot in slots().values()]
    for _ in range(count):
        chosen = generator.choice([each for each in own.values() if len(each) > 1])
        several = generator.sample(chosen, generator.randint(2, min(4, len(chosen))))
        found.append({slot.id: random_move(slot, generator) for slot in several})
    return [moved for each in found if (moved := {k: v for k, v in each.items() if not v.changes_nothing})]


def sent(moved):
    """The moves of one lever as the browser has them: the whole first."""
    pairs = [[slots()[name].sector if slots()[name].sector else None, write_move(move)] for name, move in moved.items()]
    return sorted(pairs, key=lambda pair: pair[0] is not None)


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
def test_tables_and_paths_of_moved_sliders_are_those_of_the_server(page, scenario, until):
    generator = random.Random(7)
    all_moved = cases(generator, 150)
    assert len(all_moved) > 200
    inputs, years = model_data.model_inputs(scenario, until), simulation.runner(until).horizon.path_years
    sizes = {name: one["size"] or 1 for name, one in model_data.description()["inputs"].items()}
    lever_of = [slots()[next(iter(moved))].lever for moved in all_moved]
    pairs = [[lever.id, sent(moved)] for lever, moved in zip(lever_of, all_moved, strict=True)]
    found = page.evaluate(TABLES, [inputs, sizes, pairs])
    for lever, moved, table in zip(lever_of, all_moved, found, strict=True):
        expected = np.ravel(lever_array(lever, with_slots(scenario.levers, moved)[lever.id], years))
        np.testing.assert_allclose(table, expected, rtol=1e-13, atol=1e-13 * lever.max, err_msg=str(moved))
    wanted = [[slot, moves] for slot, moves in _slots_to_look_at(pairs)]
    paths = page.evaluate(PATHS, [inputs, [[{"lever": s.lever.id, "sector": s.sector}, m] for s, m in wanted]])
    values = [with_slots(scenario.levers, moved) for moved in all_moved]
    by_pair = {str(pair[1]) + pair[0]: value for pair, value in zip(pairs, values, strict=True)}
    for (slot, moves), path in zip(wanted, paths, strict=True):
        expected = slot.path(by_pair[str(moves) + slot.lever.id][slot.lever.id])
        np.testing.assert_allclose(
            path, expected, rtol=1e-12, atol=1e-12 * slot.lever.max, err_msg=f"{slot.id} {moves}"
        )


def _slots_to_look_at(pairs):
    for lever, moves in pairs:
        for slot in slots().values():
            if slot.lever.id == lever:
                yield slot, moves


def test_a_single_scaled_or_held_slider_has_the_bits_of_the_server(page):
    scenario, years = shipped_scenarios()["document_implemented"], simulation.runner(2025).horizon.path_years
    inputs = model_data.model_inputs(scenario, 2025)
    sizes = {name: one["size"] or 1 for name, one in model_data.description()["inputs"].items()}
    moves = [Move(factor=1.37), Move(hold=None, delay=2), Move(factor=0.8, first=2018, last=2020)]
    moved = [
        {slot.id: slot.exact(move)}
        for slot in slots().values()
        for move in [*moves, Move(hold=slot.high / 3)]
        if not slot.is_part and (slot.scalable or move.factor == 1)
    ]
    found = page.evaluate(TABLES, [inputs, sizes, [[slots()[next(iter(m))].lever.id, sent(m)] for m in moved]])
    different = []
    for one, table in zip(moved, found, strict=True):
        lever = slots()[next(iter(one))].lever
        expected = np.ravel(lever_array(lever, with_slots(scenario.levers, one)[lever.id], years))
        if not np.array_equal(table, expected):
            different.append(one)
    assert different == []


def test_moves_that_the_browser_writes_are_read_as_they_were(page):
    generator = random.Random(3)
    moves = [random_move(slot, generator) for _ in range(20) for slot in slots().values()]
    moves = [move for move in moves if not move.changes_nothing]
    again = page.evaluate(
        "texts => texts.map((text) => writeMove(readMove(text)))", [write_move(move) for move in moves]
    )
    assert [read_move(text) for text in again] == moves


@pytest.mark.parametrize("language", LANGUAGES)
def test_moves_are_said_as_the_server_says_them(page, language):
    locale, generator = Locale(language), random.Random(5)
    texts = component_texts(locale)
    page.evaluate(TEXTS, texts)
    told = {slot["id"]: slot for group in texts["groups"] for lever in group["levers"] for slot in lever["slots"]}
    pairs = [(slot, move) for slot in slots().values() if not (move := random_move(slot, generator)).changes_nothing]
    sent_pairs = [[told[slot.id], write_move(move)] for slot, move in pairs]
    said = page.evaluate("pairs => pairs.map(([slot, text]) => moveWords(slot, readMove(text)))", sent_pairs)
    assert said == [move_words(slot, move, locale) for slot, move in pairs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_rounded_as_python_rounds_them(page, language):
    """Numbers of all sizes, and such that lie exactly halfway: 12.25 becomes 12.2 and 12.35 becomes 12.3."""
    locale, generator = Locale(language), np.random.default_rng(7)
    page.evaluate(TEXTS, component_texts(locale))
    values = [
        *(generator.normal(size=1_000) * 10.0 ** generator.integers(-6, 7, 1_000)),
        *(generator.integers(-40_000, 40_000, 1_000) / 2.0 ** generator.integers(0, 6, 1_000)),
        *(1234.5, 1235.5, 0.25, 0.35, 0.15, -0.04, 0.0, -0.0, 99.95, 100.0, 12345.0),
    ]
    for digits, sign in ((None, False), (0, True), (1, True), (2, False)):
        found = page.evaluate(
            "([values, digits, sign]) => values.map((value) => numberText(value, digits, sign))", [values, digits, sign]
        )
        expected = [locale.number(value, digits, sign).replace(",", SEPARATORS[language]) for value in values]
        assert found == expected
    for unit in ("pp", "亿元", "Mt", "10k people"):
        steps = unit_steps(unit, locale)
        found = page.evaluate(
            "([steps, values]) => values.map((value) => quantity(steps, value, true))", [steps, values]
        )
        assert found == [quantity(value, unit, locale, sign=True) for value in values]
        assert display_unit(unit, locale, 0.0).text == steps[0]["text"]
