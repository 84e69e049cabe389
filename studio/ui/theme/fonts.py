"""The studio's typeface: Inter (SIL Open Font License, beside it), Latin and extended Latin in three weights.

With it a label is as wide on every machine as on ours; letters beyond it come from the system's fonts.
"""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

FONTS = Path(__file__).resolve().parent / "fonts"


def load_fonts() -> None:
    """Make the typeface known to Qt, once in an application's life; the system's own Inter would serve as well."""
    if "Inter" not in QFontDatabase.families():
        for path in sorted(FONTS.glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(path))
