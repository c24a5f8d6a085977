"""The documentation site: builds without a warning, has every page, and needs no other machine."""

import re

import pytest
from typer.main import get_command

from benchmarks.server import served_folder
from cli.main import app as program
from hebei2025 import __all__ as public_names
from views.language import LANGUAGES
from website import navigation, staging
from website.api_pages import api_page
from website.building import SiteError, build
from website.built_pages import problems
from website.command_pages import command_page
from website.links import links_for_site
from website.pages import docs_pages, place_of
from website.places import DOCS
from website.staging import chinese_lines_joined

CHINESE = re.compile(r"[一-鿿]")
LETTERS = re.compile(r"[A-Za-z]")
WIDTHS = (1440, 390)
SEEN = ("index", "tutorials/analyst", "levers/capacity_closure", "model/steel_market", "notebooks/experiment", "api")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("docs") / "site"
    build(out, run_notebooks=False, say=lambda line: None)
    return out


@pytest.fixture(scope="module")
def address(site):
    with served_folder(site) as url:
        yield url


@pytest.fixture
def visit(browser, address):
    """Opens a page of the site; a request to another machine and a script error fail the test."""
    opened, foreign, errors = [], [], []

    def open_page(path, width=1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else 0)
        page.on("response", lambda r: errors.append(r.url) if r.status >= 400 and "favicon" not in r.url else 0)
        page.on("pageerror", lambda error: errors.append(str(error)))
        opened.append(page)
        page.goto(f"{address}/{path}", wait_until="networkidle")
        return page

    yield open_page
    for page in opened:
        page.close()
    assert foreign == []
    assert errors == []


def test_the_site_has_every_page_of_docs_in_both_languages(site):
    notebooks = [file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.ipynb")]
    places = {page.place for page in docs_pages().values()} | set(map(place_of, notebooks)) | set(staging.MADE)
    for language in LANGUAGES:
        built = {file.relative_to(site / language).as_posix() for file in (site / language).rglob("*.html")}
        assert built == {place.removesuffix(".md") + ".html" for place in places}


def test_every_page_is_in_the_navigation_once():
    notebooks = [file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.ipynb")]
    listed = [item["page"] for item in navigation.leaves() if "page" in item]
    assert sorted(listed) == sorted([*docs_pages(), *notebooks])
    assert {item["made"] for item in navigation.leaves() if "made" in item} == set(staging.MADE)


def test_titles_of_the_navigation_are_in_their_language():
    for item in navigation.leaves():
        assert not CHINESE.search(item["en"]), item
        assert CHINESE.search(item["zh"]), item


def test_no_two_pages_of_a_folder_have_the_same_title():
    pages = [item for item in navigation.leaves() if "page" in item]
    for language in LANGUAGES:
        titles = [(item["page"].rpartition("/")[0], item[language]) for item in pages]
        assert len(set(titles)) == len(titles)


def test_chinese_lines_are_joined_without_a_space():
    text = """河北的
工业，
见[文件](a.md)
和表。
hebei2025
不变

- 一
- 二
  续行

```
代码
代码
```
# 标题
正文
| 表 |
| 行 |
"""
    joined = (
        text.replace("河北的\n工业，\n见", "河北的工业，见").replace("(a.md)\n", "(a.md)").replace("二\n  续", "二续")
    )
    assert chinese_lines_joined(text) == joined


def test_pages_in_english_only_are_those_that_are_marked():
    for page in docs_pages().values():
        text = page.files["zh"].read_text(encoding="utf-8")
        share = len(CHINESE.findall(text)) / (len(CHINESE.findall(text)) + len(LETTERS.findall(text)))
        title = text.partition("\n")[0]
        chinese = not page.is_one_file or CHINESE.search(title) or share > 0.05
        assert (page.place in navigation.english_only()) != bool(chinese), page.path


@pytest.fixture(scope="module")
def chinese_texts():
    return staging.texts("zh", run_notebooks=False)


def test_a_page_in_english_only_says_so_in_chinese(chinese_texts):
    english = navigation.english_only()
    assert {place for place, text in chinese_texts.items() if staging.ONLY_ENGLISH in text} >= {
        place for place in english if not place.startswith("notebooks/") and place not in staging.MADE
    }
    titles = {title: place for title, place in flat(navigation.navigation("zh"))}
    assert {place for title, place in titles.items() if navigation.ENGLISH_ONLY in title} == english


def flat(items):
    """Titles and places of a navigation."""
    for item in items:
        for title, value in item.items():
            yield from flat(value) if isinstance(value, list) else [(title, value)]


def test_a_lever_page_has_its_dose_response(chinese_texts):
    pages = {place: text for place, text in chinese_texts.items() if place.startswith("levers/")}
    without = [place for place, text in pages.items() if "## 剂量响应 / Dose response" not in text]
    assert without == ["levers/index.md"]
    assert pages["levers/capacity_closure.md"].count("**化解过剩产能（关停）") == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_references_have_every_command_and_every_public_name(language):

    commands = command_page(language)
    assert all(f"## `hebei2025 {name}`" in commands for name in get_command(program).commands)
    names = api_page(language)
    assert all(f"\n## {name}\n" in names for name in public_names if name != "__version__")
    assert "until: int | None = None" in names and "0x" not in names


def test_no_address_of_a_page_leads_nowhere_and_none_is_loaded_from_elsewhere(site):
    assert problems(site) == []


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('<a href="no.html">x</a>', "link to no.html, which does not exist"),
        ('<a href="#no">x</a>', "link to #no, which does not exist"),
        ('<a href="two.html#no">x</a>', "link to two.html#no, which does not exist"),
        ('<script src="https://example.org/a.js"></script>', "loads https://example.org/a.js"),
        ('<img src="no.png">', "loads no.png, which does not exist"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "loads //example.org/a.css"),
        ('<a href="https://example.org">x</a><a href="two.html#here">x</a><h1 id="a">b</h1><a href="#a">x</a>', ""),
    ],
)
def test_what_is_wrong_with_a_page_is_found(tmp_path, page, found):
    (tmp_path / "one.html").write_text(page, encoding="utf-8")
    (tmp_path / "two.html").write_text('<h1 id="here">Two</h1>', encoding="utf-8")
    assert problems(tmp_path) == ([f"one.html: {found}"] if found else [])


