"""How far to trust each chart: the rules of the levels on scores by hand, and a badge for every chart."""

from html import escape
from urllib.parse import parse_qs

import pandas as pd
import pytest

from calibration.posterior import WINDOWS
from calibration.series import LEVEL, all_series
from model.axes import BRANCH_LABELS
from model.scenario import BASELINE, shipped_scenarios
from model.system import system
from views.language import LANGUAGES, Locale
from views.pages.plan import cards
from views.pages.why.variables import path_badges
from views.results import evidence_badge, evidence_overview, evidence_tables, registered_forecasts
from views.results.catalogue import CHARTS
from views.results.evidence_badge import (
    FEW,
    LEVELS,
    MODERATE,
    NONE,
    STRONG,
    WEAK,
    Score,
    badge_of,
    chart_badges,
    indicator_badge,
    level_of,
    pooled,
    series_badge,
)
from views.results.plan_goals import findings, goals_due

from .support import ROOT, html, in_order, opened, views

CHOSEN = "crude_steel_output"
SCORES = [
    # count, grades, error, tests won, tests with a naive rule -> level of a level, level of a share
    (8, "A", 9.9, 2, 2, STRONG, MODERATE),
    (8, "AB", 1.9, 1, 1, STRONG, STRONG),
    (8, "AC", 1.9, 2, 2, MODERATE, MODERATE),
    (8, "A", 1.9, 1, 2, MODERATE, MODERATE),
    (8, "A", 5.8, 0, 2, MODERATE, WEAK),
    (8, "B", 10.1, 2, 2, MODERATE, MODERATE),
    (8, "A", 10.1, 1, 2, WEAK, WEAK),
    (8, "A", 10.1, 0, 0, WEAK, WEAK),
    (5, "A", 1.0, 1, 1, STRONG, STRONG),
    (4, "A", 1.0, 1, 1, FEW, FEW),
]


@pytest.mark.parametrize(("count", "grades", "error", "won", "compared", "level", "share"), SCORES)
def test_levels_follow_error_naive_rule_grades_and_number_of_points(count, grades, error, won, compared, level, share):
    score = Score(count, grades, error, won, compared)
    assert level_of(LEVEL, score) == level
    assert level_of("share", score) == share


def test_a_series_that_was_never_forecast_has_too_few_points():
    assert level_of(LEVEL, None) == FEW
    assert pooled([]) is None


def test_tests_are_weighed_by_their_points():
    first, second = Score(3, "AB", 12.0, 0, 1), Score(1, "C", 4.0, 1, 1)
    assert pooled([first, second]) == Score(4, "ABC", 10.0, 1, 2)


@pytest.fixture
def by_hand(monkeypatch):
    """Crude steel with two tests: four points with an error of 8 % that lose against the naive rule, then two points
    registered with errors of -10 and +4 that win; a third was known before another series was registered."""
    early = {
        "series": CHOSEN, "window": "forecast", "count": 4, "grades": "B", "error": 8.0, "rmse": 20.0,
        "rmse_random_walk": 10.0,
    }  # fmt: skip
    fit = early | {"window": "fit_2023", "count": 9, "error": 1.0, "rmse": 1.0, "rmse_random_walk": float("nan")}
    rows = [
        (CHOSEN, "second_edition", 2021, "A", 200.0, 180.0, -10.0, False),
        (CHOSEN, "second_edition", 2022, "A", 200.0, 208.0, 4.0, False),
        (CHOSEN, "random_walk", 2021, "A", 200.0, 230.0, 15.0, False),
        (CHOSEN, "random_walk", 2022, "A", 200.0, 230.0, 15.0, False),
        ("steel_price", "second_edition", 2022, "A", 1.0, 2.0, 100.0, True),
    ]
    columns = ["series", "forecast", "year", "grade", "observed", "median", "error", "known_before"]
    monkeypatch.setattr(evidence_badge, "scores", lambda: pd.DataFrame([early, fit]))
    monkeypatch.setattr(registered_forecasts, "scores", lambda: pd.DataFrame(rows, columns=columns))
    cached = evidence_badge.forecast_score, evidence_badge.indicator_badge
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


