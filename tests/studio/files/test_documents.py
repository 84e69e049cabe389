"""Written, fetched and replaced documents: each version of a file comes back with undo, and nobody's work is lost."""

from pathlib import Path

import pytest

from shared.contract.chatbot import ChatbotDraft, DocumentRef, GoldQuestion
from shared.errors import BadDocument
from studio.files import documents
from studio.files.blobs import blob_of
from studio.files.documents import (
    bring_back,
    chosen_documents,
    free_name,
    replace_document,
    store_document,
    take_file,
    written_text,
)
from studio.files.project import Project
from studio.model.edits import with_document_at, with_document_title, with_documents


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def written(project: Project, text: str, name: str = "hours.md") -> ChatbotDraft:
    return with_documents(ChatbotDraft(), [store_document(project, name, text.encode(), "Hours")])


def on_disk(project: Project, name: str = "hours.md") -> str:
    return (project.folder / "knowledge" / name).read_text("utf-8")


def test_undo_brings_a_version_back_and_redo_the_next(project: Project) -> None:
    first = written(project, "Open until six.")
    second = written(project, "Open until eight.")

    bring_back(project, second, first)
    undone = on_disk(project)
    bring_back(project, first, second)

    assert (undone, on_disk(project)) == ("Open until six.", "Open until eight.")


def test_what_another_program_wrote_is_not_written_over(project: Project) -> None:
    first = written(project, "Open until six.")
    second = written(project, "Open until eight.")
    (project.folder / "knowledge" / "hours.md").write_text("Edited elsewhere.", "utf-8")

    bring_back(project, second, first)

    assert on_disk(project) == "Edited elsewhere."


def test_a_file_that_was_there_before_is_kept_too(project: Project) -> None:
    (project.folder / "knowledge").mkdir(parents=True)
    (project.folder / "knowledge" / "hours.md").write_text("From git.", "utf-8")
    first = with_documents(ChatbotDraft(), [DocumentRef(blob=blob_of("hours.md", b"From git."), title="Hours")])
    second = written(project, "Open until eight.")

    bring_back(project, second, first)

    assert on_disk(project) == "From git."


def test_only_so_many_versions_are_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_KEPT", 3)

    for number in range(6):
        written(project, f"Version {number}.")

    assert len(list((project.cache / "versions").iterdir())) == 3


def test_what_cannot_be_read_is_not_stored(project: Project) -> None:
    written(project, "Open until six.")

    with pytest.raises(BadDocument, match="holds no text"):
        store_document(project, "hours.md", b"   \n")

    assert on_disk(project) == "Open until six."


def test_a_document_names_itself_where_nobody_does(project: Project) -> None:
    page = b"<html><head><title>Visit us</title></head><body><p>We are open until six in the evening.</p></body></html>"

    stored = store_document(project, "example.org-visit.html", page, address="https://example.org/visit")

    assert (stored.title, stored.address) == ("Visit us", "https://example.org/visit")


def test_a_replaced_document_keeps_its_title_its_place_and_its_questions(project: Project, tmp_path: Path) -> None:
    draft = with_documents(written(project, "Open."), [store_document(project, "b.md", b"Prices here.", "Prices")])
    draft = draft.model_copy(update={"gold": (GoldQuestion(question="When?", document="hours.md"),)})
    same, other = tmp_path / "new.md", tmp_path / "new.txt"
    same.write_text("Open until nine.")
    other.write_text("Open until ten.")

    kept = replace_document(project, draft.knowledge[0], same)
    changed = replace_document(project, draft.knowledge[0], other)
    after = with_document_at(draft, "hours.md", changed)

    assert (kept.blob.name, kept.title) == ("hours.md", "Hours")
    assert [one.blob.name for one in after.knowledge] == ["new.txt", "b.md"]
    assert after.gold[0].document == "new.txt"
    assert with_document_title(after, "b.md", "  What  it costs ").knowledge[1].title == "What it costs"


def test_a_name_is_free_whatever_its_case(project: Project) -> None:
    draft = written(project, "Open.", "Hours.md")

    assert free_name(draft, "hours", "md") == "hours-2.md"
    assert free_name(draft, "Prices / all", "md") == "Prices - all.md"
    assert free_name(draft, "///", "md") == "file.md"


def test_only_text_is_edited_here(project: Project) -> None:
    draft = written(project, "Öffnet um zehn.")
    (project.folder / "knowledge" / "hours.md").write_bytes("Öffnet".encode("cp1252"))

    assert documents.is_written(draft.knowledge[0])
    with pytest.raises(BadDocument, match="is not UTF-8 text"):
        written_text(project, draft.knowledge[0])


def test_folders_give_what_is_read_however_deep_and_say_what_is_not(project: Project, tmp_path: Path) -> None:
    for name in ("a.md", "deep/a.md", "deep/b.TXT", "logo.png", "art/plan.png", ".git/c.md", "deep/~$lock.docx"):
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Words of {name}.")

    chosen = chosen_documents([tmp_path / "folder", tmp_path / "folder" / "logo.png"])
    taken = [take_file(project, file, name) for file, name in chosen.files]

    assert [one.blob.name for one in taken] == ["a.md", "deep-a.md", "b.TXT", "logo.png"]
    assert chosen.skipped == 2
    assert on_disk(project, "deep-a.md") == "Words of deep/a.md."
    with pytest.raises(BadDocument, match="holds no document"):
        chosen_documents([tmp_path / "folder" / "art"])
