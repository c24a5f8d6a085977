"""Reports that the tests ask for, and their contents."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from model.engine import Text
from model.scenario import shipped_scenarios
from views.language import LANGUAGES, Locale
from views.report import contents, html
from views.report.blocks import Table
from views.results.moves import held
from views.results.settings import Settings, to_yaml

SETTINGS = Settings(
    base="no_document", moved={"output_cap": held(-5.0), "capacity_closure.steel": held(20.0)}, charts=("co2", "lead")
)
HOSTILE = '<script>alert("$x^2$")</script>&\u0007=1+1'
MOMENT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
LINK = "http://127.0.0.1:8501/?v=1&base=no_document"


def request_of(language="en", settings=SETTINGS, scenarios=None):
    scenarios = scenarios or shipped_scenarios()
    title = Text(**{code: Locale(code).translate("share.title") for code in LANGUAGES})
    file = to_yaml(settings, scenarios, title, title)
    return contents.Request(settings, scenarios, Locale(language), LINK, file, MOMENT)


def page_of(report):
    text = html.html_file(report).decode()
    assert text.startswith("<!DOCTYPE html>\n")
    return text, ElementTree.fromstring(text.partition("\n")[2])


def tables(report):
    return [block for block in report.blocks if isinstance(block, Table)]
