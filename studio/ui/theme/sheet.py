"""The style sheet, made from tokens. One function per family of widgets."""

from studio.ui.theme.tokens import (
    BODY,
    CAPTION,
    DISPLAY,
    MONOSPACE_FAMILIES,
    RADIUS,
    RADIUS_LARGE,
    RADIUS_SMALL,
    SCROLL_BAR,
    STRONG,
    TITLE,
    Palette,
)


def style_sheet(palette: Palette) -> str:
    """The whole style sheet of one appearance."""
    families = (_ground, _text, _buttons, _fields, _choices, _lists, _bars, _cards, _shell, _menus)
    return "\n".join(family(palette) for family in families)


def _ground(p: Palette) -> str:
    return f"""
    QWidget {{ color: {p.text}; font-size: {BODY}px; }}
    QMainWindow {{ background: {p.ground}; }}
    QDialog {{ background: {p.surface}; }}
    QToolTip {{ background: {p.raised}; color: {p.text}; border: 1px solid {p.line_strong}; padding: 5px 8px; }}
    QScrollArea, QScrollArea > QWidget > QWidget#content {{ background: transparent; border: none; }}
    QGraphicsView {{ background: transparent; border: none; }}
    QSplitter::handle {{ background: {p.line}; }}
    QSplitter::handle:hover {{ background: {p.accent}; }}
    """


def _text(p: Palette) -> str:
    mono = ", ".join(f'"{family}"' for family in MONOSPACE_FAMILIES)
    return f"""
    QLabel {{ background: transparent; }}
    QLabel[tone="muted"] {{ color: {p.muted}; }}
    QLabel[tone="faint"] {{ color: {p.faint}; }}
    QLabel[tone="danger"] {{ color: {p.danger}; }}
    QLabel[tone="fine"] {{ color: {p.fine}; }}
    QLabel[tone="warning"] {{ color: {p.warning}; }}
    QLabel[role="display"] {{ font-size: {DISPLAY}px; font-weight: 650; }}
    QLabel[role="title"] {{ font-size: {TITLE}px; font-weight: 650; }}
    QLabel[role="strong"] {{ font-size: {STRONG}px; font-weight: 600; }}
    QLabel[role="caption"] {{ font-size: {CAPTION}px; }}
    QLabel[role="caption"][tone="plain"] {{ color: {p.muted}; }}
    QLabel[role="overline"] {{ font-size: {CAPTION}px; font-weight: 650; color: {p.muted}; }}
    QLabel[role="mono"], QPlainTextEdit[role="mono"] {{ font-family: {mono}; font-size: 12px; }}
    QLabel[role="fact"] {{ font-size: 17px; font-weight: 600; }}
    """


def _buttons(p: Palette) -> str:
    return f"""
    QPushButton {{
        background: {p.raised}; border: 1px solid {p.line_strong}; border-radius: {RADIUS}px;
        padding: 6px 14px; min-height: 20px; font-weight: 550;
    }}
    QPushButton:hover {{ background: {p.hover}; }}
    QPushButton:pressed {{ background: {p.line}; }}
    QPushButton:focus {{ border-color: {p.accent}; }}
    QPushButton:disabled {{ color: {p.faint}; border-color: {p.line}; background: transparent; }}
    QPushButton[kind="primary"] {{ background: {p.accent}; border-color: {p.accent}; color: {p.on_accent}; }}
    QPushButton[kind="primary"]:hover {{ background: {p.accent_hover}; border-color: {p.accent_hover}; }}
    QPushButton[kind="primary"]:focus {{ border-color: {p.text}; }}
    QPushButton[kind="primary"]:disabled {{ background: {p.line}; border-color: {p.line}; color: {p.faint}; }}
    QPushButton[kind="quiet"] {{ background: transparent; border-color: transparent; padding: 5px 9px; }}
    QPushButton[kind="quiet"]:hover {{ background: {p.hover}; }}
    QPushButton[kind="quiet"]:focus {{ border-color: {p.accent}; }}
    QPushButton[kind="danger"] {{ color: {p.danger}; }}
    QPushButton[kind="chip"] {{
        background: {p.hover}; border-color: transparent; border-radius: {RADIUS_SMALL + 1}px; padding: 2px 8px;
    }}
    QPushButton[kind="chip"]:hover {{ background: {p.line_strong}; }}
    QPushButton[kind="chip"]:focus {{ border-color: {p.accent}; }}
    QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {RADIUS}px; padding: 5px; }}
    QToolButton:hover {{ background: {p.hover}; }}
    QToolButton:focus {{ border-color: {p.accent}; }}
    QToolButton:checked {{ background: {p.accent_soft}; }}
    """