def test_a_style_that_loads_a_font_from_elsewhere_is_found(tmp_path):
    (tmp_path / "a.css").write_text("@import 'https://example.org/font.css'; a { background: url(b.png) }")
    assert problems(tmp_path) == ["a.css: loads https://example.org/font.css"]


def test_links_become_those_of_the_site():
    here = DOCS / "find.md"
    changed = links_for_site("[a](levers/README.md#x) `[b](c.md)` [中文](find.zh.md) [`d`](../README.md)", here, "en")
    assert changed == "[a](levers/index.md#x) `[b](c.md)` [中文](../zh/find.html) `README.md`"
    assert links_for_site("[n](notebooks/find.ipynb)", here, "en") == "[n](notebooks/find.md)"
    assert links_for_site("    [a](nothing.md)\n", here, "en") == "    [a](nothing.md)\n"
    assert (
        links_for_site("[a](find.md) [b](python.md)", DOCS / "find.zh.md", "zh")
        == "[a](../en/find.html) [b](python.md)"
    )
    assert links_for_site("[a](files.zh.md)", DOCS / "README.md", "en") == "[a](../zh/files.html)"
    with pytest.raises(ValueError, match=r"docs/find\.md: link to nothing\.md, which does not exist"):
        links_for_site("[a](nothing.md)", here, "en")


def test_a_warning_of_the_generator_ends_the_build(tmp_path, monkeypatch):
    real = staging.texts
    broken = "# One\n\n[x](files.md#nowhere)\n"
    monkeypatch.setattr(staging, "texts", lambda *args: real(*args) | {"contents.md": broken})
    with pytest.raises(SiteError, match="anchor does not exist"):
        build(tmp_path / "site", run_notebooks=False, say=lambda line: None)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_without_other_machines_and_fit_their_window(visit, language, width):
    for name in SEEN:
        page = visit(f"{language}/{name}.html", width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert page.locator("h1").first.is_visible()


def test_the_language_switch_leads_to_the_same_page(visit):
    page = visit("zh/levers/capacity_closure.html")
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**/en/levers/capacity_closure.html")
    page.get_by_role("link", name="中文", exact=True).click()
    page.wait_for_url("**/zh/levers/capacity_closure.html")


@pytest.mark.parametrize(("language", "words"), [("zh", "能源管理中心"), ("en", "retraining")])
def test_search_finds_pages(visit, language, words):
    page = visit(f"{language}/index.html")
    page.locator(".md-search__button").click()
    page.keyboard.type(words)
    page.locator("a").filter(has_text=re.compile(words, re.I)).nth(3).wait_for()


def test_the_start_page_leads_to_both_languages(visit):
    page = visit("index.html")
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/zh/index.html")
