"""Poses agree with three.js: every joint of every clip, at any time, alone and in crossfades."""

from pathlib import Path

import pytest

from shared.glb import Sampler, read_glb
from tests.shared.glb.building import curious_glb
from tests.shared.glb.parity.reference import avatars, cases_for, play_in_three, why_not, worst_errors

PROMISE = 1e-5
"""Model heights; and the same bound for axes and morph weights."""

_missing = why_not()
needs_three = pytest.mark.skipif(_missing is not None, reason=str(_missing))


@needs_three
@pytest.mark.parametrize("file", avatars(), ids=lambda file: file.stem)
def test_every_joint_stands_where_three_puts_it(file: Path) -> None:
    glb = read_glb(file)
    sampler = Sampler(glb)
    cases = cases_for(sampler)

    reference = play_in_three(file, cases)
    place, weight = worst_errors(glb, sampler, cases, reference)

    assert 0 <= place <= PROMISE
    assert 0 <= weight <= PROMISE
    assert len(cases) >= 9 * len(sampler.clip_names)


@needs_three
@pytest.mark.parametrize("file", avatars(), ids=lambda file: file.stem)
def test_nodes_and_clips_go_by_the_names_that_three_gives_them(file: Path) -> None:
    glb = read_glb(file)
    sampler = Sampler(glb)

    reference = play_in_three(file, [])

    assert {node: glb.node_names[node] for node in reference.names} == reference.names
    assert [name for name, _ in reference.clips] == list(glb.clip_names)
    for number, (_, seconds) in enumerate(reference.clips):
        assert sampler.clip(number).seconds == pytest.approx(seconds, abs=1e-6)


@needs_three
def test_every_kind_of_curve_and_accessor_agrees(tmp_path: Path) -> None:
    file = tmp_path / "curious.glb"
    file.write_bytes(curious_glb())
    glb = read_glb(file)
    sampler = Sampler(glb)
    cases = cases_for(sampler)

    reference = play_in_three(file, cases)
    place, weight = worst_errors(glb, sampler, cases, reference)

    assert place <= PROMISE
    assert weight <= PROMISE
    assert {node: glb.node_names[node] for node in reference.names if node != 4} == {
        node: name for node, name in reference.names.items() if node != 4
    }
