"""The Batch page: mistakes by line, runs, and what can be taken away."""

import io
import json
import zipfile
from html import unescape

import pytest

from batch.writing import OutputError
from model.projects.replications import FEW
from model.scenario import shipped_scenarios
from views.language import LANGUAGES, Locale
from views.pages.batch import result_archive

from .support import html, opened

PROBLEMS = {
    "zh": f"{result_archive.WRITTEN_NAME}.yaml 第3行：未知政策措施 'energy_efficency'；是否应为 energy_efficiency？",
    "en": f"{result_archive.WRITTEN_NAME}.yaml:3: unknown lever 'energy_efficency'; did you mean energy_efficiency?",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_written_scenario_is_checked_then_run(language):
    app, t = opened("batch", lang=language), Locale(language).translate
    (other,) = set(LANGUAGES) - {language}
    app.text_area(key="w_batch_text").set_value("title: Mine\nlevers:\n  energy_efficency: 100\n").run()
    app.button(key="w_batch_check").click().run()
    assert PROBLEMS[language] in unescape(html(app)) and PROBLEMS[other] not in unescape(html(app))
    app.text_area(key="w_batch_text").set_value("title: Mine\nlevers:\n  energy_efficiency: 100\n").run()
    app.button(key="w_batch_check").click().run()
    assert PROBLEMS[language] not in unescape(html(app))
    assert app.multiselect(key="w_batch_chosen").value[-1] == f"upload_{result_archive.WRITTEN_NAME}"
    app.button(key="w_batch_run").click().run()
    assert not app.exception
    shown = app.dataframe[0].value
    assert list(shown.columns) == [t("table.scenario"), t("table.indicator"), "2020", "2025"]
    titles = [shipped_scenarios()[name].title[language] for name in ("as_happened", "no_document")]
    assert list(dict.fromkeys(shown[t("table.scenario")])) == [*titles, "Mine"]


def test_projects_run_in_processes_that_do_not_open_the_app_again():
    """Streamlit's script stands in the place of the main program, which spawned processes import."""
    app = opened("batch", lang="en")
    pipeline = f"pipeline: {{mode: stochastic, seed: 1, replications: {FEW + 1}}}"
    app.text_area(key="w_batch_text").set_value(f"title: Mine\nlevers: {{}}\n{pipeline}\n").run()
    app.button(key="w_batch_check").click().run()
    app.multiselect(key="w_batch_chosen").set_value([f"upload_{result_archive.WRITTEN_NAME}"]).run()
    app.button(key="w_batch_run").click().run()
    assert not app.exception and "terminated" not in html(app)
    assert set(app.dataframe[0].value["Scenario"]) == {"Mine"}


def test_the_archive_holds_what_the_command_line_writes():
    scenarios = shipped_scenarios()
    parts = []
    request = result_archive.batch_of(["as_happened", "no_document", "as_happened"], scenarios, 2020, bands=False)
    assert [s.name for s in request.scenarios] == ["as_happened", "no_document", "as_happened_2"]
    done = result_archive.run(request, "csv", lambda *part: parts.append(part))
    with zipfile.ZipFile(io.BytesIO(done.archive)) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("no_document/manifest.json"))
    assert {f"as_happened_2/{name}" for name in ("timeseries.csv", "indicators.csv", "targets.csv")} <= names
    assert "comparison.csv" in names and manifest["end"] == 2020
    assert parts == [(k + 1, 6) for k in range(6)]
    overview = result_archive.overview(done, Locale("en"))
    assert list(overview.columns[2:]) == ["2020"]
    cost = overview[overview["Indicator"].str.endswith("(bn yuan/yr)")]["2020"]
    yearly = done.table.query("indicator == 'public_cost' and sector == 'all' and year == 2020")["value"]
    assert cost.tolist() == pytest.approx((yearly / 10).tolist())


def test_an_interrupted_batch_leaves_nothing():
    class Stopped(Exception):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    request = result_archive.batch_of(["as_happened"], shipped_scenarios(), 2020, bands=False)
    with pytest.raises(Stopped):
        result_archive.run(request, "csv", stop)
    assert not result_archive._one_at_a_time.locked()


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_that_cannot_be_written_are_announced_in_the_language_of_the_page(language, monkeypatch):
    def refuse(*_):
        raise OutputError("no space left on device; choose another --out")

    monkeypatch.setattr(result_archive, "run_and_write", refuse)
    app, t = opened("batch", lang=language), Locale(language).translate
    app.button(key="w_batch_run").click().run()
    assert not app.exception
    assert t("batch.not_written", form=t("batch.format_csv")) in html(app)
    assert "--out" not in html(app) and not app.dataframe


def test_problems_follow_the_language_of_the_page():
    app = opened("batch", lang="zh")
    app.text_area(key="w_batch_text").set_value("title: Mine\nlevers:\n  energy_efficency: 100\n").run()
    app.button(key="w_batch_check").click().run()
    app.session_state["language"] = "en"
    app.run()
    assert PROBLEMS["en"] in unescape(html(app)) and PROBLEMS["zh"] not in unescape(html(app))
