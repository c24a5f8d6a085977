"""What the file says of a state, and which links it opens, against Python."""

import random
from urllib.parse import parse_qsl

import pytest

from model.inputs import drivers
from model.scenario import shipped_scenarios
from tests.views.browser.support import expect
from tests.views.browser.test_component_code import random_move
from views.component import answer
from views.language import LANGUAGES, Locale, catalogue
from views.results.assumptions import driver_bounds, parameter_slots
from views.results.links import from_link
from views.results.settings import ENDS, Settings, scenario_of
from views.results.sliders import slots

from .support import ANSWER, go_to, query_of

WARNED = [
    "set=capacity_closure.steel:20,capacity_discipline:0.1",
    "set=capacity_closure.steel:0,capacity_discipline:0.9",
    "set=renovation_subsidy:30,technical_renovation_investment:0",
    "set=smart_manufacturing:110,industrial_internet:0",
    "set=output_cap:-10",
    "set=capacity_closure.steel:40,capacity_discipline:1",
    "set=output_cap:-9,talent:x1.7f2018t2021&until=2035&year=2035",
]
"""States each of which is warned of."""
STATES = [
    "",
    *("base=no_document", "base=projects_at_random&year=2016", "base=high_ambition&until=2030&year=2030"),
    "base=strict_cap&set=talent:7,output_cap:s-2d1f2017",
    "set=talent:3f2018t2019",
    "set=capacity_closure.steel:p2016~10~2020~30",
    "set=capacity_closure.steel:d2,capacity_closure.cement:x1.2,talent:50,capacity_discipline:0.4",
    *WARNED,
]


def random_settings(generator):
    """Any state: some sliders moved, some assumptions changed."""
    several = generator.sample(list(slots().values()), generator.randint(0, 4))
    moved = {slot.id: move for slot in several if not (move := random_move(slot, generator)).changes_nothing}
    settings = Settings(
        base=generator.choice(list(shipped_scenarios())), moved=moved, until=generator.choice(ENDS), year=2020
    )
    changed = generator.sample(list(parameter_slots().values()), generator.randint(0, 3))
    parts = [f"{slot.id}:{generator.uniform(slot.low, slot.high):.6g}" for slot in changed]
    bounds = {
        name: driver_bounds(drivers()[name]) for name in generator.sample(list(drivers()), generator.randint(0, 2))
    }
    factors = [f"{name}:{generator.uniform(*ends):.3g}" for name, ends in bounds.items()]
    query = dict(parse_qsl(query_of(settings, "en"))) | {"par": ",".join(parts), "drv": ",".join(factors)}
    found, refused = from_link(query)
    assert refused == []
    return found


def python_says(settings, scenarios, language):
    """Sentence and warnings as the app says them."""
    return answer.words(settings, scenarios, scenario_of(settings, scenarios), Locale(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_and_warnings_are_those_of_the_app(open_file, own, language):
    page, generator = open_file(f"lang={language}", language=language), random.Random(11)
    scenarios = {**shipped_scenarios(), own.name: own}
    states = [from_link(dict(parse_qsl(query)), scenarios) for query in STATES]
    assert [refused for _, refused in states if refused] == []
    every = [settings for settings, _ in states] + [random_settings(generator) for _ in range(60)]
    warned = []
    for settings in every:
        query = query_of(settings, language)
        go_to(page, query)
        assert page.evaluate(ANSWER) == {"query": query, **python_says(settings, scenarios, language)}, query
        warned += page.evaluate(ANSWER)["warnings"]
    texts = [text for key, text in catalogue(language).items() if key.startswith("warning.")]
    for text in texts:
        assert any(said.startswith(text.partition("{")[0]) for said in warned), text


HOSTILE = [
    "base=no_such_scenario",
    "base=<img src=x onerror=alert(1)>&set=output_cap:-5",
    *("v=2&base=no_document", "until=2026", "year=2035", "year=nan", "until=&year="),
    *("charts=shares", "charts=shares,shares,shares", "charts=shares,nothing", "charts=,co2,,steel_output,"),
    "set=output_cap:x1.2,output_cap:999,output_cap:-5x2,output_cap:,output_cap,no_such_lever:1,:,toString:1",
    "set=talent:x-1,talent:x1001,talent:x1.2x1.3,talent:d2.5,talent:d20",
    "set=talent:x1.23456789,capacity_discipline:s99,capacity_closure.steel:12.3456789,finance_support:s0",
    "set=talent:f2020t2018,talent:x1.2f2015,talent:x1.2t2036,talent:0.5f20180",
    "set=talent:p2016~0.1~2020~0.5~2019~0.2,talent:p2017~0.1,talent:p2016~900",
    "set=talent:p2016~0.123456789~2020~0.5,capacity_discipline:p2016~0.5~2036~0.5,output_cap:1e400",
    "set=talent:0.5f2018&base=efficiency_only&until=2030&year=2030",
    "set=talent:0x1,talent: 0.5,talent:٣",
    "par=no_such_parameter:1,x&drv=no_such_driver:1,national_steel_demand:9,national_steel_demand:",
    "drv=national_steel_demand:1.23456789,constructor:1",
]
"""Links that nobody has been given by the app, some of whose parts can be used."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", HOSTILE)
def test_of_a_link_as_much_is_used_as_in_the_app(open_file, own, language, query):
    page = open_file(f"lang={language}&until=2030&year=2016", language=language)
    asked = dict(parse_qsl(query, keep_blank_values=True))
    settings, refused = from_link(asked, {**shipped_scenarios(), own.name: own})
    go_to(page, query, query_of(settings, language))
    if refused:
        parts = Locale(language).enumeration(part[:60] for part in refused[:6])
        expect(page.locator("#notice")).to_have_text(Locale(language).translate("explore.link_refused", parts=parts))
    else:
        expect(page.locator("#notice")).to_be_hidden()
    assert page.evaluate(ANSWER)["sentence"]


def test_a_notice_goes_with_the_next_move(open_file):
    page = open_file("lang=en&base=nothing&keep=a;no_such_scenario|b;no_document")
    expect(page.locator("#notice")).to_contain_text("base=nothing, a;no_such_scenario")
    page.locator(".kept summary").click()
    expect(page.locator(".kept .load")).to_have_text("b")
    page.locator(".top-row .segments").get_by_role("button", name="2018").click()
    expect(page.locator("#notice")).to_be_hidden()
