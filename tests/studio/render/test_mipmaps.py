"""Smaller copies of pictures hold as much light as the large ones."""

import numpy as np
import pytest

from studio.render.mipmaps import mip_levels


def test_every_level_is_half_of_the_one_before_down_to_one_pixel() -> None:
    levels = mip_levels(np.zeros((6, 20, 4), np.uint8), colour=True)

    assert [level.shape[:2] for level in levels] == [(6, 20), (3, 10), (1, 5), (1, 2), (1, 1)]


@pytest.mark.parametrize(("colour", "grey"), [(True, 188), (False, 128)])
def test_light_is_averaged_where_codes_stand_for_light(colour: bool, grey: int) -> None:
    chequers = np.full((8, 8, 4), 255, np.uint8)
    chequers[np.indices((8, 8)).sum(axis=0) % 2 == 0] = 0

    last = mip_levels(chequers, colour=colour)[-1][0, 0]

    assert last[:3] == pytest.approx([grey] * 3, abs=1)
    assert last[3] == pytest.approx(128, abs=1)


def test_one_colour_stays_what_it_is() -> None:
    plain = np.tile(np.arange(0, 256, 5, dtype=np.uint8)[:, None, None], (1, 1, 4))

    for row in plain:
        level = mip_levels(np.tile(row, (4, 4, 1)), colour=True)[-1]
        assert np.abs(level[0, 0].astype(int) - row[0]).max() <= 1
