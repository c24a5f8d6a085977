"""Links and files that somebody made to do harm: refused with a word of what is wrong, and nothing ever fails."""

import io
import string
import zipfile
from html import escape
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from model.scenario import parse_scenario, shipped_scenarios
from views.language import LANGUAGES, Locale
from views.pages.batch import result_archive
from views.results.catalogue import CHARTS
from views.results.links import from_link, to_link
from views.results.moves import held
from views.results.settings import ENDS, Settings, years_to_show
from views.results.sliders import slots
from views.shell import share

from .support import html, opened

FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLAIN = "title: x\nlevers: {}\n"
LONGEST_FOLDER = 255
"""Bytes that file systems allow for a name."""

# --- Links ---------------------------------------------------------------------------------------

NUMBERS = ["nan", "inf", "-inf", "1e999", "-0", "1_0", "２０", "0x10", "", " 7 ", "9" * 400, "<script>", "\0", "\ud800"]
PARTS = st.builds(
    "{}{}{}".format,
    st.sampled_from([*slots(), "", "nope", "__class__", "<b>"]),
    st.sampled_from([":", "", "::", "="]),
    st.one_of(st.sampled_from(NUMBERS), st.floats().map(str), st.floats(0).map("x{}".format), st.text(max_size=9)),
)
QUERIES = st.dictionaries(
    st.sampled_from(["v", "lang", "base", "set", "until", "year", "charts", "variable", "lesson"]),
    st.one_of(
        st.lists(PARTS, max_size=6).map(",".join),
        st.text(max_size=30),
        st.sampled_from(["1", *shipped_scenarios(), *NUMBERS, *map(str, ENDS)]),
        st.lists(st.sampled_from([*CHARTS, "nope"]), max_size=3).map(",".join),
    ),
)


@FUZZ
@given(QUERIES)
@example({"set": ",".join("output_cap:1e999" for _ in range(20_000))})
@example(dict(parse_qsl("set=output_cap:-5&set=output_cap:1e999&until=nan&year=%00&charts=%3Cscript%3E,co2")))
def test_any_link_gives_settings_that_can_be_used(query):
    found, refused = from_link(query)
    assert all(isinstance(part, str) and part for part in refused)
    assert found.base in shipped_scenarios() and found.until in ENDS and found.year in years_to_show(found.until)
    assert len(found.charts) == len(Settings().charts) and set(found.charts) <= set(CHARTS)
    for name, move in found.moved.items():
        assert slots()[name].exact(move) == move
    assert from_link(to_link(found, "en")) == (found, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_link_opens_the_page_and_is_shown_as_text(language):
    bad = "<img src=x onerror=alert(1)>"
    many = ",".join(f"nope_{k}:1" for k in range(40))
    moves = f"output_cap:1e999,{bad}:1,output_cap:-5,{many}"
    app = opened(lang=language, base=bad, set=moves, until="nan", year="9" * 400)
    told = html(app)
    assert Locale(language).translate("explore.link_refused", parts="").strip() in told
    assert bad not in told and escape(bad) in told
    assert "nope_0" in told and "nope_39" not in told
    assert dict(app.session_state["settings"].moved) == {"output_cap": held(-5.0)}


# --- Files ---------------------------------------------------------------------------------------

NAMES = [
    "..",
    ".",
    "/",
    "",
    "../../x",
    "a\\b",
    "x\0y",
    "河" * 200,
    "a" * 300,
    "comparison.csv",
    "\ud800",
    "<b>",
    "a\nb",
]


@FUZZ
@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=80)), min_size=1, max_size=6))
@example(["a", "a", "a_2", "A"])
def test_whatever_files_are_called_each_gets_a_folder_of_its_own(names):
    uploaded = {str(k): parse_scenario(PLAIN, "x").model_copy(update={"name": name}) for k, name in enumerate(names)}
    made = [scenario.name for scenario in result_archive.batch_of(list(uploaded), uploaded, 2020, False).scenarios]
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert not set(name) & set(string.punctuation) - {"_", "-"}
        assert 0 < len(name.encode()) <= LONGEST_FOLDER


def test_a_file_with_the_name_of_a_path_is_packed_like_any_other():
    names = ("...yaml", "comparison.csv.yaml", "河" * 100 + ".yml", "x\0y")
    read = [share.read_upload(name, PLAIN.encode()) for name in names]
    assert [problems for _, problems in read] == [()] * len(names)
    uploaded = {str(k): scenario for k, (scenario, _) in enumerate(read)}
    done = result_archive.run(result_archive.batch_of(list(uploaded), uploaded, 2020, False), "csv", lambda *_: None)
    with zipfile.ZipFile(io.BytesIO(done.archive)) as archive:
        packed = archive.namelist()
    assert sorted(name for name in packed if name.endswith("manifest.json")) == sorted(
        f"{name}/manifest.json" for name in done.titles
    )
    assert "comparison.csv" in packed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAIN.encode() + b"#" * 70_000, "64 KB"),
        (b"a: &a [x]\nb: *a\n", "anchors"),
        (b"[" * 60_000, "nested"),
        (b"levers: {}\nlevers: {}\n", "duplicate"),
        (b"title: \xff\n", "UTF-8"),
        (b"title: \0\n", "control character"),
        (b"title: x\nlevers: {output_cap: " + b"9" * 5000 + b"}\n", "cannot be read"),
        (b"title: x\nlevers: {output_cap: .inf}\n", "finite"),
        (b"title: x\nlevers: {" + b", ".join(b"k%d: 1" % k for k in range(5000)) + b"}\n", "unknown lever"),
        (b"title: [x]\nlevers: {}\n", "title"),
        (b"", "empty"),
    ],
)
@pytest.mark.parametrize("name", ["bad.yaml", "no_ending", "../../etc/passwd", "<b>.yaml"])
def test_a_hostile_file_is_refused_with_its_name_and_what_is_wrong(name, content, said):
    scenario, problems = share.read_upload(name, content)
    assert scenario is None
    assert said in str(problems[0]) and name.removesuffix(".yaml") in str(problems[0])


def test_a_title_is_never_read_as_mark_up():
    bad = "![x](https://example.org/x.png) <b> :red[x] $x$"
    app = opened("batch", lang="en")
    app.text_area(key="w_batch_text").set_value(f"title: '{bad}'\nlevers: {{}}\n").run()
    app.button(key="w_batch_check").click().run()
    assert not app.exception
    (toast,) = app.toast
    assert "![" not in toast.value and "<b>" not in toast.value and "$x$" not in toast.value
    assert bad in toast.value.replace("\\", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_batch_that_would_keep_everybody_waiting_is_not_begun(language):
    most = result_archive.MOST_REPLICATIONS
    app, t = opened("batch", lang=language), Locale(language).translate
    for count, refused in ((most, False), (most + 1, True)):
        text = f"title: x\nlevers: {{}}\npipeline: {{mode: stochastic, replications: {count}}}\n"
        app.text_area(key="w_batch_text").set_value(text).run()
        app.button(key="w_batch_check").click().run()
        assert app.button(key="w_batch_run").disabled is refused
        assert (escape(t("batch.too_many", count=count, most=most)) in html(app)) is refused
