"""A guard against a PySide6 that loses references: 6.12.0 did, and ended the program after some 5 000 calls."""

import sys

from PySide6.QtWidgets import QApplication, QLabel


def test_void_calls_into_qt_keep_the_count_of_none(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)

    for number in range(500):
        label.setText(str(number))

    assert sys.getrefcount(None) > before - 50
