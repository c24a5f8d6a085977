"""What a person does with the levers of Explore, in a headless Chromium against a real server."""

import re

from model.scenario import AS_HAPPENED
from views.language import Locale
from views.results.moves import scaled
from views.results.slider_texts import path_quantity
from views.results.sliders import slots, with_slots

from .support import CARD, CHART, at_rest, expect, own_text, told


def test_moving_a_slider_by_keyboard_changes_charts_figures_and_address(visit):
    page = visit("?lang=en&charts=steel_output,steel_capacity")
    before, figure = told(page), page.locator(CARD.format("crude_steel_output")).inner_text()
    slider = page.locator("#lever-output_cap")
    slider.focus()
    for _ in range(3):
        slider.press("PageDown")
    expect(page.locator(CHART).first).not_to_have_attribute("aria-label", before)
    expect(page.locator(CARD.format("crude_steel_output"))).not_to_have_text(figure)
    expect(page.locator(".summary")).to_contain_text("Permitted change of crude steel at one value, ")
    expect(page).to_have_url(re.compile(r"set=output_cap:-?\d"))
    at_rest(page)
    after = told(page)
    page.reload()
    expect(page.locator(CHART).first).to_have_attribute("aria-label", after)


def test_each_lever_can_be_put_back_alone_and_all_together(visit):
    page = visit("?lang=en&set=output_cap:-5,energy_efficiency:250")
    expect(page.locator(".slot.moved")).to_have_count(2)
    page.get_by_label("Back to the scenario's path: Energy-saving investment").click()
    expect(page.locator(".slot.moved")).to_have_count(1)
    page.get_by_role("button", name="Reset all").click()
    expect(page.locator(".slot.moved")).to_have_count(0)
    expect(page.locator(".summary")).to_contain_text("Model run under the policies actually followed")


def test_a_link_opens_exactly_the_state_and_its_language(visit):
    page = visit("?v=1&lang=zh&base=no_document&set=capacity_closure.steel:30&charts=co2,cost&year=2025")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#lever-capacity_closure\\.steel")).to_have_value("30")
    assert told(page, 0).startswith("工业二氧化碳排放")
    expect(page.locator(".summary")).to_contain_text("未出台《实施意见》")
    english = visit("?v=1&lang=en&base=no_document&set=capacity_closure.steel:30&charts=co2,cost&year=2025")
    figures = [own_text(p.locator(".card-value").first) for p in (page, english)]
    assert figures[0] == figures[1]


def test_the_language_comes_from_the_browser_and_can_be_switched_without_losing_state(visit):
    page = visit("?set=output_cap:-5", locale="zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    value = own_text(page.locator(".card-value").nth(2))
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".card-name").nth(2)).to_have_text("Crude steel output")
    expect(page.locator("#lever-output_cap")).to_have_value("-5")
    assert own_text(page.locator(".card-value").nth(2)) == f"{100 * float(value):.0f}", "Mt, where Chinese has 亿吨"
    expect(page).to_have_url(re.compile("lang=en"))


SWITCH_AND_MOVE = """async (slider, [language, value]) => {
  const app = document.querySelector(".stApp"), root = document.documentElement;
  const before = root.lang, end = performance.now() + 20_000;
  [...document.querySelectorAll("[data-testid=stButtonGroup] button")].find(b => b.innerText === language).click();
  // A short run can begin and end between two looks at the state; then the language has changed.
  while (app.dataset.testScriptState === "notRunning" && root.lang === before) {
    if (performance.now() > end) throw new Error("the switch of language has not begun");
    await new Promise(done => setTimeout(done));
  }
  slider.value = value;
  for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind, { bubbles: true }));
}"""


