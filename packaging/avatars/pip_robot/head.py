"""Pip's head: a soft square shell with a dark screen, a headset of coral ears with a microphone, and an antenna."""

from __future__ import annotations

import numpy as np
from kit.shapes import Floats, Part, ball, curve, fan, hoop, lathe, tube

CENTRE = np.array([0.0, 0.0, 1.335])
RADII = np.array([0.318, 0.258, 0.268])
SQUARE = 2.75
SCREEN = np.array([0.25, 0.182])  # half width and half height
SCREEN_SQUARE = 3.4
SCREEN_EDGE, SCREEN_RISE = 0.004, 0.006  # how far the glass stands before the shell at its edge, and more in its middle


def head_parts() -> list[Part]:
    """Return the whole head without the features of the face."""
    shell = ball(RADII, "shell", 13, SQUARE).moved(CENTRE)
    ear = [*_ear()]
    parts = [shell, _screen(), _lip(), *ear, *[part.mirrored() for part in ear], *_microphone(), *_crown()]
    return [part if part.weights else part.bound_to("Head") for part in parts]


def shell_depth(across: Floats, up: Floats) -> Floats:
    """Return y of the shell's front at places (metres) across and up from the middle of the head."""
    rest = 1 - np.abs(across / RADII[0]) ** SQUARE - np.abs(up / RADII[2]) ** SQUARE
    return CENTRE[1] - RADII[1] * np.clip(rest, 0, 1) ** (1 / SQUARE)


def on_screen(points: Floats, rise: float) -> Floats:
    """Return places (N, 3) on the screen for (N, 2) metres across and up, `rise` metres before its glass."""
    across, up = points[:, 0], points[:, 1]
    edge = (np.abs(points / SCREEN) ** SCREEN_SQUARE).sum(axis=1) ** (1 / SCREEN_SQUARE)
    depth = shell_depth(across, up) - SCREEN_EDGE - SCREEN_RISE * (1 - np.clip(edge, 0, 1) ** 4) - rise
    return np.column_stack([across, depth, CENTRE[2] + up])


def _outline(count: int, grow: float = 1.0) -> Floats:
    """Return the screen's edge as (count, 2) metres, evenly turned."""
    angles = np.arange(count) * 2 * np.pi / count
    spokes = np.column_stack([np.cos(angles), np.sin(angles)])
    reach = (np.abs(spokes) ** SCREEN_SQUARE).sum(axis=1) ** (-1 / SCREEN_SQUARE)
    return spokes * reach[:, None] * SCREEN * grow


def _screen() -> Part:
    """Return the dark glass."""
    disc, faces = fan(6, 48)
    far = np.linalg.norm(disc, axis=1)
    spokes = np.where(far[:, None] > 0, disc / np.maximum(far, 1e-9)[:, None], 0.0)
    reach = np.maximum((np.abs(spokes) ** SCREEN_SQUARE).sum(axis=1), 1e-9) ** (-1 / SCREEN_SQUARE)
    points = spokes * (far * reach)[:, None] * SCREEN
    return Part(on_screen(points, 0.0), faces, "screen")


def _lip() -> Part:
    """Return the rounded frame around the glass."""
    edge = _outline(52, 1.01)
    path = np.column_stack([edge[:, 0], shell_depth(edge[:, 0], edge[:, 1]), CENTRE[2] + edge[:, 1]])
    return hoop(path, 0.0125, "shell", 8)


def _ear() -> list[Part]:
    """Return the left ear of the headset: pad, cap and a ring of light."""
    pad = [(0.0, 0.0), (0.075, 0.0), (0.09, 0.006), (0.094, 0.018), (0.09, 0.03), (0.076, 0.036), (0.0, 0.036)]
    cap = [(0.0, 0.03), (0.062, 0.03), (0.071, 0.036), (0.073, 0.046), (0.066, 0.056), (0.04, 0.062), (0.0, 0.064)]
    angles = np.arange(24) * 2 * np.pi / 24
    ring = np.column_stack([0.05 * np.cos(angles), 0.05 * np.sin(angles), np.full(24, 0.0605)])
    parts = [
        lathe(curve(pad, 10), "joint", 22),
        lathe(curve(cap, 10), "coral", 22),
        hoop(ring, 0.0055, "glow", 6),
    ]
    return [part.turned(1, 90).moved((0.288, 0.015, 1.325)) for part in parts]


def _microphone() -> list[Part]:
    """Return the boom on the right side of the headset with its soft coral tip."""
    path = curve([(-0.325, -0.03, 1.27), (-0.318, -0.12, 1.18), (-0.26, -0.215, 1.12), (-0.185, -0.262, 1.108)], 12)
    boom = tube(path, np.full(12, 0.0085), "joint", 7, 2)
    tip = ball((0.03, 0.02, 0.02), "coral", 5, 2.2).turned(2, -28).moved((-0.17, -0.268, 1.108))
    return [boom, tip]


def _crown() -> list[Part]:
    """Return the antenna's foot, stem and glowing bead."""
    foot = [(0.0, 1.585), (0.05, 1.585), (0.058, 1.594), (0.05, 1.607), (0.03, 1.614), (0.0, 1.616)]
    stem = tube(curve([(0, 0, 1.6), (0, 0, 1.66), (0, 0, 1.71)], 4), np.linspace(0.0095, 0.0065, 4), "joint", 8, 2)
    bead = ball((0.03, 0.03, 0.03), "glow", 5)
    return [
        lathe(curve(foot, 10), "coral", 18).moved((0, 0.02, 0)).bound_to("Head"),
        stem.moved((0, 0.02, 0)).bound_to("Antenna"),
        bead.moved((0, 0.02, 1.73)).bound_to("Antenna"),
    ]
