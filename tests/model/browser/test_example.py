"""The example page of an export, and the examples of docs/browser.md."""

import re
from pathlib import Path

from model import shipped_scenarios

from .support import in_page, in_python

DOCUMENT = (Path(__file__).parents[3] / "docs/browser.md").read_text(encoding="utf-8")

LAST = "() => [...document.querySelectorAll('tbody tr:last-child td')].map((cell) => cell.textContent)"
WAIT_FOR_YEAR = "(year) => document.querySelector('tbody tr:last-child td').textContent === year"


def test_it_shows_a_variable_of_a_scenario_and_follows_its_slider(page):
    titles = page.locator("#scenario option").all_inner_texts()
    assert len(titles) == 3 and titles[0] == "Actual policies (baseline) · 实际政策（基准）"
    assert "Crude steel output · " in page.locator("#status").inner_text()
    year, value = page.evaluate(LAST)
    assert year == "2035"
    assert float(value) == float(f"{in_python('as_happened')['crude_steel_output'][-1]:.6g}")

    page.select_option("#scenario", "document_implemented")
    page.wait_for_function(WAIT_FOR_YEAR, arg="2025")
    page.select_option("#variable", "sector_va_share")
    headings = page.locator("thead th").all_inner_texts()
    assert headings[1] == "Steel" and len(headings) == len(page.evaluate(LAST))
    assert page.locator("#lever").inner_text().startswith("Energy-saving investment, times")
    before = page.evaluate(LAST)
    page.locator("#factor").fill("2")
    assert page.locator("#shown").inner_text() == "2"
    assert page.evaluate(LAST) != before


def test_the_documented_code_runs_in_a_page(page):
    blocks = re.findall(r"^```js\n(.*?)^```", DOCUMENT, re.M | re.S)
    assert len(blocks) == 2
    shown = "window.documented = [Array.from(results.crude_steel_output), Array.from(crude_steel_output)];"
    page.add_script_tag(content="\n".join([*blocks, shown]), type="module")
    page.wait_for_function("window.documented")
    first, changed = page.evaluate("window.documented")
    assert first == in_page(page, "as_happened")["crude_steel_output"].tolist()
    assert len(changed) == len(first) and changed != first


def test_the_documented_python_runs():
    (block,) = re.findall(r"^```python\n(.*?)^```", DOCUMENT, re.M | re.S)
    names = {"scenario": shipped_scenarios()["as_happened"]}
    exec(compile(block, "docs/browser.md", "exec"), names)
    assert "public_cost" in names["bundle"].model["variables"]
