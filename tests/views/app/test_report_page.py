"""The popover of the app that makes a report."""

import pytest

from views.language import LANGUAGES, Locale
from views.results.sliders import slots

from .support import html as shown_html
from .support import opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [None, "regions"])
def test_the_popover_makes_a_report_of_the_present_state(language, page, monkeypatch):
    app, t = opened(lang=language, set="output_cap:-5"), Locale(language).translate
    app.session_state["share"] = True
    app.run() if page is None else app.switch_page(f"views/pages/{page}/page.py").run()
    assert "download_button" not in {b.key for b in app.button}
    before = {b.proto.label for b in app.get("download_button")}
    assert t("report.html") not in before
    app.button(key="w_report").click().run()
    assert not app.exception
    assert {t("report.html"), t("report.word")} <= {b.proto.label for b in app.get("download_button")}
    files = app.session_state["report"][1]
    text = files["html"][0].decode()
    assert 'id="live"' in text
    app.checkbox(key="w_report_live").uncheck().run()
    assert t("report.html") not in {b.proto.label for b in app.get("download_button")}, "with the live model"
    app.button(key="w_report").click().run()
    files = app.session_state["report"][1]
    text = files["html"][0].decode()
    assert "<script" not in text
    assert t("report.differs") in text and slots()["output_cap"].name(Locale(language)) in text
    assert files["word"][0][:2] == b"PK"
    other = "en" if language == "zh" else "zh"
    app.button_group(key="w_language").set_value(other).run()
    assert Locale(other).translate("report.html") not in {b.proto.label for b in app.get("download_button")}, "stale"
    assert shown_html(app)
