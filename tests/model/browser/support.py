"""Runs in a page of a browser and the same runs in Python, compared bit by bit."""

import base64
import json

import numpy as np

from model.browser import browser_files, bundle_of
from model.engine import fixed_delay, flow
from model.engine.horizon import Horizon
from model.engine.integrate import compiled
from model.scenario import inputs_of, shipped_scenarios
from model.system import system
from tests.model.engine import mini

SCENARIOS = {
    "as_happened": shipped_scenarios()["as_happened"].model_copy(update={"until": 2035}),
    "document_implemented": shipped_scenarios()["document_implemented"],
    "green_first": shipped_scenarios()["green_first"],
}
YEARS = 4
FISHERY = mini.fishery()
"""A small system with an axis, a lever, and a driver that is linear between years."""
ECHO_PARAMETERS = {"start_level": 3.0, "rate": 0.25, "lag": 1.6}
RESULTS = """async ([folder, scenario, horizon, changes, names]) => {
  const json = async (file) => (await fetch(file)).json();
  const text = (values) => {
    const bytes = new Uint8Array(values.buffer);
    let found = "";
    for (let k = 0; k < bytes.length; k += 8192) found += String.fromCharCode(...bytes.subarray(k, k + 8192));
    return btoa(found);
  };
  const { instantiate } = await import("/host.js");
  const module = await (await fetch(`${folder}/module.wasm`)).arrayBuffer();
  const engine = await instantiate(module, await json(`${folder}/model.json`));
  const given = await json(`${folder}/scenarios/${scenario}.json`);
  engine.load({ ...given.horizon, ...horizon }, given.parameters, given.tables);
  for (const [name, values] of changes) engine.set(name, values);
  const results = engine.results(names);
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, text(values)]));
}"""


@flow("t/yr", "增长", "Growth")
def growth(late, rate):
    """Depends on what was there some time ago."""
    return late * rate


def echo():
    """A stock that grows with its value some time ago, by a fixed delay."""
    late = fixed_delay("t", "迟", "Late", "For a test.", of="level", time="lag")
    inputs = mini.parameters_of(start_level="t", rate="1/yr", lag="yr")
    return mini.system_of(inputs, level=mini.level(["growth"]), growth=growth, late=late)


def write_files(folder, scenarios):
    """Write the files of an export."""
    for name, content in browser_files(list(scenarios)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def place_small(folder, source, parameters, tables):
    """Write a small system and its inputs; tables have no row for the year after the last."""
    (folder / "scenarios").mkdir(parents=True)
    bundle = bundle_of(source)
    (folder / "module.wasm").write_bytes(bundle.module)
    (folder / "model.json").write_text(json.dumps(bundle.model))
    horizon = {"start": mini.START, "end": mini.START + YEARS - 1}
    scenario = {"horizon": horizon, "parameters": plain(parameters), "tables": plain(tables)}
    (folder / "scenarios/small.json").write_text(json.dumps(scenario))


def plain(arrays):
    """Arrays as flat lists; single numbers as they are."""
    return {k: np.ravel(v).tolist() if np.ndim(v) else v for k, v in arrays.items()}


def in_page(page, scenario, horizon=None, changes=(), names=None, folder="."):
    """The results of a run in a page, as flat arrays by name."""
    sent = [[name, np.ravel(values).tolist()] for name, values in changes]
    texts = page.evaluate(RESULTS, [folder, scenario, horizon or {}, sent, names])
    return decoded(texts)


def decoded(texts):
    """Arrays by name from the base64 of their bytes."""
    return {name: np.frombuffer(base64.b64decode(text), dtype="<f8") for name, text in texts.items()}


def in_python(name, steps=16, method="euler", every_step=False, changes=None):
    """Every variable of a run of a scenario."""
    scenario = SCENARIOS[name]
    horizon = Horizon(2010, scenario.until or 2025, steps, method)
    parameters, tables = inputs_of(scenario, horizon.path_years)
    for changed, values in (changes or {}).items():
        (parameters if changed in parameters else tables)[changed] = values
    return compiled(system(), horizon, None, every_step)(parameters, tables)


def assert_same_bits(found, expected):
    """The same variables with the same patterns of 8 bytes; one NaN is as good as another."""
    assert list(found) == list(expected)
    different = []
    for name, values in expected.items():
        wanted, got = np.ravel(values), found[name]
        assert got.shape == wanted.shape, name
        same = (got.view(np.uint64) == np.ascontiguousarray(wanted).view(np.uint64)) | (
            np.isnan(got) & np.isnan(wanted)
        )
        if not same.all():
            different.append(name)
    assert different == []
