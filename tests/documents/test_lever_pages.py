"""Pages about levers: they have everything that the data and the equations have."""

import pytest
import yaml

from documents.lever_pages import FOLDER, GROUP_NAMES, INDEX, equations_of, index_page, lever_files, lever_page
from model.inputs import levers
from model.system import system
from views.results.sliders import GROUPS


def test_there_is_a_page_for_each_lever_and_an_index():
    names = {f"{lever}.md" for lever in levers()} | {INDEX}
    assert {file.name for file in lever_files()} == names
    for name in levers():
        assert f"({name}.md)" in index_page()


@pytest.mark.parametrize("name", sorted(levers()))
def test_page_tells_names_paths_money_and_quotations(name):
    lever, page = levers()[name], lever_page(levers()[name])
    quoted = [lever.zh, lever.en, lever.source, lever.bounds_source, *lever.quote.values()]
    spoken = [text[language] for text in (lever.what, lever.watch, lever.cost) for language in ("zh", "en")]
    for text in (*quoted, *spoken, *(level["en"] for level in lever.levels)):
        assert text in page, text
    assert all(f"| {year} |" in page for year in range(2010, 2026))
    assert all(f"**`{variable}`**" in page for variable in equations_of(lever))


def test_equations_are_those_that_use_the_lever():
    assert equations_of(levers()["circular_economy"])[:2] == ["waste_heat_goal", "available_scrap_rate"]
    known = system().variables
    for lever in levers().values():
        users = {name for name, variable in known.items() if lever.id in variable.causes}
        assert users <= set(equations_of(lever))


def test_document_path_is_shown_beside_what_happened():
    page = lever_page(levers()["rd_and_innovation"])
    assert "| 2015 | 53.6 | 53.6 |" in page
    assert "| 2016 | 55.8 | 65 |" in page
    assert "| 2025 | 71.6 | 160 |" in page


def test_levers_set_by_sector_have_columns_of_their_own():
    assert "| 2014 | 15 | 15 | 39.18 | 39.18 | 25.3 | 25.3 |" in lever_page(levers()["capacity_closure"])


def test_groups_have_the_names_and_order_of_the_app():
    assert tuple(GROUP_NAMES) == GROUPS
    for position, language in enumerate(("zh", "en")):
        text = yaml.safe_load((FOLDER.parents[1] / f"views/text/{language}.yaml").read_text(encoding="utf-8"))
        assert text["group"] == {group: names[position] for group, names in GROUP_NAMES.items()}