def _fields(p: Palette) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox {{
        background: {p.sunken}; border: 1px solid {p.line_strong}; border-radius: {RADIUS}px; padding: 6px 10px;
        selection-background-color: {p.accent}; selection-color: {p.on_accent};
    }}
    QLineEdit, QComboBox, QAbstractSpinBox {{ min-height: 20px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
    QAbstractSpinBox QLineEdit {{ background: transparent; border: none; padding: 0 9px; min-height: 0; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
        border-color: {p.accent};
    }}
    QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {p.muted}; background: {p.surface}; }}
    QLineEdit[wrong="true"] {{ border-color: {p.danger}; }}
    QLineEdit#title {{
        background: transparent; border-color: transparent; font-size: {STRONG}px; font-weight: 600; padding: 4px 8px;
    }}
    QLineEdit#title:hover {{ border-color: {p.line_strong}; }}
    QLineEdit#title:focus {{ border-color: {p.accent}; background: {p.sunken}; }}
    QLineEdit#bare {{ background: transparent; border-color: transparent; padding: 4px 4px; }}
    """


def _choices(p: Palette) -> str:
    return f"""
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox::down-arrow {{ image: none; }}
    QComboBox[kind="quiet"] {{ background: transparent; border-color: transparent; }}
    QComboBox[kind="quiet"]:hover {{ background: {p.hover}; }}
    QComboBox QAbstractItemView {{
        background: {p.raised}; border: 1px solid {p.line_strong}; padding: 4px; outline: none;
        selection-background-color: {p.accent_soft}; selection-color: {p.text};
    }}
    QCheckBox {{ spacing: 8px; background: transparent; }}
    QCheckBox::indicator {{
        width: 15px; height: 15px; border: 1px solid {p.line_strong}; border-radius: {RADIUS_SMALL}px;
        background: {p.sunken};
    }}
    QCheckBox::indicator:checked {{ background: {p.accent}; border-color: {p.accent}; }}
    QFrame[kind="segments"] {{ background: {p.ground}; border: 1px solid {p.line}; border-radius: {RADIUS}px; }}
    QFrame[kind="segments"] QToolButton {{ border-radius: {RADIUS_SMALL}px; padding: 4px 7px; color: {p.muted}; }}
    QFrame[kind="segments"] QToolButton:checked {{ background: {p.raised}; color: {p.text}; }}
    """


def _lists(p: Palette) -> str:
    return f"""
    QListView, QListWidget, QTreeView, QTableView {{
        background: transparent; border: none; outline: none;
        selection-background-color: {p.accent_soft}; selection-color: {p.text};
    }}
    QListView::item {{ border-radius: {RADIUS}px; }}
    QListWidget#passages::item {{ padding: 6px 8px; }}
    QListWidget#passages::item:hover {{ background: {p.hover}; }}
    QListWidget#passages::item:selected {{ background: {p.accent_soft}; color: {p.text}; }}
    QHeaderView::section {{
        background: transparent; border: none; border-bottom: 1px solid {p.line}; padding: 6px; color: {p.muted};
        font-size: {CAPTION}px;
    }}
    """


def _bars(p: Palette) -> str:
    return f"""
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: {SCROLL_BAR}px; margin: 2px; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
    QScrollBar::handle {{ background: {p.line_strong}; border-radius: 3px; min-height: 28px; min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {p.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSlider::groove:horizontal {{ height: 4px; background: {p.line_strong}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {p.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{
        width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: {p.text};
    }}
    QSlider::handle:horizontal:hover {{ background: {p.accent_text}; }}
    QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{ background: {p.line_strong}; }}
    QProgressBar {{ background: {p.line}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
    QProgressBar::chunk {{ background: {p.accent}; border-radius: 2px; }}
    """


def _cards(p: Palette) -> str:
    return f"""
    QFrame[kind="card"] {{ background: {p.raised}; border: 1px solid {p.line}; border-radius: {RADIUS_LARGE}px; }}
    QFrame[kind="well"] {{ background: {p.sunken}; border: 1px solid {p.line}; border-radius: {RADIUS}px; }}
    QFrame[kind="chip"] {{ background: {p.hover}; border: none; border-radius: {RADIUS_SMALL + 1}px; }}
    QFrame[kind="chip"] QToolButton {{ padding: 3px 4px; border-radius: {RADIUS_SMALL}px; }}
    QFrame[kind="chip"] QToolButton:hover {{ background: {p.line_strong}; }}
    QFrame[kind="entry"] {{
        background: {p.hover}; border: 1px solid transparent; border-radius: {RADIUS_SMALL + 1}px;
    }}
    QFrame[kind="entry"]:focus {{ border-color: {p.accent}; }}
    QToolButton[kind="mood"], QToolButton[kind="accept"] {{
        padding: 0 3px; border-radius: {RADIUS_SMALL}px; font-size: {CAPTION}px; color: {p.muted};
    }}
    QToolButton[kind="mood"]::menu-indicator {{ image: none; }}
    QToolButton[kind="mood"][on="true"] {{ color: {p.accent_text}; }}
    QToolButton[kind="accept"] {{ color: {p.accent_text}; background: {p.accent_soft}; padding: 0 6px; }}
    QFrame[kind="drop"] {{ border: 2px dashed {p.line_strong}; border-radius: {RADIUS_LARGE}px; }}
    QFrame[kind="drop"][over="true"] {{ border: 2px solid {p.accent}; background: {p.accent_soft}; }}
    QFrame[kind="drop-row"] {{ border: 1px solid transparent; border-radius: {RADIUS}px; }}
    QFrame[kind="drop-row"][over="true"] {{ border-color: {p.accent}; background: {p.accent_soft}; }}
    QFrame[kind="rule"] {{ background: {p.line}; max-height: 1px; min-height: 1px; border: none; }}
    QFrame[kind="notice"] {{ border-radius: {RADIUS}px; background: {p.accent_soft}; }}
    QFrame[kind="notice"][tone="warning"] {{ background: {p.warning_soft}; }}
    QFrame[kind="notice"][tone="danger"] {{ background: {p.danger_soft}; }}
    QFrame[kind="notice"][tone="fine"] {{ background: {p.fine_soft}; }}
    QFrame[kind="said"] {{ background: {p.accent}; border-radius: {RADIUS_LARGE}px; }}
    QFrame[kind="said"] QLabel {{ color: {p.on_accent}; }}
    QFrame[kind="answer"] {{ background: {p.raised}; border: 1px solid {p.line}; border-radius: {RADIUS_LARGE}px; }}
    QFrame[kind="answer"][chosen="true"] {{ border-color: {p.accent}; }}
    QToolButton[kind="cue"] {{ background: {p.hover}; color: {p.muted}; padding: 2px 8px; font-size: {CAPTION}px; }}
    QToolButton[kind="cue"]:hover {{ color: {p.text}; }}
    QToolButton[kind="source"] {{
        background: {p.accent_soft}; color: {p.accent_text}; padding: 2px 8px; font-size: {CAPTION}px;
    }}
    QFrame[kind="popup"] {{ background: {p.raised}; border: 1px solid {p.line_strong}; }}
    QFrame[kind="toast"] {{
        background: {p.raised}; border: 1px solid {p.line_strong}; border-radius: {RADIUS_LARGE}px;
    }}
    """


def _shell(p: Palette) -> str:
    return f"""
    QWidget#topbar, QWidget#rail {{ background: {p.ground}; }}
    QWidget#topbar {{ border-bottom: 1px solid {p.line}; }}
    QWidget#rail {{ border-right: 1px solid {p.line}; }}
    QWidget#panel {{ background: {p.surface}; }}
    QWidget#drawer {{ background: {p.surface}; border-top: 1px solid {p.line}; }}
    QWidget#panelhead {{ background: {p.surface}; border-bottom: 1px solid {p.line}; }}
    QWidget#transport {{ background: {p.surface}; border-top: 1px solid {p.line}; }}
    QWidget#start {{ background: {p.ground}; }}
    QFrame#viewport-tools, QFrame#viewport-figures {{
        background: {p.surface}; border: 1px solid {p.line}; border-radius: {RADIUS_LARGE}px;
    }}
    """


def _menus(p: Palette) -> str:
    return f"""
    QMenuBar {{ background: transparent; padding: 0; }}
    QMenuBar::item {{ background: transparent; padding: 6px 10px; border-radius: {RADIUS_SMALL}px; color: {p.muted}; }}
    QMenuBar::item:selected {{ background: {p.hover}; color: {p.text}; }}
    QMenu {{ background: {p.raised}; border: 1px solid {p.line_strong}; padding: 5px; }}
    QMenu::item {{ padding: 6px 26px 6px 14px; border-radius: {RADIUS_SMALL}px; }}
    QMenu::item:selected {{ background: {p.accent_soft}; }}
    QMenu::item:disabled {{ color: {p.faint}; }}
    QMenu::separator {{ height: 1px; background: {p.line}; margin: 5px 8px; }}
    """