def test_a_move_right_behind_a_switch_of_language_is_done_and_nothing_is_mixed_up(visit):
    page = visit("?lang=zh&base=no_document")
    at_rest(page)
    texts = {
        "English": ("Crude steel output", "Permitted change of crude steel at one value, −{}.0 %"),
        "中文": ("粗钢产量", "粗钢产量同比上限自2016年起统一取−{}.0%"),
    }
    for cut, language in enumerate(3 * list(texts), start=2):
        figure, said = texts[language]
        page.locator("#lever-output_cap").evaluate(SWITCH_AND_MOVE, [language, str(-cut)])
        expect(page.locator(".card-name").nth(2)).to_have_text(figure)
        expect(page.locator(".summary")).to_contain_text(said.format(cut))
        expect(page.locator("#lever-output_cap")).to_have_value(str(-cut))
        expect(page.locator("canvas")).to_have_count(2)
        expect(page).to_have_url(re.compile("base=no_document"))
    expect(page.locator(".problems")).to_have_count(0)


def test_the_information_of_a_lever_quotes_the_document(visit):
    page = visit("?lang=en")
    page.get_by_label("About this lever: Enforcement of capacity rules").click()
    shown = page.locator(".information:popover-open")
    expect(shown).to_contain_text("按照减量、做精、提质、上档要求促进过剩产能退出")
    expect(shown).to_contain_text("D, assumed")
    page.keyboard.press("Escape")
    expect(page.locator(".information:popover-open")).to_have_count(0)


def test_a_lever_of_innovation_is_found_moved_and_traced_to_its_clause(visit):
    page = visit("?lang=en&charts=research_personnel,tech_smes")
    groups = page.locator("details.group")
    expect(groups).to_have_count(8)
    expect(page.locator("details.group[open]")).to_have_count(2)
    innovation = page.locator("details[data-group=innovation]")
    innovation.locator("summary").press("Enter")
    expect(innovation).to_have_attribute("open", "")
    before, lead = told(page, 1), page.locator(CARD.format("public_cost")).inner_text()
    page.locator("#lever-sme_support").press("End")
    expect(page.locator(CHART).nth(1)).not_to_have_attribute("aria-label", before)
    expect(page.locator(CARD.format("public_cost"))).not_to_have_text(lead)
    expect(innovation.locator(".differing")).to_have_text("● 1")
    expect(innovation).to_have_attribute("open", "")
    page.get_by_role("link", name="Document").click()
    expect(page.locator(".stMainBlockContainer .page-note").first).to_contain_text("188 of 188 clauses are classified")
    expect(page.locator(".clause-details")).to_be_visible()
    page.get_by_role("combobox", name="Lever").fill("young technology")
    page.get_by_role("option", name="Support of young technology firms").click()
    details = page.locator(".clause-details")
    expect(details).to_contain_text("sme_support")
    slot = slots()["sme_support"]
    most = slot.scale(AS_HAPPENED).high
    path = with_slots({}, {slot.id: scaled(most)})[slot.lever.id]
    expect(details).to_contain_text(f"now {path_quantity(slot, path, Locale('en'))}")
    page.get_by_role("link", name="Explore").click()
    expect(page.locator("details[data-group=innovation]")).to_have_attribute("open", "")
    expect(page.locator("#lever-sme_support")).to_have_value(f"{most:g}")


def test_the_search_of_the_panel_finds_levers_in_both_languages_and_leaves_groups_as_they_were(visit):
    page = visit("?lang=en")
    box = page.get_by_label("Find a lever")
    for words in ("retraining", "转岗", "worker_retraining"):
        box.fill(words)
        expect(page.locator(".lever:visible")).to_have_count(1)
        expect(page.locator("#lever-worker_retraining")).to_be_visible()
        expect(page.locator(".found")).to_have_text("Levers found: 1")
    box.fill("no such lever")
    expect(page.locator(".found")).to_have_text("No lever matches this search.")
    box.fill("")
    expect(page.locator("details.group[open]")).to_have_count(2)
    page.get_by_label("Open all groups").click()
    expect(page.locator("details.group[open]")).to_have_count(8)
    page.get_by_label("Close all groups").click()
    expect(page.locator("details.group[open]")).to_have_count(0)
