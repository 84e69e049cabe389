"""`troupe optimise` and `troupe bake`: files out, the designer's own untouched, refusals in one line."""

import json
from pathlib import Path

import pytest
from PIL import Image

from shared.glb import read_glb
from studio.cli.entry import BAD_INPUT, run
from tests.shared.glb.building import curious_glb


@pytest.fixture
def avatar(tmp_path: Path) -> Path:
    """A small avatar with clips."""
    file = tmp_path / "curious.glb"
    file.write_bytes(curious_glb())
    return file


def test_optimise_tells_sizes_and_error_and_leaves_the_file_alone(
    avatar: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, target, picture = avatar.read_bytes(), tmp_path / "light.glb", tmp_path / "both.png"

    code = run(["optimise", str(avatar), str(target), "--tier", "phone", "--picture", str(picture), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert avatar.read_bytes() == before
    assert said["bytes"] == target.stat().st_size
    assert said["bytes_before"] == len(before)
    assert said["steps"][-1] == {"name": "meshopt", "before": said["steps"][-1]["before"], "after": said["bytes"]}
    assert 0 <= said["joint_error"] <= 5e-4
    assert read_glb(target).clip_names == read_glb(before).clip_names
    with Image.open(picture) as shown:
        assert shown.size == (1520, 692)
    assert said["mean_difference"] < 20


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("IN", "IN"), "give the lighter file another name"),
        (("IN", "out.glb", "--tier", "tv"), "phone or desktop"),
        (("nowhere.glb", "out.glb"), "nowhere.glb"),
    ],
)
def test_optimise_refuses_in_one_line(
    words: tuple[str, ...], told: str, avatar: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = avatar.read_bytes()

    code = run(["optimise", *(str(avatar) if word == "IN" else word for word in words)])

    captured = capsys.readouterr()
    assert code == BAD_INPUT
    assert told in captured.err
    assert captured.err.count("\n") == 1
    assert avatar.read_bytes() == before


def test_bake_lays_pictures_into_a_folder(avatar: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", str(tmp_path / "project"), "--avatar", str(avatar)]) == 0
    capsys.readouterr()

    code = run(["bake", str(tmp_path / "project"), str(tmp_path / "out"), "--no-turntable", "--json"])

    files = json.loads(capsys.readouterr().out)["files"]
    assert code == 0
    assert set(files) == {"poster.webp", "sprites.webp", "sprites.json", "card.png"}
    layout = json.loads((tmp_path / "out" / "sprites.json").read_text())
    with Image.open(tmp_path / "out" / "sprites.webp") as sheet:
        # What neither its face nor its body can show has no row.
        assert layout["rows"][0] == "neutral"
        assert "thinking" not in layout["rows"]
        assert sheet.size == (3 * layout["width"], len(layout["rows"]) * layout["height"])