def test_a_badge_says_error_naive_rule_grades_and_points(by_hand):
    # mean error (4 * 8 + 10 + 4) / 6 = 7.67 %; the naive rule is beaten in the second test alone
    english = indicator_badge(CHOSEN, None, Locale("en"))
    assert english.text == (
        "Evidence: moderate – mean error 7.7 % in forecasts, better than the naive rule in 1 of 2 tests, "
        "data grade A–B, 6 points"
    )
    assert english.link.address == f"evidence?lang=en&evidence.section=forecast&evidence.series={CHOSEN}"
    chinese = indicator_badge(CHOSEN, "steel", Locale("zh"))
    assert chinese.text == "证据：中等。预测平均误差7.7%、2次检验中1次优于朴素预测、数据A–B级、6个点"
    tests = evidence_badge.tests_text(all_series()[CHOSEN], Locale("en"))
    assert "mean error 8.0 %, no better than the naive rule, 4 points" in tests
    assert "mean error 7.0 %, better than the naive rule, 2 points" in tests
    assert evidence_badge.forecast_score("steel_price") is None, "its outcomes were known before"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_a_badge(language):
    locale = Locale(language)
    for name in CHARTS:
        badge, lines = badge_of(name, None, locale), chart_badges(name, locale)
        assert badge.level == min((one.level for _, one in lines), key=LEVELS.index)
        assert badge.text and "R²" not in badge.text


def known_badges(locale):
    """Every badge that the app can show, by what it is about: lines of charts, every variable with every element of its
    axis (the Why page), and goals of the plan."""
    for name in CHARTS:
        yield from (((name, line), badge) for line, badge in chart_badges(name, locale))
    for name, variable in system().variables.items():
        labels = () if variable.axis is None else variable.axis.labels
        yield from (((name, label), indicator_badge(name, label, locale)) for label in (None, *labels))
    for target in goals_due():
        yield target.id, cards.badge_of(target, locale)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_badge_leads_to_evidence_that_exists_or_has_no_link(language):
    goals = {finding.target.id: finding for finding in findings()}
    for subject, badge in known_badges(Locale(language)):
        if badge.link is None:
            continue
        asked = {key: value for key, [value] in parse_qs(badge.link.query).items()}
        assert asked.pop("lang") == language
        if badge.link.page == "plan":
            assert asked.pop("plan.section") == "detail"
            assert goals[asked.pop("plan.goal")].observed is not None and not asked, subject
            continue
        assert badge.link.page == "evidence"
        window = {"forecast": WINDOWS[0], "fit": WINDOWS[-1]}[asked.pop("evidence.section")]
        path = evidence_tables.series_path(asked.pop("evidence.series"), window)
        assert path["observed"].notna().any() and not asked, subject
    assert badge_of("approval_delay", None, Locale(language)).link is None


def test_a_result_with_observed_figures_is_never_said_to_have_none():
    """Cuts of capacity are observed under another name, and only their goals are held against the figures."""
    cuts = ("steel_capacity_cut", "cement_capacity_cut", "plate_glass_capacity_cut")
    for finding in findings():
        if finding.observed is not None:
            badge = cards.badge_of(finding.target, Locale("en"))
            assert badge.level != NONE, finding.target.id
    for name in cuts:
        badge = indicator_badge(name, None, Locale("en"))
        assert badge.text.startswith(
            "Evidence: too few points to judge – observed, but in no test of the model, data grade"
        )
        assert badge.text.endswith("1 point") and badge.link.page == "plan"


def test_lines_without_observations_say_so():
    locale = Locale("en")
    assert badge_of("approval_delay", None, locale).text == "Evidence: no observations – mechanism only"
    assert indicator_badge("employment", None, locale).level == NONE
    belts = badge_of("belt_energy", "coast", locale)
    assert belts.level == NONE and "fixed shares (grade D)" in belts.text
    lead = badge_of("lead", None, locale)
    assert "computed from" in lead.text and "1 point" in lead.text, "of the two shares the one with less evidence"


