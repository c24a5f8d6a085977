"""The pages of the live class in a real browser: teacher, projector and phones through a lesson, in both languages."""

import os
import signal
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe

from benchmarks.server import free_port, running_server
from tests.views.browser.support import WAIT, expect
from views.language import LANGUAGES, Locale
from views.live import network
from views.pages.classroom import game
from views.pages.classroom.lessons import lessons

LOCALES = {"zh": "zh-CN", "en": "en-US"}
LESSON = "closure"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALL = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
PROJECTOR = {"viewport": {"width": 1280, "height": 720}}
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } });"
FITS = "() => document.scrollingElement.scrollWidth <= innerWidth"
AXE = Axe()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Folder and port of a server that can be started again."""
    return tmp_path_factory.mktemp("live"), free_port()


@pytest.fixture(scope="module")
def servers(place):
    """Starts the server, again after it was killed."""
    folder, port = place
    with ExitStack() as running:

        def start():
            return running.enter_context(running_server(folder / "log", folder / "class.sqlite", port))

        yield start
    assert "Traceback" not in (folder / "log").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def server(servers):
    """The server."""
    return [servers()]


@pytest.fixture
def visit(browser, server):
    """Opens a page of the live class in a window of its own; script errors and foreign requests fail the test."""
    contexts, errors, foreign = [], [], []

    def open_page(path, language="en", script="", **kind):
        context = browser.new_context(locale=LOCALES[language], **kind)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(str(error)))
        own = (server[0].address, "data:", "blob:")
        page.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(own) else None)
        page.add_init_script(script)
        page.goto(f"{server[0].address}/live{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == [] and foreign == []


@pytest.fixture
def opened(visit):
    """Opens a room; the page of the teacher and the code."""

    def open_room(language="en"):
        page = visit(f"/new?lesson={LESSON}", language, **PROJECTOR)
        page.locator(".main-button").click()
        code = page.locator(".code").inner_text().strip()
        return page, code

    return open_room


@pytest.fixture
def joined(visit):
    """Lets a phone join a room."""

    def join(code, name="", language="en", script="", **kind):
        page = visit(f"/{code}", language, script, **(kind or PHONE))
        page.locator("#name").fill(name)
        page.locator(".main-button").click()
        expect(page.locator(".phone-foot")).to_be_visible()
        return page

    return join


def go_on(teacher, shown):
    """The teacher goes on a step, which the phone then shows."""
    teacher.locator(".controls .main-button").click()
    for place in shown:
        expect(place).to_be_visible()


def fine(page):
    """No serious fault of accessibility, and nothing wider than the page."""
    found = AXE.run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate(FITS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_class_goes_through_a_lesson(opened, joined, language):
    locale, lesson = Locale(language), lessons()[LESSON]
    t = locale.translate
    teacher, code = opened(language)
    phone = joined(code, "<svg onload=alert(1)>", language)
    other = joined(code, "", language, **SMALL)
    expect(teacher.locator(".names li")).to_have_text(["<svg onload=alert(1)>", t("live_class.member", number=2)])
    fine(teacher)
    # The vote.
    go_on(teacher, [phone.locator(".choice").first, other.locator(".choice").first])
    phone.locator(".choice").nth(0).tap()
    phone.locator(".choice").nth(1).tap()
    other.locator(".choice").nth(0).tap()
    for page in (phone, other):
        expect(page.get_by_text(t("live_class.vote_sent"))).to_be_visible()
        fine(page)
    expect(teacher.locator(".count b")).to_have_text("2")
    phone.reload()
    expect(phone.locator(".choice.chosen")).to_have_text(lesson.choices[1][language])
    # Its result, the runs, the answer, the debrief.
    go_on(teacher, [phone.locator(".histogram")])
    space = "" if language == "zh" else " "
    expect(teacher.locator(".histogram b")).to_have_text([f"1 (50{space}%)", f"1 (50{space}%)", f"0 (0{space}%)"])
    go_on(
        teacher, [phone.get_by_text(t("live_class.see_screen")), teacher.locator("canvas").nth(len(lesson.charts) - 1)]
    )
    fine(teacher)
    go_on(teacher, [phone.locator(".verdict.right"), other.locator(".verdict:not(.right)")])
    go_on(teacher, [phone.locator(".role"), other.locator(".role")])
    expect(phone.locator(".role h2")).to_have_text(t("classroom.role_government"))
    expect(other.locator(".role h2")).to_have_text(t("classroom.role_steel"))
    fine(phone)
    # The game: what the phone scores is what the server scores.
    go_on(teacher, [phone.locator(".game-slider").first])
    slider = phone.locator(".game-slider input").nth(5)
    slider.fill("31")
    head = phone.locator(".game-head b")
    spent, points = head.nth(0).inner_text(), head.nth(1).inner_text()
    expected = game.score_plan({name: game.level_2015(name) for name in game.PROGRAMMES} | {"talent": 31.0})
    assert points == locale.number(expected.total, 0)
    assert spent.split(" / ")[0] == game.money(locale).number(expected.cost, digits=0)
    fine(phone)
    phone.locator(".game .main-button").tap()
    expect(phone.locator(".game .sent")).to_contain_text(points)
    expect(teacher.locator(".count b")).to_have_text("1")
    phone.locator(".game-slider input").nth(3).fill("400")
    expect(phone.locator(".game-head")).to_contain_text(t("classroom.over"))
    assert phone.locator(".game .main-button").is_disabled()
    # The league table, with the runs of its first plan.
    go_on(teacher, [phone.locator(".league .own"), other.get_by_text(t("live_class.no_plan"))])
    expect(teacher.locator("tbody tr")).to_have_count(1)
    expect(teacher.locator("canvas")).to_have_count(3)
    fine(teacher)
    fine(phone)


def test_nothing_is_lost_while_the_server_is_away(opened, joined, server, servers):
    teacher, code = opened()
    phone = joined(code, "patient")
    go_on(teacher, [phone.locator(".choice").first])
    os.kill(server[0].pid, signal.SIGKILL)
    phone.locator(".choice").nth(2).tap()
    expect(phone.locator("#connection")).to_be_visible()
    expect(phone.locator(".sent")).to_have_text(Locale("en").translate("live_class.will_be_sent"))
    server[0] = servers()
    expect(phone.locator(".sent")).to_have_text(Locale("en").translate("live_class.vote_sent"))
    expect(phone.locator("#connection")).to_be_hidden()
    expect(teacher.locator(".count b")).to_have_text("1")
    go_on(teacher, [phone.locator(".histogram")])


def test_a_phone_that_keeps_nothing_is_known_after_a_reload(opened, joined):
    teacher, code = opened()
    phone = joined(code, "private", script=NO_STORAGE)
    go_on(teacher, [phone.locator(".choice").first])
    phone.locator(".choice").nth(1).tap()
    expect(teacher.locator(".count b")).to_have_text("1")
    phone.reload()
    expect(phone.locator(".choice.chosen")).to_have_count(1)
    expect(phone.locator(".phone-foot")).to_contain_text("private")


def test_a_room_that_cannot_be_opened_is_told_and_nothing_before(visit):
    page = visit(f"/new?lesson={LESSON}", **PROJECTOR)
    problem = page.get_by_role("alert")
    assert problem.evaluate("box => box.offsetHeight") == 0, "an empty box is not seen"
    page.route("**/*", lambda route: route.abort())
    page.locator(".main-button").click()
    expect(problem).to_have_text(Locale("en").translate("live_class.no_connection"))
    assert problem.evaluate("box => box.offsetHeight") > 0
    page.unroute_all()
    page.locator(".main-button").click()
    expect(page.locator(".code")).to_be_visible()


def test_a_wrong_code_is_told_and_a_right_one_leads_in(opened, visit):
    _, code = opened()
    wrong = "000000" if code != "000000" else "111111"
    page = visit("", **PHONE)
    page.locator("#code").fill(wrong)
    page.locator(".main-button").tap()
    expect(page.locator("[role=alert]")).to_contain_text(wrong)
    fine(page)
    page.locator("#code").fill(code)
    page.locator(".main-button").tap()
    expect(page.locator("#name")).to_be_visible()
    expect(visit("/12x", **PHONE).locator("#code")).to_be_visible()


def test_the_teacher_removes_members_and_the_room(opened, joined):
    teacher, code = opened()
    phone, other = joined(code, "rude"), joined(code, "kind")
    expect(teacher.locator(".names li")).to_have_text(["rude", "kind"])
    teacher.get_by_role("button", name="More").click()
    teacher.get_by_role("button", name="Remove: rude").click()
    expect(phone.locator("#name")).to_be_visible()
    with teacher.expect_download() as waiting:
        teacher.get_by_role("button", name="Votes and plans").click()
    assert waiting.value.suggested_filename == f"hebei2025_class_{code}.csv"
    delete = teacher.locator(".danger")
    delete.click()
    expect(delete).to_have_text("Really delete everything")
    delete.click()
    expect(teacher.get_by_text("The class and everything in it are deleted.")).to_be_visible()
    expect(other.locator("[role=alert]")).to_have_text("This class has been deleted.")


def test_a_phone_leaves_with_its_answers(opened, joined):
    teacher, code = opened()
    phone = joined(code, "gone")
    phone.get_by_role("button", name="Leave").tap()
    expect(phone.locator("[role=alert]")).to_contain_text("deleted")
    expect(teacher.locator(".names li")).to_have_count(0)


def test_keys_lead_the_class_and_the_key_of_the_room_is_not_shown(opened, visit):
    teacher, code = opened()
    assert "#" not in teacher.url
    teacher.keyboard.press("PageDown")
    expect(teacher.locator(".class-steps .now")).to_have_text("Vote")
    teacher.keyboard.press("ArrowLeft")
    expect(teacher.locator(".class-steps .now")).to_have_text("Join")
    screen = visit(f"/{code}/screen", **PROJECTOR)
    expect(screen.locator(".code")).to_have_text(code)
    expect(screen.locator(".controls")).to_be_hidden()
    stranger = visit(f"/{code}/teacher#wrong", **PROJECTOR)
    expect(stranger.get_by_text("Only the teacher of this class may do that.")).to_be_visible()


def test_a_second_teacher_leads_by_the_link(opened, visit):
    teacher, code = opened()
    teacher.context.grant_permissions(["clipboard-read", "clipboard-write"])
    teacher.get_by_role("button", name="More").click()
    teacher.get_by_role("button", name="Copy a link").click()
    expect(teacher.get_by_text("The link is copied.")).to_be_visible()
    link = teacher.evaluate("navigator.clipboard.readText()")
    second = visit(link.split("/live", 1)[1], **PROJECTOR)
    second.get_by_role("button", name="Next").click()
    expect(teacher.locator(".class-steps .now")).to_have_text("Vote")


def test_a_change_of_language_keeps_the_place(opened, joined):
    teacher, code = opened()
    phone = joined(code, "team")
    go_on(teacher, [phone.locator(".choice").first])
    phone.get_by_role("button", name="中文").tap()
    expect(phone.locator("h1")).to_have_text(lessons()[LESSON].question["zh"])
    expect(phone.locator("html")).to_have_attribute("lang", "zh-CN")
    teacher.get_by_role("button", name="中文").click()
    expect(teacher.locator("h1")).to_have_text(lessons()[LESSON].question["zh"])


@pytest.mark.parametrize(
    ("host", "kinds"), [("127.0.0.1", 0), ("localhost", 0), ("::1", 0), ("192.168.1.4", 1), ("0.0.0.0", 1)]
)
def test_phones_are_told_an_address_that_they_can_reach(monkeypatch, host, kinds):
    monkeypatch.setenv("HEBEI2025_APP_HOST", host)
    monkeypatch.setattr(network, "own_address", lambda: "10.1.2.3")
    network.reachable_addresses.cache_clear()
    found = network.reachable_addresses()
    network.reachable_addresses.cache_clear()
    assert len(found) == kinds
    if kinds:
        assert found[0] == ("10.1.2.3" if host == "0.0.0.0" else host)


def test_a_code_to_scan_is_shown_where_phones_can_come(opened, visit):
    """A page that was opened under another address than that of this machine shows the code for this address."""
    teacher, code = opened()
    expect(teacher.get_by_text("Start it with --host 0.0.0.0.")).to_be_visible()
    screen = visit(f"/{code}/screen", **PROJECTOR)
    screen.route(
        "**/screen",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            body=answer.text().replace('"addresses": []', '"addresses": ["10.1.2.3"]'),
        ),
    )
    screen.reload()
    expect(screen.locator(".qr")).to_be_visible()
    assert "10.1.2.3" in screen.locator(".address").inner_text()
    assert screen.locator(".qr").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
