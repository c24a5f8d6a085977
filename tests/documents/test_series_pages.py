"""Pages about observed series."""

from calibration.observations import observations
from calibration.series import all_series
from documents.series_pages import (
    CONSTRAINT,
    FITTED,
    OTHER_SEGMENT,
    SHOWN_ONLY,
    UNVERIFIED,
    figures,
    series_files,
    series_index,
    series_page,
)


def test_every_figure_says_what_it_is_used_for():
    growth = figures(all_series()["value_added_growth"]).set_index(["year", "definition"])["use"]
    assert growth[2014, "Jan-Sep"] == CONSTRAINT and growth[2013, "Jan-Nov"] == SHOWN_ONLY
    assert growth[2018, "real"] == FITTED and growth[2017, "Jan-Apr"] == CONSTRAINT
    by_year = figures(all_series()["equipment_share"]).set_index("year")["use"]
    assert by_year[2018] == OTHER_SEGMENT
    assert UNVERIFIED in set(figures(all_series()["crude_steel_output"])["use"])


def test_a_page_has_every_figure_with_value_source_and_grade():
    series = all_series()["crude_steel_output"]
    known = observations()
    known = known[(known["series"] == "crude_steel_output") & (known["sector"] == "steel")]
    page = series_page(series)
    assert len(known) > 10
    for row in known.itertuples():
        assert any(f"| {row.value:g} |" in line and f"| {row.confidence} |" in line for line in page.splitlines())


def test_there_is_a_page_for_each_series_and_an_index(tmp_path):
    assert {file.name for file in series_files(tmp_path)} == {"README.md", *(f"{name}.md" for name in all_series())}
    index = series_index()
    assert [name for name in all_series() if f"]({name}.md) `{name}`" not in index] == []
