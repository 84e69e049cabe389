"""The built-in embedding: what its vectors must say, and how building it may fail."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from shared.errors import Unavailable
from shared.knowledge import minilm as minilm_module
from shared.knowledge.minilm import MiniLm, main, prepare
from shared.knowledge.safetensors import read_safetensors

PAIRS = [
    ("A man is eating food.", "Someone is having a meal."),
    ("How do I reset my password?", "I forgot my login and need a new one."),
    ("The museum opens at nine in the morning.", "What are the opening hours of the museum?"),
    ("Dinosaurs lived millions of years ago.", "Prehistoric reptiles roamed the ancient earth."),
    ("She bought a new car yesterday.", "The woman purchased an automobile."),
]


def test_sentences_of_one_meaning_are_nearer_than_all_others(minilm: MiniLm) -> None:
    left = minilm.embed([pair[0] for pair in PAIRS])
    right = minilm.embed([pair[1] for pair in PAIRS])

    nearness = left @ right.T

    assert nearness.argmax(axis=1).tolist() == list(range(len(PAIRS)))
    assert nearness.diagonal().min() > 0.4
    assert nearness[~np.eye(len(PAIRS), dtype=bool)].max() < 0.35


def test_vectors_have_length_one(minilm: MiniLm) -> None:
    vectors = minilm.embed(["word", "A longer sentence, with a comma.", "", "long " * 900])

    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_a_text_has_one_vector_whoever_its_neighbours_are(minilm: MiniLm) -> None:
    alone = minilm.embed([PAIRS[0][0]])[0]
    among = minilm.embed([*(pair[1] for pair in PAIRS), PAIRS[0][0], "long " * 500])[-2]

    assert np.array_equal(alone, among)


def test_no_texts_are_no_vectors(minilm: MiniLm) -> None:
    assert minilm.embed([]).shape == (0, 384)


def test_the_vectors_follow_the_model_card(minilm: MiniLm) -> None:
    """The published example of the model: a known sentence has known first numbers (float32; int8 stays near)."""
    vector = minilm.embed(["This is an example sentence"])[0]

    np.testing.assert_allclose(vector[:4], [0.0676, 0.0635, 0.0487, 0.0793], atol=0.02)


def test_trust_is_for_english_only(minilm: MiniLm) -> None:
    assert minilm.trust("en") == minilm.trust("en-GB") == 1.0
    assert 0 < minilm.trust("de") < 0.5


def test_a_damaged_graph_is_built_again(minilm: MiniLm, tmp_path: Path, model_folder: Path) -> None:
    graph = tmp_path / prepare(model_folder).name
    graph.write_bytes(b"not a graph")

    again = MiniLm(tmp_path)

    assert np.array_equal(again.embed(["word"]), minilm.embed(["word"]))


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable, match="cannot be written to"):
        prepare(tmp_path / "file" / "models")


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm_module, "_WEIGHTS_SHA256", "0" * 64)

    with pytest.raises(Unavailable, match="not the file we know"):
        prepare(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_command_tells_its_progress_and_is_quick_the_second_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 0
    first = capsys.readouterr().out.splitlines()
    assert main([str(tmp_path)]) == 0
    second = capsys.readouterr().out.splitlines()

    assert len(first) == 4
    assert first[-1] == "100%  The embedding model is ready."
    assert second == first[-1:]


def test_the_command_names_its_argument() -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "shared.knowledge.minilm"], capture_output=True, text=True, check=False, timeout=60
    )

    assert outcome.returncode == 2
    assert outcome.stderr == "Usage: python -m shared.knowledge.minilm FOLDER\n"


@pytest.mark.parametrize("content", [b"", b"\x10\0\0\0\0\0\0\0{", b"\x02\0\0\0\0\0\0\0[]"])
def test_damaged_weights_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(content)

    with pytest.raises(Unavailable, match="cannot be read"):
        read_safetensors(path)
