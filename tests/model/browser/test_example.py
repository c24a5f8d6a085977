"""The example page of an export."""

from .support import in_python

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
    before = page.evaluate(LAST)
    page.locator("#factor").fill("2")
    assert page.locator("#shown").inner_text() == "2"
    assert page.evaluate(LAST) != before
