"""Charts where one panel fits beside nothing else: one panel a row, legends and names where there is room for them."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from views.charts.mixes import wedge_figure
from views.charts.plotly_layout import LEGEND_ROW, legend_rows
from views.language import LANGUAGES
from views.shell import screen as screens
from views.shell.screen import Screen

from .support import opened

PHONE, DESK = Screen(1, True), Screen(3, False)
PHONE_NAME = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
DESK_NAME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"


def layout(page, screen, **query):
    """The layout of the first chart of a page on a screen."""
    app = opened(page, **query)
    app.session_state["screen"] = screen
    app.run()
    assert not app.exception
    return json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]


def starts(found):
    """Where the panels of a chart begin, as parts of its width."""
    return [one["domain"][0] for name, one in found.items() if name.startswith("xaxis")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "query"), [("compare", {}), ("evidence", {"evidence.section": "responses"})], ids=["compare", "evidence"]
)
def test_panels_stand_in_as_many_columns_as_fit(page, query, language):
    for columns in (1, 2, 3):
        found = layout(page, Screen(columns, False), lang=language, **query)
        assert len(starts(found)) > 3
        assert len(set(starts(found))) == columns


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "query"),
    [("regions", {}), ("evidence", {}), ("evidence", {"evidence.section": "projections"})],
    ids=["belts", "forecast", "fan"],
)
def test_a_legend_stands_below_the_chart_where_it_has_no_room_beside_it(page, query, language):
    wide, narrow = (layout(page, screen, lang=language, **query) for screen in (DESK, PHONE))
    assert wide["legend"]["x"] > 1
    assert (narrow["legend"]["orientation"], narrow["legend"]["yref"]) == ("h", "container")
    room = narrow["margin"]["b"] - wide["margin"]["b"]
    assert room > 4 * LEGEND_ROW
    assert narrow["height"] - room == wide["height"], "the plot keeps its height"


def test_a_finger_on_a_chart_scrolls_the_page():
    assert layout("regions", PHONE)["dragmode"] is False
    assert "dragmode" not in layout("regions", DESK)


def test_names_of_tables_are_broken_so_that_numbers_show_beside_them():
    for screen, rows in ((PHONE, 62), (DESK, 0)):
        app = opened("compare", lang="en")
        app.session_state["screen"] = screen
        app.run()
        differences = app.dataframe[0]
        widths = [one.get("width") for one in json.loads(differences.proto.columns).values()]
        assert (168 in widths) == (screen == PHONE)
        assert differences.proto.row_height == rows


def test_long_names_of_levers_stand_above_their_bars():
    names, values = ["Collaboration with Beijing and Tianjin <b>", "Talent"], np.array([-1.5, 0.25])
    narrow, wide = (wedge_figure(names, values, "Energy", columns) for columns in (1, 3))
    assert [note.text for note in narrow.layout.annotations] == [
        "Collaboration with Beijing and Tianjin &lt;b&gt;  <b>-1.50</b>",
        "Talent  <b>+0.25</b>",
    ]
    assert narrow.layout.yaxis.showticklabels is False
    assert list(narrow.data[0].x) == list(wide.data[0].x)
    assert narrow.data[0].marker.color == wide.data[0].marker.color


def test_rows_of_a_legend_follow_its_longest_name():
    def figure(*names):
        return SimpleNamespace(data=[SimpleNamespace(name=name, showlegend=None) for name in names])

    assert legend_rows(figure("a", "b"), 1) == 1
    assert legend_rows(figure("a", "b" * 60, "c"), 1) == 3
    assert legend_rows(figure("a", "b" * 50, "c"), 3) == 2
    assert legend_rows(figure("a", "装" * 27, "c"), 3) == 2


@pytest.mark.parametrize(("browser", "known"), [(PHONE_NAME, PHONE), (DESK_NAME, DESK), (None, DESK)])
def test_the_screen_is_known_from_the_browser_until_it_tells_more(monkeypatch, browser, known):
    state = {}
    headers = {} if browser is None else {"User-Agent": browser}
    streamlit = SimpleNamespace(session_state=state, context=SimpleNamespace(headers=headers))
    monkeypatch.setattr(screens, "st", streamlit)
    assert screens.screen() == known
    for told in ({"columns": 9, "touch": True}, {"columns": "2"}, "2", None):
        state["page_screen"] = SimpleNamespace(told=told)
        screens.on_told()
        assert screens.screen() == known
    state["page_screen"] = SimpleNamespace(told={"columns": 2, "touch": True})
    screens.on_told()
    assert screens.screen() == Screen(2, True)
