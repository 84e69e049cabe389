"""Which clip it is: a clip's own rest between two plays, an emotion's very own clip, variants by weight and manner."""

from collections import Counter
from itertools import pairwise

import pytest

from shared.acting.director import Director
from shared.acting.manners import MANNERS
from shared.acting.moments import Intent
from shared.contract.acting import ActingMap, ClipSettings, EmotionFace, Preset, RoleClip

SECOND = 20
"""Characters of text that are revealed in a second."""


def excited(role: None = None) -> Intent:
    return Intent(role, "excited", 0.8, "marker", 1.0)


def acting(cooldown: float | None = None, *, hidden: bool = False, minimum: float = 0.35) -> ActingMap:
    """An avatar that cheers for every excitement, though it could clap."""
    return ActingMap(
        roles={"celebrate": (RoleClip(clip="Clap"), RoleClip(clip="Cheer"))},
        clips={"Cheer": ClipSettings(duration=2, cooldown_seconds=cooldown, hidden=hidden)},
        emotions={"excited": EmotionFace(role="celebrate", clip="Cheer", minimum_intensity=minimum)},
    )


def clips_played(acting: ActingMap, every_seconds: float, times: int = 4) -> list[str | None]:
    director = Director(acting, 3)
    decisions = [director.direct(excited(), round(n * every_seconds * SECOND), n) for n in range(times)]
    return [None if one is None else one.clip for one in decisions]


def test_an_emotion_plays_its_very_own_clip_and_no_other_of_the_role() -> None:
    assert clips_played(acting(), every_seconds=20) == ["Cheer"] * 4


def test_a_hidden_clip_leaves_the_emotion_to_its_role() -> None:
    assert set(clips_played(acting(hidden=True), every_seconds=20)) == {"Clap"}


def test_an_emotions_clip_waits_for_its_intensity() -> None:
    assert clips_played(acting(minimum=0.9), every_seconds=20) == [None] * 4


def test_an_emotion_with_a_clip_and_no_role_acts_in_a_role_of_that_clip() -> None:
    plain = acting().model_copy(update={"emotions": {"excited": EmotionFace(clip="Cheer")}})

    decision = Director(plain, 1).direct(excited(), 0, 0)

    assert decision is not None
    assert (decision.role, decision.clip) == ("celebrate", "Cheer")


@pytest.mark.parametrize(("cooldown", "played"), [(None, 4), (0.0, 4), (15.0, 2), (60.0, 1)])
def test_a_clip_rests_as_long_as_its_own_settings_say(cooldown: float | None, played: int) -> None:
    assert clips_played(acting(cooldown), every_seconds=9).count("Cheer") == played


def test_resting_clips_are_passed_over_for_others_of_the_role() -> None:
    director = Director(acting(), 1)

    assert director.other_clip("celebrate", {"Cheer"}) == "Clap"
    assert director.other_clip("celebrate", {"Cheer", "Clap"}) is None


def test_variants_come_by_their_weights_and_not_twice_in_a_row() -> None:
    weights = {"Stretch": 6.0, "Yawn": 1.0, "Fidget": 1.0}
    variants = tuple(RoleClip(clip=clip, weight=weight) for clip, weight in weights.items())
    director = Director(ActingMap(roles={"idle_variant": variants}), 5)

    played = [one.clip for _ in range(400) if (one := director.idle_variant())]

    counted = Counter(played)
    assert counted["Stretch"] > 1.5 * counted["Yawn"]
    assert 0.6 < counted["Yawn"] / counted["Fidget"] < 1.6
    assert not any(one == other for one, other in pairwise(played))
    assert director.idle_variant({"Stretch", "Fidget"}) == RoleClip(clip="Yawn", weight=1)


def test_a_variant_of_a_mood_plays_in_that_mood_only() -> None:
    variants = (RoleClip(clip="Stretch"), RoleClip(clip="Sob", emotion="sad"))
    director = Director(ActingMap(roles={"idle_variant": variants}), 5)

    calm = {one.clip for _ in range(20) if (one := director.idle_variant())}
    sad = {one.clip for _ in range(20) if (one := director.idle_variant(emotion="sad"))}

    assert (calm, sad) == ({"Stretch"}, {"Sob"})


def test_livelier_manners_idle_less_quietly() -> None:
    def waits(preset: Preset) -> float:
        director = Director(ActingMap(preset=preset), 2)
        return sum(director.seconds_to_idle_variant() for _ in range(100)) / 100

    means = [waits(preset) for preset in ("receptionist", "friendly", "lively", "cartoon")]

    assert means == sorted(means, reverse=True)
    assert means[0] == pytest.approx(means[1] / MANNERS["receptionist"].pace)
    assert [MANNERS[preset].life for preset in MANNERS] == sorted(one.life for one in MANNERS.values())
