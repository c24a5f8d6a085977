"""Citations: text in both languages, BibTeX that parses, the same for the same state."""

import re
from datetime import date

import pytest
import yaml

from batch.manifest import model_hash
from calibration.posterior import WINDOWS, load
from views.language import LANGUAGES, Locale
from views.report import html as html_report
from views.report.blocks import Code, Heading, Paragraph
from views.results import citation as citations
from views.results.citation import citation, cited_link
from views.results.settings import Settings

from .report_support import LINK
from .support import ROOT, opened

TODAY = date(2026, 11, 29)
ENTRY = re.compile(r"@misc\{(?P<key>[A-Za-z0-9_]+),\n(?P<fields>.*)\n\}", re.DOTALL)
FIELD = re.compile(r"  ([a-z]+) = \{(.*)\}")


def parsed(bibtex):
    """Key and fields of one entry, whose braces must be balanced."""
    entry = ENTRY.fullmatch(bibtex)
    fields = {}
    for line in entry["fields"].split("\n"):
        name, value = FIELD.fullmatch(line.removesuffix(",")).groups()
        depth = 0
        for letter in value:
            depth += {"{": 1, "}": -1}.get(letter, 0)
            assert depth >= 0
        assert depth == 0 and name not in fields
        fields[name] = value
    return entry["key"], fields


def test_the_entry_parses_and_holds_what_repeats_the_state():
    one = citation(LINK, Locale("en"), TODAY)
    _, fields = parsed(one.bibtex)
    assert fields["url"] == LINK and fields["urldate"] == "2026-11-29" and fields["year"] == "2026"
    assert fields["version"] == one.version
    assert one.model_hash == model_hash() and one.data_hash == load(WINDOWS[-1]).summary["data_hash"]
    assert one.model_hash in fields["note"] and one.data_hash in fields["note"]


def test_the_project_is_the_author_under_one_name():
    _, fields = parsed(citation(LINK, Locale("zh"), TODAY).bibtex)
    known = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert fields["author"] == f"{{{known['authors'][0]['name']}}}"
    assert fields["title"] == f"{{{known['title']}}}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_has_version_hashes_date_and_link(language):
    one = citation(LINK, Locale(language), TODAY)
    for part in (one.version, one.model_hash, one.data_hash, "2026-11-29", LINK):
        assert part in one.text
    assert one.licence == Locale(language).translate("cite.no_licence")


def test_a_licence_that_the_package_states_is_said(monkeypatch):
    monkeypatch.setattr(citations.metadata, "metadata", lambda name: {"License-Expression": "MIT"})
    assert citation(LINK, Locale("en"), TODAY).licence == "MIT"


def test_the_key_is_that_of_the_state():
    def key(link):
        return parsed(citation(link, Locale("en"), TODAY).bibtex)[0]

    assert key(LINK) == key(LINK)
    assert key("http://a/?v=1&lang=en&base=x") == key("https://b/compare?v=1&lang=zh&base=x")
    assert key("http://a/?v=1&base=x") != key("http://a/?v=1&base=y")


def test_no_address_breaks_the_entry():
    _, fields = parsed(citation('http://a/?x=}{"\\ b', Locale("en"), TODAY).bibtex)
    assert fields["url"] == "http://a/?x=%7D%7B%22%5C%20b"


def test_an_uploaded_scenario_is_not_claimed_to_be_in_the_link():
    assert cited_link("http://a/?base=upload_x", Settings(base="upload_x")) == "http://a/"
    assert cited_link(LINK, Settings()) == LINK


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_share_box_shows_text_and_entry_to_copy(language):
    app = opened(lang=language, base="no_document")
    app.session_state["share"] = True
    app.run()
    shown = [code.value for code in app.code]
    texts = [text for text in shown if text.startswith("hebei2025 contributors")]
    assert len(texts) == 1 and "base=no_document" in texts[0]
    (entry,) = [text for text in shown if text.startswith("@misc")]
    parsed(entry)
    assert any(Locale(language).translate("cite.no_licence") in caption.value for caption in app.caption)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_end_with_the_citation(language, reports):
    blocks = reports[language].blocks
    assert isinstance(blocks[-5], Heading) and blocks[-5].text == Locale(language).translate("cite.heading")
    text, entry, versions, licence = blocks[-4:]
    assert isinstance(text, Paragraph) and LINK in text.text
    assert isinstance(entry, Code) and parsed(entry.text)[1]["urldate"] == "2026-01-02"
    assert model_hash() in versions.text and Locale(language).translate("cite.no_licence") in licence.text
    assert "@misc{hebei2025_" in html_report.html_file(reports[language]).decode()
