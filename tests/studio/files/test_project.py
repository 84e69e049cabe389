"""Project folders: what is read back, what a damaged one says, what a crash leaves."""

import json
from pathlib import Path

import pytest

from shared.contract.chatbot import ChatbotDraft
from shared.errors import BadProject
from studio.files.binding import Binding, load_binding, save_binding
from studio.files.blobs import blob_of, safe_name
from studio.files.journal import clear_journal, recovered_draft, write_journal
from studio.files.project import Project, load_draft, save_draft


def test_a_saved_draft_reads_back_and_the_cache_ignores_itself(tmp_path: Path) -> None:
    project = Project(tmp_path / "ada")
    draft = ChatbotDraft(name="Ada Ä ☂")

    save_draft(project, draft)

    assert load_draft(project) == draft
    assert "Ada Ä ☂" in project.draft_path.read_text(encoding="utf-8")
    assert (project.cache / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "damaged"),
        (b"{", "damaged"),
        (b"\xff\xfe", "damaged"),
        (b"[]", "damaged"),
        (b'{"format": 2}', "format"),
        (b'{"name": 5}', "name"),
        (b'{"unheard_of": 1}', "unheard_of"),
        (b'{"knowledge": [{"blob": {"name": "../x", "sha256": "", "bytes": 1}, "title": ""}]}', "knowledge.0.blob"),
    ],
)
def test_a_damaged_draft_says_where_and_what_to_do(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "chatbot.json").write_bytes(content)

    with pytest.raises(BadProject) as caught:
        load_draft(Project(tmp_path))

    assert says in caught.value.sentence
    assert "backup" in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_folder_that_is_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadProject, match="make a new project"):
        load_draft(Project(tmp_path))
    with pytest.raises(BadProject, match="no folder"):
        load_draft(Project(tmp_path / "nowhere"))


def test_a_save_that_the_disk_refuses_keeps_the_old_draft(tmp_path: Path) -> None:
    project = Project(tmp_path / "ada")
    save_draft(project, ChatbotDraft(name="kept"))
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(BadProject, match="Cannot save"):
        save_draft(Project(tmp_path / "file" / "inside"), ChatbotDraft())

    assert load_draft(project).name == "kept"


def test_the_journal_gives_back_what_a_crash_left(tmp_path: Path) -> None:
    project = Project(tmp_path)
    saved = ChatbotDraft(name="saved")
    save_draft(project, saved)

    write_journal(project, ChatbotDraft(name="unsaved"))

    assert recovered_draft(project, saved) == ChatbotDraft(name="unsaved")
    clear_journal(project)
    assert recovered_draft(project, saved) is None


def test_a_journal_older_than_the_project_is_not_offered(tmp_path: Path) -> None:
    project = Project(tmp_path)
    save_draft(project, ChatbotDraft(name="first"))
    write_journal(project, ChatbotDraft(name="unsaved"))
    moved_on = ChatbotDraft(name="from git")

    save_draft(project, moved_on)

    assert recovered_draft(project, moved_on) is None


def test_a_damaged_journal_is_nothing_to_recover(tmp_path: Path) -> None:
    project = Project(tmp_path)
    save_draft(project, ChatbotDraft())
    (project.cache / "autosave.json").write_bytes(b'{"draft": {"name"')

    assert recovered_draft(project, ChatbotDraft()) is None


def test_a_binding_belongs_to_its_server(tmp_path: Path) -> None:
    project = Project(tmp_path)
    chatbot = "01890000-0000-7000-8000-000000000000"
    binding = Binding.model_validate({"server": "http://one", "chatbot_id": chatbot, "revision": 3})

    save_binding(project, binding)

    assert load_binding(project, "http://one") == binding
    assert load_binding(project, "http://two") is None


def test_names_of_files_are_safe_everywhere() -> None:
    assert safe_name("a/b\\c:d.glb") == "a-b-c-d.glb"
    assert safe_name("..") == "file"
    assert safe_name("x" * 300 + ".pdf").endswith("x.pdf")
    assert len(safe_name("x" * 300 + ".pdf")) == 120
    assert blob_of("a.glb", b"").media_type == "model/gltf-binary"


def test_the_draft_on_disk_is_json_that_git_can_compare(tmp_path: Path) -> None:
    project = Project(tmp_path)

    save_draft(project, ChatbotDraft(name="Ada"))

    lines = project.draft_path.read_text(encoding="utf-8").splitlines()
    assert '  "name": "Ada",' in lines
    assert json.loads("\n".join(lines))["format"] == 1
