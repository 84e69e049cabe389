"""`troupe` as a script runs it: a process, its output, its exit code."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
AVATAR = ROOT / "packaging" / "avatars" / "pip.glb"
TICKETS = "A ticket for the museum costs 12 euros for adults.\n\nStudents pay 8 euros for a ticket.\n"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for caches and sign-ins of these tests."""
    return tmp_path_factory.mktemp("home")


class Troupe:
    """Runs `troupe`."""

    def __init__(self, home: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TROUPE_", "OPENAI", "ANTH"))}
        folders = {"XDG_CACHE_HOME": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config")}
        self._environment = {**kept, **folders, "HOME": str(home), "TROUPE_KEYRING": "false", "PYTHONPATH": str(ROOT)}

    def __call__(self, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        program = "from studio.cli import main; main()"
        command = [sys.executable, "-c", program, *(str(argument) for argument in arguments)]
        return subprocess.run(
            command, env={**self._environment, **environment}, capture_output=True, text=True, timeout=110, check=False
        )

    def good(self, *arguments: object) -> str:
        """The output of a command that succeeds."""
        done = self(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: object) -> str:
        """The one line of a command that refuses its input."""
        done = self(*arguments)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("troupe: ")
        return done.stderr


@pytest.fixture
def troupe(home: Path) -> Troupe:
    """The command."""
    return Troupe(home)


@pytest.fixture
def project(troupe: Troupe, tmp_path: Path) -> Path:
    """A project with one document."""
    (tmp_path / "tickets.txt").write_text(TICKETS, encoding="utf-8")
    troupe.good("new", tmp_path / "pip", "--avatar", AVATAR)
    troupe.good("add", tmp_path / "pip", tmp_path / "tickets.txt")
    return tmp_path / "pip"


def test_inspect_tells_clips_and_face(troupe: Troupe) -> None:
    facts = json.loads(troupe.good("inspect", AVATAR, "--json"))

    assert len(facts["clips"]) >= 20
    assert {"name", "seconds", "tracks", "active_start", "active_end"} <= set(facts["clips"][0])
    assert facts["mouth_tier"] == "visemes"
    assert facts["triangles"] > 1_000
    assert [finding for finding in facts["findings"] if finding["severity"] == "error"] == []


def test_sample_gives_column_major_world_matrices_and_weights(troupe: Troupe) -> None:
    clip = json.loads(troupe.good("inspect", AVATAR, "--json"))["clips"][0]

    sampled = json.loads(troupe.good("sample", AVATAR, "--clip", clip["name"], "--at", clip["seconds"] / 2, "--json"))

    assert set(sampled) == {"nodes", "weights"}
    assert all(len(matrix) == 16 for matrix in sampled["nodes"].values())
    assert all(matrix[3] == matrix[7] == matrix[11] == 0 and matrix[15] == 1 for matrix in sampled["nodes"].values())
    assert any(sampled["weights"].values())


def test_map_proposes_roles_with_confidence(troupe: Troupe) -> None:
    proposals = json.loads(troupe.good("map", AVATAR, "--json"))

    sure = {one["role"] for one in proposals if one["confidence"] >= 0.7}
    assert {"idle", "listening", "thinking", "talking", "greet", "nod"} <= sure
    assert all(set(one) == {"role", "clip", "confidence", "source"} for one in proposals)


def test_inspecting_loads_no_window_and_no_provider(home: Path) -> None:
    program = (
        "import sys; from studio.cli.entry import run; run(['inspect', sys.argv[1], '--json']); "
        "heavy = {'PySide6', 'OpenGL', 'openai', 'anthropic', 'onnxruntime', 'httpx', 'keyring'} & set(sys.modules); "
        "sys.exit(','.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, AVATAR], env={**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


def test_search_finds_the_passage_and_abstains(troupe: Troupe, project: Path) -> None:
    found = json.loads(troupe.good("search", project, "What do students pay?", "-k", 3, "--json"))
    nothing = json.loads(troupe.good("search", project, "Who painted the Mona Lisa?", "--json"))

    assert [set(one) for one in found] == [{"document", "page", "text", "score"}]
    assert found[0]["document"] == "tickets.txt"
    assert "8 euros" in found[0]["text"]
    assert nothing == []


def test_search_answers_a_question_per_line(troupe: Troupe, project: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text("What do students pay?\nWho painted the Mona Lisa?\n", encoding="utf-8")

    lines = troupe.good("search", project, "--questions", questions, "--json").splitlines()

    assert [len(json.loads(line)) for line in lines] == [1, 0]


def test_a_long_document_is_told_of_while_it_is_read(troupe: Troupe, project: Path, tmp_path: Path) -> None:
    rooms = "\n\n".join(f"Room {number} shows {'a marvel, ' * 80}and a {number}." for number in range(200))
    (tmp_path / "rooms.txt").write_text(rooms, encoding="utf-8")
    troupe.good("add", project, tmp_path / "rooms.txt")

    read = troupe("search", project, "What do students pay?", "--json")
    kept = troupe("search", project, "What do students pay?", "--json")

    lines = read.stderr.splitlines()
    assert len(lines) > 1
    assert all(re.fullmatch(r"Reading rooms\.txt … \d+ %", line) for line in lines)
    assert (kept.stdout, kept.stderr) == (read.stdout, "")


def test_ask_prints_every_event_of_the_turn(troupe: Troupe, project: Path) -> None:
    events = [json.loads(line) for line in troupe.good("ask", project, "What do students pay?", "--json").splitlines()]

    assert [event["seq"] for event in events] == list(range(len(events)))
    assert events[0]["type"] == "started"
    assert events[-1]["type"] == "finished"
    assert "8 euros" in events[-1]["text"]
    assert {"citation", "cue", "delta"} <= {event["type"] for event in events}


def test_adding_is_all_or_nothing(troupe: Troupe, project: Path, tmp_path: Path) -> None:
    before = (project / "chatbot.json").read_bytes()
    (tmp_path / "good.txt").write_text("Good words.", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 broken")

    said = troupe.refused("add", project, tmp_path / "good.txt", tmp_path / "bad.pdf")

    assert "bad.pdf" in said
    assert (project / "chatbot.json").read_bytes() == before
    assert not (project / "knowledge" / "good.txt").exists()


def test_documents_that_are_not_there_are_told(troupe: Troupe, project: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")

    assert "no file" in troupe.refused("add", project, tmp_path / "nowhere.txt")
    assert "holds no documents" in troupe.refused("add", project, tmp_path / "empty")
    assert "no ordinary file" in troupe.refused("add", project, tmp_path / "pipe.txt")
    assert "no ordinary file" in troupe.refused("inspect", tmp_path / "pipe.txt")
    assert "one question a line" in troupe.refused("search", project, "--questions", tmp_path / "nowhere.txt")


def test_a_new_project_does_not_overwrite_one(troupe: Troupe, project: Path) -> None:
    assert "project already" in troupe.refused("new", project, "--avatar", AVATAR)


def test_a_failed_new_leaves_nothing_behind(troupe: Troupe, tmp_path: Path) -> None:
    (tmp_path / "words.glb").write_bytes(b"not a model at all")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".troupe").write_text("in the way of the cache")
    before = sorted(tmp_path.rglob("*"))

    troupe.refused("new", tmp_path / "deep" / "pip", "--avatar", tmp_path / "words.glb")
    troupe.refused("new", tmp_path / "deep" / "pip", "--avatar", tmp_path / "missing.glb")
    troupe.refused("new", tmp_path / "mine", "--avatar", AVATAR)
    troupe.refused("new", tmp_path / "deep" / ("long" * 100) / "pip", "--avatar", AVATAR)

    assert sorted(tmp_path.rglob("*")) == before


def test_the_version_is_told(troupe: Troupe) -> None:
    assert re.fullmatch(r"troupe \d+\.\d+\.\d+\n", troupe.good("--version"))


def test_a_server_at_an_impossible_port_is_refused(troupe: Troupe, project: Path) -> None:
    said = troupe.refused("publish", project, "--server", "http://127.0.0.1:99999")

    assert said == ("troupe: http://127.0.0.1:99999 is no server address. Give one like https://troupe.example.com.\n")


def test_bad_input_is_one_clear_line(troupe: Troupe, tmp_path: Path) -> None:
    (tmp_path / "empty.glb").write_bytes(b"")
    (tmp_path / "words.glb").write_bytes(b"not a model at all")
    (tmp_path / "cut.glb").write_bytes(AVATAR.read_bytes()[:9_000])

    for name in ("empty.glb", "words.glb", "cut.glb", "missing.glb"):
        troupe.refused("inspect", tmp_path / name, "--json")
    assert "has no clip Moonwalk" in troupe.refused("sample", AVATAR, "--clip", "Moonwalk", "--at", 0, "--json")
    troupe.refused("sample", AVATAR, "--clip", "Idle", "--at", "nan", "--json")
    troupe.refused("sample", AVATAR, "--clip", "Idle", "--at", "soon", "--json")
    troupe.refused("search", tmp_path, "Anything?")
    troupe.refused("search", tmp_path)
    troupe.refused("dance")
    troupe.refused("inspect")


def test_publishing_asks_to_sign_in_and_names_a_server_that_is_away(troupe: Troupe, project: Path) -> None:
    unsigned = troupe("publish", project, "--server", "http://127.0.0.1:9")
    away = troupe("sign-in", "--server", "http://127.0.0.1:9", "--email", "a@b.example", TROUPE_PASSWORD="long enough")

    assert (unsigned.returncode, away.returncode) == (1, 1)
    assert "troupe sign-in --server http://127.0.0.1:9" in unsigned.stderr
    assert "Cannot reach http://127.0.0.1:9" in away.stderr
    assert "Traceback" not in unsigned.stderr + away.stderr