def test_the_chart_is_as_weak_as_its_weakest_line_which_is_named():
    text = badge_of("pollutants", None, Locale("en")).text
    assert text.endswith("(weakest line: NOₓ)")
    assert badge_of("cost", None, Locale("en")).text == "Evidence: no observations – mechanism only"


def test_fewer_points_than_five_are_never_judged():
    for series in map(all_series().__getitem__, evidence_tables.series_with_paths()):
        score = evidence_badge.forecast_score(series.id)
        level = series_badge(series, Locale("en")).level
        assert (score is None or score.count < 5) == (level == FEW), series.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_evidence_page_lists_every_line_and_states_the_rules(language):
    app, locale = opened("evidence", lang=language, **{"evidence.section": "charts"}), Locale(language)
    shown = html(app)
    assert escape(evidence_overview.overview_text(locale)) in shown
    assert escape(evidence_overview.rules_text(locale)) in shown
    rows = evidence_overview.overview_rows(locale)
    for name in rows[locale.translate("table.indicator")]:
        assert escape(name) in shown
    words = [locale.translate(f"badge.level_{level}") for level in LEVELS]
    order = [words.index(word) for word in rows[locale.translate("badge.level")]]
    assert order == sorted(order, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "subject"), [("compare", "steel_output"), ("regions", "belt_va_nominal")])
def test_pages_show_the_badges_of_their_charts(language, page, subject):
    badge = badge_of(subject, None, Locale(language))
    shown = html(opened(page, lang=language))
    assert escape(badge.text) in shown
    assert badge.link is None or f'href="{escape(badge.link.address)}" target="_blank"' in shown


def test_trade_offs_and_lessons_show_badges_too():
    app, locale = opened("tradeoffs", lang="en"), Locale("en")
    for indicator in ("public_cost", "co2_emissions_industry"):
        assert escape(indicator_badge(indicator, None, locale).text) in html(app)
    app.button_group(key="w_tradeoffs_view").set_value("now").run()
    assert html(app).count('<ul class="badges">') == 1
    lesson = opened("classroom", lang="en")
    lesson.radio(key=next(r.key for r in lesson.radio if "prediction" in r.key)).set_value(0).run()
    lesson.button(key=next(b.key for b in lesson.button if b.key.startswith("w_step_"))).click().run()
    assert '<ul class="badges">' in html(lesson)


WITHOUT_CHART = {
    *("goals", "charts", "registered", "estimates", "tests", "weaknesses", "differences"),
    *("clauses", "targets", "coverage", "classroom", "batch", "find"),
}
"""Views without a chart; Explore draws its charts itself, and lessons show theirs after an answer."""


@pytest.mark.parametrize(("page", "query", "view"), views())
def test_every_chart_has_its_badge_beneath(page, query, view):
    app = opened(page, lang="en", **query)
    blocks = [block for block in in_order(app.main) if block.type in ("plotly_chart", "html")]
    charts = [k for k, block in enumerate(blocks) if block.type == "plotly_chart"]
    assert bool(charts) == (view not in WITHOUT_CHART)
    for place in charts:
        assert '<ul class="badges"><li>' in blocks[place + 1].proto.body


def test_no_chart_is_drawn_by_another_way():
    """`show_figure` asks for badges; whatever draws a chart of results goes through it."""
    views_folder = ROOT / "views"
    drawing = [path for path in views_folder.rglob("*.py") if "st.plotly_chart(" in path.read_text(encoding="utf-8")]
    assert drawing == [views_folder / "shell" / "page_elements.py"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paths_of_a_variable_have_a_badge_for_each_line_unless_all_are_alike(language):
    locale, scenario = Locale(language), shipped_scenarios()[BASELINE]
    [(name, badge)] = path_badges("crude_steel_output", scenario, locale)
    assert name == "" and badge == indicator_badge("crude_steel_output", None, locale)
    several = path_badges("sector_va_share", scenario, locale)
    assert (locale.text(BRANCH_LABELS["steel"]), indicator_badge("sector_va_share", "steel", locale)) in several
