"""docs/README.md: what is where in docs/, and which of it is generated."""

from __future__ import annotations

from pathlib import Path

from .markdown import table
from .places import DOCS, ROOT
from .registry import DOCUMENTS, Document

PAGE = DOCS / "README.md"
WRITTEN_BY_HAND = {
    "home.md": "First page of the documentation site",
    "home.zh.md": "文档网站首页",
    "tutorials/researcher.md": "Tutorial for policy researchers: one question",
    "tutorials/researcher.zh.md": "政策研究者教程：一个问题",
    "tutorials/analyst.md": "Tutorial for analysts: a scenario of your own",
    "tutorials/analyst.zh.md": "分析人员教程：自己的情景",
    "tutorials/teacher.md": "Tutorial for teachers: one lesson",
    "tutorials/teacher.zh.md": "教师教程：一节课",
    "guide.md": "Everything at a glance: pages of the app, files, all commands",
    "guide.zh.md": "功能一览：应用各页、文件和全部命令",
    "trust.md": "How far to trust it: forecast tests, bands, grades",
    "trust.zh.md": "可信到什么程度：预测检验、区间、证据等级",
    "source.md": "Folders of the source",
    "source.zh.md": "源码目录",
    "files.md": "Files that the program reads and writes",
    "files.zh.md": "程序读写的文件",
    "questions.md": "Five questions of a policy researcher and how the app answers them",
    "questions.zh.md": "政策研究者的五个问题，应用如何回答",
    "decisions.md": "Decisions on the model and the software, with reasons",
    "python.md": "The package in Python: every public function with examples",
    "experiments.md": "Experiments: design files, resuming, clusters, what they cannot say",
    "experiments.zh.md": "批量试验：方案文件、续跑、集群，以及不能说明什么",
    "ema_workbench.md": "Experiments from EMA Workbench, in batches",
    "find.md": "The cheapest mix of levers for chosen targets, and the frontier of several outcomes",
    "find.zh.md": "The same in Chinese",
    "engine.md": "How equations become machine code: the parts of the engine, and what holds it in place",
    "browser.md": "The model in a page of your own: files, calls of the host in JavaScript, a smaller module",
    "offline.md": "Explore and the lessons in one file, without server and network",
    "offline.zh.md": "单文件离线版：“探索”页和课程",
    "live_class.md": "Live class: rooms that phones join, votes, plans within a budget, league table",
    "live_class.zh.md": "实时课堂：手机投票、预算内的方案、排行榜",
    "exchange.md": "The model in Stella, Vensim, Simlin and PySD",
    "upgrading.md": "From the first edition to 2.0.0: what differs, what is refused, what stays",
    "upgrading.zh.md": "从第一版升级到 2.0.0",
    "releasing.md": "Making a release: the same bytes, bill of materials, audit",
    "deployment.md": "Installing and serving the app for other people",
    "benchmarks.md": "Measured times and memory",
    "evidence/surprises.md": "Behaviour that nobody expected, and its cause in the structure",
    "notebooks/": "Notebooks, which the tests run: [an experiment](notebooks/experiment.ipynb), [targets to "
    "mixes](notebooks/find.ipynb), [a robust choice](notebooks/robust_choice.ipynb)",
    "images/": "Screenshots of the app",
}
TEXT = """# Documentation

`make docs` makes web pages of this folder in Chinese and English, with search, in `build/site`. The order of its pages
is in `website/navigation.yaml`.

## Written by hand

{by_hand}

The part of [model/README.md](model/README.md) above its marker is written by hand too.

## Generated

Written by `hebei2025 documents`; do not edit these files. `hebei2025 documents --check` names those that are out of
date. `hebei2025 documents NAME` renews one document, and with `--slow` the stored results behind it too. The
check computes no stored results, so it does not notice when they are older than the model: renew them after a change of
equations, parameters, levers or drivers.

{generated}
"""


def index_page() -> str:
    """The page, from the list of documents."""
    by_hand = [[f"[{name}]({name})", what] for name, what in WRITTEN_BY_HAND.items()]
    generated = [
        [f"`{one.name}`", _link(one), one.title, one.written_from, f"about {one.minutes} min" if one.minutes else ""]
        for one in DOCUMENTS.values()
    ]
    header = ("name", "place", "content", "written from", "`--slow`")
    return TEXT.format(by_hand=table(("place", "content"), by_hand), generated=table(header, generated))


def _link(document: Document) -> str:
    place = document.place.relative_to(ROOT)
    return f"[{place}]({_from_docs(document.place)})"


def _from_docs(place: Path) -> str:
    return str(place.relative_to(DOCS)) if place.is_relative_to(DOCS) else f"../{place.relative_to(ROOT)}"
