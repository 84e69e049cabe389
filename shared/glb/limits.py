"""How much a file may ask for, and the words in which we refuse. Checked before anything is allocated."""

from shared.errors import BadGlb

MEBIBYTE = 1 << 20
MAX_FILE_BYTES = 512 * MEBIBYTE
MAX_JSON_BYTES = 64 * MEBIBYTE
MAX_DECODED_BYTES = 1024 * MEBIBYTE
"""What all accessors together may unfold to; many accessors can point at the same bytes."""
MAX_UNPACKED_BYTES = 256 * MEBIBYTE
"""What packed parts together may unfold to: a few bytes can stand for very many equal ones."""
MAX_ZERO_NUMBERS = 1 << 24
"""Numbers in accessors that have no bytes of their own: 16 Mi, where nothing but this limit stands against 10^9."""
MAX_NODE_DEPTH = 512
MAX_LENGTHS = {"nodes": 10_000, "meshes": 10_000, "animations": 2_000, "materials": 2_000, "textures": 2_000}
"""How long the document's lists may be: some hundred times what an avatar has, and still read in seconds."""
MAX_CHANNELS = 100_000
"""Curves of all clips together; a hundred clips of a hundred bones, each moved, turned and scaled, are 30,000."""
LARGEST_NUMBER = 1e15
"""Metres, or any other unit: beyond it products of three numbers leave float32, and no avatar is left to see."""
MAX_TEXTURE_PIXELS = 8192 * 8192


def broken(what: str) -> BadGlb:
    """An error for a file whose parts contradict each other."""
    return BadGlb(
        f"This GLB is damaged: {what}. Export it again, for example from Blender with File > Export > glTF 2.0."
    )


def too_large(what: str) -> BadGlb:
    """An error for a file that asks for more than any avatar needs."""
    return BadGlb(f"This GLB asks for too much: {what}. Reduce the model, or export it again.")


def truncated(what: str) -> BadGlb:
    """An error for a file that ends too early."""
    return BadGlb(f"This GLB is cut off: {what}. Copy or export the file again; the end of it is missing.")
