"""Bad scenario files: every message says file, line, what is wrong and what is allowed, in both languages."""

import os
import re

import pytest

from model import ScenarioError, load_scenario, parse_scenario
from model.engine.text import Text
from model.scenario.problems import MOST_NEAREST, alternatives

from .bad_files import BAD, EMPTY, HEAD


def refusals(text, name="bad.yaml"):
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, name)
    assert caught.value.problems
    return caught.value.problems


def problems_of(text):
    return [str(problem) for problem in refusals(text)]


@pytest.mark.parametrize("what", BAD)
def test_message_says_where_what_and_what_is_allowed(what):
    text, line, wrong, allowed = BAD[what]
    first = problems_of(text)[0]
    assert first.startswith(f"bad.yaml:{line}: "), first
    assert wrong in first
    assert allowed in first
    assert len(first) < 700
    assert re.search(r"allowed|allows|needed|expected|must|once|write|save", first), first


def test_all_problems_of_a_file_are_told_at_once():
    found = problems_of("title: 3\nlever: {}\nlevers: {}\nuntil: 9\n")
    assert [p.split(": ")[0] for p in found] == ["bad.yaml:2", "bad.yaml:1", "bad.yaml:4"]
    found = problems_of(EMPTY.replace("{}", "{rd_and_innovation: -1, nope: 2}") + "drivers: {ore_price_index: -1}\n")
    assert len(found) == 3


def test_a_problem_in_a_parent_names_the_parent(tmp_path):
    (tmp_path / "parent.yaml").write_text(HEAD + "  rd_and_innovation: -1\n")
    (tmp_path / "child.yaml").write_text(EMPTY + "extends: parent\n")
    with pytest.raises(ScenarioError, match=r"parent\.yaml:3: -1 is out of range"):
        load_scenario(tmp_path / "child.yaml")


def test_circular_extends(tmp_path):
    for name, other in (("a", "b"), ("b", "c"), ("c", "a"), ("self", "self")):
        (tmp_path / f"{name}.yaml").write_text(EMPTY + f"extends: {other}\n")
    with pytest.raises(ScenarioError, match=r"c\.yaml:3: circular extends: a -> b -> c -> a; allowed"):
        load_scenario(tmp_path / "a.yaml")
    with pytest.raises(ScenarioError, match="circular extends: self -> self"):
        load_scenario(tmp_path / "self.yaml")


def test_an_endless_chain_of_extends(tmp_path):
    for k in range(40):
        (tmp_path / f"s{k}.yaml").write_text(EMPTY + f"extends: s{k + 1}\n")
    with pytest.raises(ScenarioError, match="chain of extends is too long; at most 20"):
        load_scenario(tmp_path / "s0.yaml")


@pytest.mark.parametrize(
    ("make", "wrong"),
    [
        (lambda p: p, "no such file"),
        (lambda p: p.mkdir() or p, "is a directory"),
        (lambda p: p.with_name("a" * 400), "cannot be read"),
        (lambda p: p.symlink_to(p) or p, "cannot be read|no such file"),
    ],
)
def test_what_is_no_file(tmp_path, make, wrong):
    path = make(tmp_path / "x.yaml")
    with pytest.raises(ScenarioError, match=wrong) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}:1: ")


@pytest.mark.skipif(os.name == "nt", reason="needs /dev/zero")
def test_an_endless_file_is_not_read_to_its_end():
    with pytest.raises(ScenarioError, match="too large"):
        load_scenario("/dev/zero")


# Both languages


