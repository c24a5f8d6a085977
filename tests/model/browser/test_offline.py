"""One file without a server: module, data and host in one page, opened from disk with the network off."""

import base64
import json

from .support import assert_same_bits, decoded, in_python

PAGE = """<!doctype html><meta charset="utf-8"><title>Offline</title>
<script type="application/json" id="model">{model}</script>
<script type="application/json" id="scenario">{scenario}</script>
<script type="module">
{host}
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const bytes = Uint8Array.from(atob("{module}"), (letter) => letter.charCodeAt(0));
const engine = await instantiate(bytes, read("model"));
const {{ horizon, parameters, tables }} = read("scenario");
window.results = engine.run(horizon, parameters, tables);
</script>
"""
TEXTS = """() => Object.fromEntries(Object.entries(window.results).map(([name, values]) =>
  [name, btoa(Array.from(new Uint8Array(values.buffer), (byte) => String.fromCharCode(byte)).join(""))]))"""


def test_a_page_from_disk_gives_the_results_of_python(browser, exported, tmp_path):
    scenario = json.loads((exported / "scenarios/document_implemented.json").read_text(encoding="utf-8"))
    text = PAGE.format(
        model=(exported / "model.json").read_text(encoding="utf-8"),
        scenario=json.dumps(scenario),
        host=(exported / "host.js").read_text(encoding="utf-8"),
        module=base64.b64encode((exported / "module.wasm").read_bytes()).decode(),
    )
    (tmp_path / "offline.html").write_text(text, encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "offline.html").as_uri())
    page.wait_for_function("window.results")
    found = decoded(page.evaluate(TEXTS))
    context.close()
    assert_same_bits(found, in_python("document_implemented"))
