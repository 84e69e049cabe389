"""`troupe rehearse`: what was pinned holds or not, for people and for programs."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shared.contract.rehearsal import CueExpectation, Expectations, Rehearsal, RehearsalTurn
from studio.files.creation import new_project, take_document
from studio.files.project import Project, load_draft, save_draft
from studio.model.edits import with_documents

ROOT = Path(__file__).parents[3]
AVATAR = ROOT / "packaging" / "avatars" / "pip.glb"
TICKETS = "A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"
STUDENTS = "What do students pay for a ticket?"


def saved(**expect: Any) -> Rehearsal:
    expectations = Expectations.model_validate(expect)
    return Rehearsal(name="Prices", turns=(RehearsalTurn(visitor=STUDENTS, expect=expectations),))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that knows what tickets cost."""
    folder = tmp_path_factory.mktemp("rehearse")
    (folder / "tickets.txt").write_text(TICKETS, encoding="utf-8")
    project, draft = new_project(folder / "pip", AVATAR)
    save_draft(project, with_documents(draft, [take_document(project, folder / "tickets.txt")]))
    return project.folder


def troupe(models_folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TROUPE_", "OPENAI", "ANTH"))}
    settings = {"TROUPE_KEYRING": "false", "TROUPE_CACHE_FOLDER": str(models_folder.parent), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", "from studio.cli import main; main()", "rehearse", *map(str, arguments)]
    return subprocess.run(command, env={**kept, **settings}, capture_output=True, text=True, timeout=110, check=False)


def test_a_script_holds_or_does_not(project: Path, tmp_path: Path, models_folder: Path) -> None:
    script = tmp_path / "prices.json"
    script.write_text(saved(says=["8 euros"], cites=["tickets.txt"], declines=False).model_dump_json())
    good = troupe(models_folder, project, script, "--json")
    cue = CueExpectation(role="celebrate").model_dump(mode="json")
    script.write_text(saved(says=["9 euros"], cues=[cue]).model_dump_json())
    bad = troupe(models_folder, project, script)

    report = json.loads(good.stdout)
    assert (good.returncode, good.stderr) == (0, "")
    assert (report["held"], report["failed"]) == (1, 0)
    [turn] = report["rehearsals"][0]["turns"]
    assert turn["answered_by"] == "troupe/understudy"
    assert [check["kind"] for check in turn["checks"]] == ["says", "cites", "declines"]
    assert turn["cues"][0]["source"] in {"event", "marker", "rule"}
    assert bad.returncode == 1
    assert "FAILED" in bad.stdout
    assert "says 9 euros, but: Students pay 8 euros" in bad.stdout
    assert "cue celebrate, but: " in bad.stdout


def test_all_saved_conversations_are_replayed(project: Path, models_folder: Path) -> None:
    none = troupe(models_folder, project)
    draft = load_draft(Project(project))
    rehearsals = (saved(says=["8 euros"]), saved(declines=True))
    save_draft(Project(project), draft.model_copy(update={"rehearsals": rehearsals}))

    done = troupe(models_folder, project, "--json", "--understudy")

    save_draft(Project(project), draft)
    assert (none.returncode, none.stdout) == (2, "")
    assert "has no saved conversations" in none.stderr
    assert done.returncode == 1
    assert [one["held"] for one in json.loads(done.stdout)["rehearsals"]] == [True, False]


@pytest.mark.parametrize("content", ["{", '{"name": "x", "turns": []}', '{"name": "x", "turns": [{"visitor": ""}]}'])
def test_a_file_that_is_none_is_refused_in_one_line(
    project: Path, tmp_path: Path, models_folder: Path, content: str
) -> None:
    script = tmp_path / "broken.json"
    script.write_text(content)

    done = troupe(models_folder, project, script, "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "is no saved conversation" in done.stderr
