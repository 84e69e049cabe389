"""Baked pictures: what they hold, that emotions and mouths are told apart, and that a cancelled bake is no bake."""

import io
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from shared.contract.acting import EMOTIONS
from shared.contract.chatbot import ChatbotDraft
from studio.files.creation import new_project
from studio.files.project import Project, read_blob
from studio.rehearsal.baking import with_baked
from studio.render.baking import Baked, bake
from studio.render.cards import AVATAR, draw_card
from studio.render.turntables import as_gif, as_webm

PIP = Path(__file__).parents[3] / "packaging" / "avatars" / "pip.glb"
Baking = tuple[Project, ChatbotDraft, Baked]


@pytest.fixture(scope="module")
def baking(tmp_path_factory: pytest.TempPathFactory) -> Baking:
    """Pip in a project, baked once for all, without the turntable."""
    project, draft = new_project(tmp_path_factory.mktemp("baking") / "pip", PIP)
    return project, draft, bake(project, draft, lambda *_: None, turntable=False)


def _picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def _cell(sheet: np.ndarray, baked: Baked, row: int, column: int) -> np.ndarray:
    width, height = baked.sprites.size
    return sheet[row * height : (row + 1) * height, column * width : (column + 1) * width]


def test_every_emotion_and_mouth_has_a_picture_of_its_own(baking: Baking) -> None:
    _, _, baked = baking
    sheet = np.asarray(_picture(baked.sprites.content).convert("RGBA"), np.int16)
    width, height = baked.sprites.size

    assert baked.sprites.emotions == EMOTIONS
    assert sheet.shape[:2] == (len(EMOTIONS) * height, 3 * width)
    neutral = _cell(sheet, baked, EMOTIONS.index("neutral"), 0)
    for row, emotion in enumerate(EMOTIONS):
        shut, half, wide = (_cell(sheet, baked, row, column) for column in range(3))
        assert 0.05 < (shut[..., 3] > 0).mean() < 0.9
        assert (np.abs(shut - half).max(axis=2) > 60).any()
        assert (np.abs(half - wide).max(axis=2) > 60).any()
        assert emotion == "neutral" or (np.abs(shut - neutral).max(axis=2) > 60).sum() > 20


def test_the_pictures_go_into_the_project_and_the_draft(baking: Baking) -> None:
    project, draft, baked = baking

    after = with_baked(project, draft, baked).avatar

    assert after is not None
    assert after.poster is not None
    assert after.sprites is not None
    assert after.card is not None
    assert read_blob(project.avatar_path(after.sprites.blob), after.sprites.blob) == baked.sprites.content
    assert (after.sprites.width, after.sprites.height) == baked.sprites.size
    assert (after.poster.media_type, after.card.media_type) == ("image/webp", "image/png")
    assert _picture(baked.poster).size == (560, 700)
    assert len(baked.sprites.content) < 400_000


def test_the_card_is_readable_whatever_the_accent_and_the_name() -> None:
    nobody = Image.new("RGBA", AVATAR)
    for accent in ("#ffee88", "#4f46e5", "#000000"):
        card = _picture(draw_card(nobody, "Professor Anastasia von Wittgenstein-Hohenlohe", "Ask me. " * 60, accent))
        pixels = np.asarray(card.convert("L"), np.float64)

        assert card.size == (1200, 630)
        words, empty = pixels[150:480, 80:620], pixels[150:480, 10:70]
        assert words.max() > 225
        assert empty.max() < 135
        assert pixels[:, 640:700].max() < 235


def test_a_cancelled_bake_leaves_nothing(baking: Baking) -> None:
    project, draft, _ = baking
    told: list[float] = []

    def report(_: str, share: float) -> None:
        told.append(share)
        if share > 0.1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bake(project, draft, report)

    assert told == sorted(told)


def test_a_round_plays_as_gif_and_as_transparent_film() -> None:
    frames = []
    for number in range(24):
        frame = np.zeros((500, 400, 4), np.uint8)
        frame[100:400, 10 * number : 10 * number + 100] = (220, 40, 40, 255)
        frames.append(Image.fromarray(frame, "RGBA"))

    gif, film = Image.open(io.BytesIO(as_gif(frames))), as_webm(frames)

    assert (getattr(gif, "n_frames", 1), gif.info["loop"]) == (12, 0)
    with av.open(io.BytesIO(film), "r") as opened:
        assert opened.streams.video[0].metadata["ALPHA_MODE"] == "1"
        decoder = av.CodecContext.create("libvpx-vp9", "r")
        shown = [one for packet in opened.demux(video=0) if packet.size for one in decoder.decode(packet)]
    assert shown[0].format.name == "yuva420p"
    alpha = shown[0].to_ndarray(format="rgba")[..., 3]
    assert alpha[250, 50] > 200
    assert alpha[250, 300] < 50
