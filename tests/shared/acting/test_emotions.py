"""Emotions find the morph targets that a face has, whoever named them."""

from shared.acting.emotions import emotion_faces
from shared.contract.acting import EMOTIONS

ARKIT = (
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight", "cheekSquintLeft",
    "cheekSquintRight", "eyeSquintLeft", "eyeSquintRight", "eyeWideLeft", "eyeWideRight", "jawOpen", "mouthFrownLeft",
    "mouthFrownRight", "mouthLeft", "mouthPressLeft", "mouthPressRight", "mouthSmileLeft", "mouthSmileRight",
    "mouthStretchLeft", "mouthStretchRight", "noseSneerLeft", "noseSneerRight",
)  # fmt: skip


def test_our_own_names_come_first() -> None:
    faces = emotion_faces([*ARKIT, *(f"emotion_{emotion}" for emotion in EMOTIONS)])

    assert faces["sad"].morphs == {"emotion_sad": 1.0}
    assert faces["curious"].morphs == {"emotion_curious": 1.0}


def test_arkit_shapes_combine_on_both_sides() -> None:
    faces = emotion_faces(ARKIT)

    assert faces["happy"].morphs["mouthSmileLeft"] == faces["happy"].morphs["mouthSmileRight"] > 0.5
    assert all(faces[emotion].morphs for emotion in EMOTIONS if emotion != "neutral")
    assert all(0 < weight <= 1 for face in faces.values() for weight in face.morphs.values())


def test_vrm_expressions_are_known() -> None:
    faces = emotion_faces(["Joy", "Angry", "Sorrow", "Fun", "Surprised"])

    assert faces["happy"].morphs == {"Joy": 1.0}
    assert faces["sad"].morphs == {"Sorrow": 1.0}
    assert faces["warm"].morphs == {"Fun": 1.0}


def test_a_lone_expression_is_lent_to_its_neighbours_but_weaker() -> None:
    faces = emotion_faces(["Angry", "Surprised", "Sad"])

    assert faces["sorry"].morphs == {"Sad": 0.7}
    assert faces["happy"].morphs == {}


def test_a_face_without_morphs_still_has_every_emotion() -> None:
    faces = emotion_faces([])

    assert set(faces) == set(EMOTIONS)
    assert faces["excited"].role == "celebrate"
