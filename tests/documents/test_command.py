"""`hebei2025 documents`: what it writes, checks and refuses."""

from dataclasses import replace

import pytest

from documents import command
from documents.index_page import WRITTEN_BY_HAND, index_page
from documents.places import DOCS, ROOT
from documents.registry import DOCUMENTS, Document
from documents.writing import is_current, replace_file
from tests.cli.support import hebei2025, refused


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout of two documents: a page written from a stored number, and a folder of pages."""
    docs = tmp_path / "docs"
    (docs / "folder").mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    (docs / "number.csv").write_text("1\n")

    def compute(progress):
        progress("first half")
        yield {docs / "number.csv": "2\n"}
        progress("second half")
        yield {docs / "second.csv": "3\n"}

    page = docs / "page.md"
    one = Document(
        "one", "One", "number", page, lambda: {page: f"number {(docs / 'number.csv').read_text()}"}, compute, 1
    )
    two = Document(
        "two",
        "Two",
        "nothing",
        docs / "folder",
        lambda: {docs / "folder" / f"{name}.md": name for name in "ab"},
        folder=True,
        others=(docs / "folder" / "other.md",),
    )
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "DOCS", docs)
    monkeypatch.setattr(command, "ALL", {"one": one, "two": two})
    return tmp_path


def files(folder):
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*.md")}


def test_everything_is_written_and_then_up_to_date(checkout):
    outdated = hebei2025("documents", "--check")
    assert outdated.exit_code == 1 and files(checkout) == {}
    assert "one: out of date: docs/page.md" in outdated.stdout
    assert "two: out of date: docs/folder/a.md, docs/folder/b.md" in outdated.stdout
    assert "renew with: hebei2025 documents one two\n" in outdated.stdout
    renewed = hebei2025("documents")
    assert renewed.exit_code == 0 and "one: renewed: docs/page.md" in renewed.stdout
    assert files(checkout) == {"docs/page.md": "number 1\n", "docs/folder/a.md": "a", "docs/folder/b.md": "b"}
    current = hebei2025("documents", "--check")
    assert current.exit_code == 0 and current.stdout == "one: up to date\ntwo: up to date\n"


def test_a_document_can_be_renewed_alone(checkout):
    assert hebei2025("documents", "two").exit_code == 0
    assert set(files(checkout)) == {"docs/folder/a.md", "docs/folder/b.md"}
    outdated = hebei2025("documents", "--check")
    assert outdated.exit_code == 1 and "renew with: hebei2025 documents one\n" in outdated.stdout
    assert hebei2025("documents", "--check", "two").exit_code == 0


def test_left_over_pages_are_named_and_removed_and_others_stay(checkout):
    hebei2025("documents")
    folder = checkout / "docs" / "folder"
    (folder / "gone.md").write_text("old")
    (folder / "other.md").write_text("of another document")
    assert "two: out of date: docs/folder/gone.md" in hebei2025("documents", "--check").stdout
    hebei2025("documents")
    assert {file.name for file in folder.iterdir()} == {"a.md", "b.md", "other.md"}


def test_stored_results_are_computed_only_when_asked(checkout):
    assert hebei2025("documents").exit_code == 0
    assert files(checkout)["docs/page.md"] == "number 1\n"
    slow = hebei2025("documents", "one", "--slow")
    assert slow.exit_code == 0
    lines = slow.stdout.splitlines()
    assert lines[0] == "one: first half ..." and lines[1].startswith("one: stored docs/number.csv after ")
    assert lines[-1] == "one: renewed: docs/page.md"
    assert files(checkout)["docs/page.md"] == "number 2\n"
    assert (checkout / "docs" / "second.csv").read_text() == "3\n"


def test_a_missing_stored_result_is_named_with_the_command_that_makes_it(checkout):
    (checkout / "docs" / "number.csv").unlink()
    message = refused("documents", "--check")
    assert "number.csv" in message and "renew with: hebei2025 documents one --slow" in message
    assert hebei2025("documents", "one", "--slow").exit_code == 0


def test_wrong_requests_are_refused(checkout, tmp_path):
    assert "three: no document has this name; allowed: one, two" in refused("documents", "three")
    assert "leave one of the two out" in refused("documents", "--check", "--slow")
    assert files(checkout) == {}
    (checkout / "pyproject.toml").unlink()
    assert "documents belong to a checkout" in refused("documents")


def test_changed_values_of_the_model_end_the_command(checkout, monkeypatch):
    values = checkout / "model" / "values.yaml"
    document = Document("values", "Values", "nothing", values, lambda: {values: "a: 2\n"})
    monkeypatch.setattr(command, "ALL", {"values": document, **command.ALL})
    assert "run the command again" in refused("documents")
    assert values.read_text() == "a: 2\n" and files(checkout) == {}
    assert hebei2025("documents").exit_code == 0 and set(files(checkout)) > {"docs/page.md"}


def test_a_file_is_replaced_whole(tmp_path, monkeypatch):
    file = tmp_path / "new" / "page.md"
    replace_file(file, "粗钢\n")
    assert is_current(file, "粗钢\n") and not is_current(file, "粗钢") and not is_current(tmp_path / "none", "")
    monkeypatch.setattr("documents.writing.os.replace", lambda *_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        replace_file(file, "other\n")
    assert [one.name for one in file.parent.iterdir()] == ["page.md"] and is_current(file, "粗钢\n")


def test_the_list_names_every_document_and_its_sources():
    listed = hebei2025("documents", "--list", columns=None)
    assert listed.exit_code == 0
    for document in DOCUMENTS.values():
        line = next(line for line in listed.stdout.splitlines() if line.startswith(f"│ {document.name} "))
        assert str(document.place.relative_to(ROOT)) in line and document.written_from in line


def test_every_page_of_docs_is_written_by_hand_or_by_a_document():
    by_hand = {DOCS / name for name in WRITTEN_BY_HAND if name.endswith(".md")}
    places = {document.place for document in command.ALL.values()}
    for page in DOCS.rglob("*.md"):
        assert page in by_hand or page in places or page.parent in places, page
    assert all((DOCS / name).exists() for name in WRITTEN_BY_HAND)
    assert all(document.place.exists() for document in command.ALL.values())


def test_the_index_links_to_every_document():
    for line in index_page().splitlines():
        if line.startswith("| `"):
            target = line.partition("](")[2].partition(")")[0]
            assert (DOCS / target).exists(), line
    assert all(f"| `{name}` |" in index_page() for name in DOCUMENTS)


def test_sources_of_documents_exist():
    for document in DOCUMENTS.values():
        for source in document.written_from.split(", "):
            assert list(ROOT.glob(source)), (document.name, source)


def test_leftovers_are_only_sought_in_folders_of_a_document(tmp_path):
    (tmp_path / "x.md").touch()
    document = Document("one", "One", "nothing", tmp_path, dict)
    assert document.leftovers({}) == []
    assert replace(document, folder=True).leftovers({}) == [tmp_path / "x.md"]
    assert replace(document, folder=True).leftovers({tmp_path / "x.md": ""}) == []