NUMBERS_AND_IDS = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)|[a-z]+_[a-z0-9_]+|`[^`]+`")
"""What a message in one language has in common with the same in the other."""
READING = "`year: value`", "`lever: value`"
"""Forms that are worded in each language."""


@pytest.mark.parametrize("what", BAD)
def test_every_message_is_there_in_chinese_with_the_same_place_numbers_and_ids(what):
    text, line, *_ = BAD[what]
    for problem in refusals(text):
        chinese = problem.described("zh")
        assert problem.described("en") == f"{problem.file}:{problem.line}: {problem.message}"
        assert chinese == f"bad.yaml 第{problem.line}行：{problem.message_zh}"
        assert len(re.findall("[\u4e00-\u9fff]", problem.message_zh)) >= 6
        common = [part for part in NUMBERS_AND_IDS.findall(problem.message) if part not in READING]
        assert [part for part in common if part not in problem.message_zh] == []
        assert re.search("允许|应|请|必须|只能|至少要", problem.message_zh)
    assert refusals(text)[0].line == line


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        (HEAD + "  rd_and_innovation: 500\n", "rd_and_innovation 的取值 500 超出允许范围；允许：0 至 400 亿元/年"),
        (
            HEAD + "  capacity_closure: {glass: 70}\n",
            "capacity_closure 的取值 70 超出允许范围；允许：0 至 40 百万重量箱/年",
        ),
        (HEAD + "  rd_and_innovation: [1]\n", "rd_and_innovation 的取值 [1] 不是有效数值；允许：0 至 400 亿元/年"),
        ("title: x\n", "缺少 `levers`；允许：每行一个 `lever: value`（政策措施: 取值），没有则写 {}"),
        (
            HEAD + "  rd_and_innovation: {ramp: {from: 2016, to: 2020}}\n",
            "斜线缺少 end；允许：from, to, start, end（start 可以省略）",
        ),
        (
            HEAD + "  rd_and_innovation: {scale: 3, add: 1}\n",
            "scale 和 add 不能并列；允许：{scale: 1.2}、{add: 5}、{hold: 10, from: 2018} 或 {delay: 2}，"
            "可用 `of` 层层嵌套",
        ),
        (
            HEAD + "  rd_and_innovation: {scale: 8, from: 2020}\n",
            "rd_and_innovation 在 2020 年的取值 572.8 超出允许范围；允许：每年均为 0 至 400 亿元/年，"
            "或加 `clip: true`，超出时取最近的允许值",
        ),
        (
            HEAD + "  rd_and_inovation: 200\n",
            "未知政策措施 'rd_and_inovation'；是否应为 rd_and_innovation 或 coordination？"
            "允许：应用侧栏或命令 `hebei2025 levers` 所列的政策措施",
        ),
    ],
)
def test_the_wording_in_chinese(text, chinese):
    (problem,) = refusals(text)
    assert problem.message_zh == chinese


def test_files_that_cannot_be_read_are_refused_in_chinese_too(tmp_path):
    for path, wrong in ((tmp_path, "这是文件夹"), (tmp_path / "x.yaml", "没有这个文件")):
        with pytest.raises(ScenarioError) as caught:
            load_scenario(path)
        (problem,) = caught.value.problems
        assert problem.described("zh").startswith(f"{path} 第1行：{wrong}")


def test_a_circular_chain_is_described_in_chinese_too(tmp_path):
    (tmp_path / "self.yaml").write_text(EMPTY + "extends: self\n")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "self.yaml")
    assert caught.value.problems[0].message_zh == "extends 形成循环：self -> self；允许：有尽头的继承关系"


def test_a_long_list_is_not_spelled_out_but_its_nearest_names_are():
    (problem,) = refusals(HEAD + "  energy: 200\n")
    assert problem.message == (
        "unknown lever 'energy'; did you mean energy_efficiency or energy_management_centres? allowed: those that "
        "the app's sidebar or `hebei2025 levers` lists"
    )
    assert len(refusals(HEAD + "  nothing_like_it: 200\n")[0].message) < 120
    names = [f"name_{k}" for k in range(20)]
    listed = Text(zh="见清单", en="those on the list")
    allowed = alternatives("name_x", names, listed)
    assert sum(allowed.en.count(f"{name} ") + allowed.en.count(f"{name}?") for name in names) == MOST_NEAREST
    assert allowed.en.endswith("allowed: those on the list") and allowed.zh.endswith("允许：见清单")
    assert alternatives("zzz", ["a", "b"], listed) == Text(zh="允许：a, b", en="allowed: a, b")
