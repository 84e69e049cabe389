"""The sizes of what is baked, in pixels. No OpenGL."""

Size = tuple[int, int]

POSTER: Size = (560, 700)
"""What the widget shows at its largest, on a dense screen a little soft."""
SPRITE: Size = (256, 320)
"""Of a sheet of 39: light enough for whoever saves data."""
CARD: Size = (1200, 630)
"""As social networks show links."""
TURNTABLE: Size = (400, 500)
GIF: Size = (320, 400)
"""Of the same round; larger ones are as heavy as the avatar itself."""
