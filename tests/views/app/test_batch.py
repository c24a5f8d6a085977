"""The Batch page: mistakes by line, runs, and what can be taken away."""

import io
import json
import zipfile

import pytest

from model.scenario import shipped_scenarios
from views.language import LANGUAGES, translator
from views.pages.batch import result_archive

from .test_pages import html, opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_written_scenario_is_checked_then_run(language):
    app, t = opened("batch", lang=language), translator(language)
    app.text_area(key="w_batch_text").set_value("title: Mine\nlevers:\n  energy_efficency: 100\n").run()
    app.button(key="w_batch_check").click().run()
    assert f"{result_archive.WRITTEN}.yaml:3" in html(app) and "energy_efficiency" in html(app)
    app.text_area(key="w_batch_text").set_value("title: Mine\nlevers:\n  energy_efficiency: 100\n").run()
    app.button(key="w_batch_check").click().run()
    assert f"{result_archive.WRITTEN}.yaml:3" not in html(app)
    assert app.multiselect(key="w_batch_chosen").value[-1] == f"upload_{result_archive.WRITTEN}"
    app.button(key="w_batch_run").click().run()
    assert not app.exception
    shown = app.dataframe[0].value
    assert list(shown.columns) == [t("table.scenario"), t("table.indicator"), "2020", "2025"]
    titles = [shipped_scenarios()[name].text("title", language) for name in ("as_happened", "no_document")]
    assert list(dict.fromkeys(shown[t("table.scenario")])) == [*titles, "Mine"]


def test_the_archive_holds_what_the_command_line_writes():
    scenarios = shipped_scenarios()
    told = []
    request = result_archive.request(["as_happened", "no_document", "as_happened"], scenarios, 2020, bands=False)
    assert [s.name for s in request.scenarios] == ["as_happened", "no_document", "as_happened_2"]
    done = result_archive.run(request, "csv", told.append)
    with zipfile.ZipFile(io.BytesIO(done.archive)) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("no_document/manifest.json"))
    assert {f"as_happened_2/{name}" for name in ("timeseries.csv", "indicators.csv", "targets.csv")} <= names
    assert "comparison.csv" in names and manifest["end"] == 2020
    assert told == sorted(told) and told[-1] == 1
    overview = result_archive.overview(done, translator("en"), "en")
    assert list(overview.columns[2:]) == ["2020"]
    cost = overview[overview["Indicator"].str.endswith("(bn yuan/yr)")]["2020"]
    yearly = done.table.query("indicator == 'public_cost' and sector == 'all' and year == 2020")["value"]
    assert cost.tolist() == pytest.approx((yearly / 10).tolist())


def test_an_interrupted_batch_leaves_nothing():
    class Stopped(Exception):
        pass

    def stop(_):
        raise Stopped

    request = result_archive.request(["as_happened"], shipped_scenarios(), 2020, bands=False)
    with pytest.raises(Stopped):
        result_archive.run(request, "csv", stop)
    assert not result_archive._one_at_a_time.locked()
