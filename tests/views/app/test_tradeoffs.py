"""The Trade-offs page: contributions of levers that add up, and which lever matters now."""

import json
from html import escape

import numpy as np
import pytest

from model.inputs import END, levers
from views.language import LANGUAGES, Locale
from views.results import mixes

from .support import html, opened, run


def figure(app):
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def view(app, name):
    return app.button_group(key="w_tradeoffs_view").set_value(name).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_views_of_levers_open(language):
    app, t = opened("tradeoffs", lang=language, **{"tradeoffs.view": "wedges"}), Locale(language).translate
    rows = app.dataframe[0].value
    cost = t("tradeoffs.public_cost", unit=mixes.money(Locale(language)).text)
    assert len(rows) == len(levers()) and (rows[cost] >= 0).all()
    bars = figure(app)["data"][0]
    assert len(bars["y"]) <= 11 and t("tradeoffs.rest") in bars["y"]
    app = view(app, "now")
    bars = figure(app)["data"][0]
    assert t("tradeoffs.rest") not in bars["y"]
    rows = app.dataframe[0].value
    assert list(rows.columns) == [t("tradeoffs.lever"), t("tradeoffs.now")]
    by_bar = dict(zip(bars["y"], bars["text"], strict=True))
    for lever, effect in rows[: len(by_bar)].itertuples(index=False):
        assert f"{effect:+,.2f}" == by_bar[escape(lever)], "the table gives what the bars show"
    assert rows[t("tradeoffs.now")].abs().is_monotonic_decreasing, "in the order of the bars"
    assert not app.exception


def test_the_wedges_follow_the_sliders_and_add_up():
    query = {"lang": "en", "set": "output_cap:-5", "tradeoffs.view": "wedges"}
    app, t = opened("tradeoffs", **query), Locale("en").translate
    app.selectbox(key="w_tradeoffs_outcome").set_value("crude_steel_output").run()
    rows = app.dataframe[0].value.set_index(t("tradeoffs.lever"))
    assert rows[t("tradeoffs.added")].idxmin() == levers()["output_cap"].en
    said = next(line for line in html(app).splitlines() if "From " in line)
    start, end = (float(part.split()[0].replace(",", "")) for part in said.replace("From ", "to ").split("to ")[1:3])
    assert np.sum(rows[t("tradeoffs.added")]) == pytest.approx(end - start, abs=0.11)
    assert end == pytest.approx(run(output_cap=-5.0).at(END, "crude_steel_output"), abs=0.1)
