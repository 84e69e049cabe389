"""The soft spot under the feet, so that the figure stands and does not float: the widget's. No OpenGL.

Kept equal to `widget/src/stage/shadow.ts`.
"""

from studio.render.framing import Figure

SPOT_COLOUR = (16 / 255, 18 / 255, 34 / 255)
"""sRGB."""
SPOT_DARKEST = 0.42
SPOT_LIFT = 0.002
"""Body heights above the floor."""


def spot_size(figure: Figure) -> tuple[float, float]:
    """Width and depth of the spot, in the figure's units."""
    width = max(figure.width, figure.height * 0.34) * 1.15
    depth = max(figure.depth, figure.height * 0.3) * 1.3
    return width, depth
