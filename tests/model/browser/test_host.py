"""The host in JavaScript, in Chromium: what it refuses, and engines that are used again."""

import pytest

MESSAGE = """async (code) => {
  const { instantiate } = await import("/host.js");
  const model = await (await fetch("fishery/model.json")).json();
  const bytes = await (await fetch("fishery/module.wasm")).arrayBuffer();
  const { horizon, parameters, tables } = await (await fetch("fishery/scenarios/small.json")).json();
  const engine = await instantiate(bytes, model);
  const given = { engine, instantiate, bytes, model, horizon, parameters, tables };
  try {
    await new Function(...Object.keys(given), `return (async () => { ${code} })()`)(...Object.values(given));
  } catch (error) {
    return error.message;
  }
  return "nothing was refused";
}"""
RUN = "engine.run(horizon, parameters, tables); "


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("delete parameters.skill; ", "skill: no parameter of this name is given; give every input a value"),
        ("delete tables.quota; ", "quota: no table of this name is given; give every input a value"),
        ("tables.quotas = [1]; ", "quotas: the model has no such table"),
        ("parameters.quota = [1]; ", "quota: the model has no such parameter"),
        ("parameters.room = [1, 2, 3]; ", "room: the parameter has 3 numbers, it needs 2"),
        ("parameters.skill = []; ", "skill: the parameter has 0 numbers, it needs 1"),
        ("tables.quota.pop(); ", "quota: the lever has 7 numbers, it needs 8 or 10 (4 or 5 years of 2)"),
        ("tables.demand.push(1, 2); ", "demand: the driver has 6 numbers, it needs 4 or 5 (4 or 5 years of 1)"),
        ("tables.quota[3] = null; ", "quota: entry 3 is null, not a number"),
        ("parameters.room[1] = '50'; ", "room: entry 1 is 50, not a number"),
        ("parameters.skill = '1'; ", "skill: numbers are needed, as an array"),
        ("horizon.end = 1999; ", "end: year 1999 lies before the start, 2000"),
        ("horizon.end = 2001.5; ", "end: 2001.5 is no whole number"),
        ("delete horizon.start; ", "start: undefined is no whole number"),
        ("horizon.steps = 0; ", "steps: 0 a year; at least 1 is needed"),
        ("horizon.method = 'heun'; ", "method: heun is unknown; allowed: euler, rk4"),
        ("horizon.everyStep = 1; ", "everyStep: 1 is neither true nor false"),
        ("horizon.years = 3; ", "years: a horizon has start, end, steps, method, everyStep"),
        ("horizon.end = 2010; ", "quota: the lever has 8 numbers, it needs 22 or 24 (11 or 12 years of 2)"),
    ],
)
def test_a_wrong_argument_of_a_run_is_named(page, code, message):
    assert page.evaluate(MESSAGE, code + RUN) == message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("engine.set('quota', [1])", "quota: load all inputs before one of them is changed"),
        ("engine.run()", "start: undefined is no whole number"),
        ("engine.run(horizon)", "room: no parameter of this name is given; give every input a value"),
        ("engine.results()", "load inputs before results are computed"),
        ("engine.moments()", "load inputs before moments are asked for"),
        (RUN + "engine.set('quotas', [1])", "quotas: the model has no such input"),
        (RUN + "engine.set('quota', [1])", "quota: the lever has 1 numbers, it needs 8 or 10 (4 or 5 years of 2)"),
        (RUN + "engine.results(['fishes'])", "fishes: no result of this module"),
        (RUN + "engine.results(['toString'])", "toString: no result of this module"),
        (
            "model.form.members = true; await instantiate(bytes, model)",
            "this module is for ensembles; the host runs modules for single runs",
        ),
    ],
)
def test_a_wrong_call_is_refused(page, code, message):
    assert page.evaluate(MESSAGE, code) == message


def test_an_annual_statistic_is_refused_by_step(page):
    code = """async () => {
      const { instantiate } = await import("/host.js");
      const model = await (await fetch("model.json")).json();
      const engine = await instantiate(await (await fetch("module.wasm")).arrayBuffer(), model);
      const { horizon, parameters, tables } = await (await fetch("scenarios/green_first.json")).json();
      engine.load({ ...horizon, everyStep: true }, parameters, tables);
      try { engine.results(["sector_va_share"]); } catch (error) { return error.message; }
    }"""
    assert page.evaluate(code) == "sector_va_share: an annual statistic, which steps do not have"


def test_a_refused_load_changes_nothing(page):
    code = """
      const before = engine.run(horizon, parameters, tables).fish;
      try { engine.load({ ...horizon, end: 2001 }, parameters, tables); } catch { /* as wanted */ }
      try { engine.set("quota", [0]); } catch { /* as wanted */ }
      const after = engine.results().fish;
      throw new Error(`${before.length} ${after.every((value, k) => value === before[k])}`);"""
    assert page.evaluate(MESSAGE, code) == "8 true"


def test_an_engine_serves_other_horizons_and_memory_grows(page):
    code = """
      const short = engine.run(horizon, parameters, tables).fish;
      const long = engine.run({ ...horizon, steps: 20_000, everyStep: true }, parameters, tables);
      const size = long.fish.length, begun = engine.moments();
      const again = engine.run(horizon, parameters, tables).fish;
      const years = Array.from(engine.moments());
      throw new Error(JSON.stringify([size, begun[1], begun.length, again.every((v, k) => v === short[k]), years]));"""
    message = page.evaluate(MESSAGE, code)
    assert message == "[160000,2000.00005,80000,true,[2000,2001,2002,2003]]"


def test_typed_arrays_numbers_and_plain_arrays_are_the_same(page):
    code = """
      const plain = engine.run(horizon, parameters, tables).fish;
      const typed = (all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, new Float64Array([v].flat())]));
      const other = engine.run(horizon, typed(parameters), typed(tables)).fish;
      const names = Object.keys(engine.results(["fleet"]));
      throw new Error(`${plain.every((value, k) => value === other[k])} ${names}`);"""
    assert page.evaluate(MESSAGE, code) == "true fleet"


def test_a_compiled_module_serves_several_engines(page):
    code = """
      const module = await WebAssembly.compile(bytes);
      const [one, two] = [await instantiate(module, model), await instantiate(module, model)];
      const first = one.run(horizon, parameters, tables).fish[0];
      two.load(horizon, { ...parameters, room: [10, 10] }, tables);
      const second = two.results().fish[0];
      throw new Error(`${one.results().fish[0] === first} ${second < first}`);"""
    assert page.evaluate(MESSAGE, code) == "true true"
