"""The table of gold questions: the last result, the question, the document that answers it; edited in place."""

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from shared.contract.chatbot import ChatbotDraft, GoldQuestion
from shared.dialogue.gold import GoldResult, GoldScore
from studio.model.signals import Signal
from studio.ui.theme.theme import Theme

NOTHING = "Nothing: it declines"
HEADINGS = ("", "Question", "Document")
RESULT, QUESTION, DOCUMENT = range(3)
ROW_HEIGHT = 32
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class GoldRows(QAbstractTableModel):
    """Rows over the draft's questions; `edited` tells a place and its question as it should be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.edited = Signal[[int, GoldQuestion]]()
        self._theme = theme
        self.gold: tuple[GoldQuestion, ...] = ()
        self._titles: dict[str, str] = {}
        self._results: dict[tuple[str, str | None], GoldResult] = {}

    def show_rows(self, draft: ChatbotDraft, score: GoldScore | None) -> None:
        """Show the draft's questions with their results of a score."""
        self.beginResetModel()
        self.gold = draft.gold
        self._titles = {one.blob.name: one.title for one in draft.knowledge}
        self._results = {(one.question, one.document): one for one in score.results} if score else {}
        self.endResetModel()

    @property
    def documents(self) -> dict[str, str]:
        """Titles by file names, in the draft's order."""
        return self._titles

    def result_at(self, row: int) -> GoldResult | None:
        """How the question of a row went; None when it was not asked since it was changed."""
        return self._results.get((self.gold[row].question, self.gold[row].document))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many questions there are."""
        return 0 if parent.isValid() else len(self.gold)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Result, question, document."""
        return len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADINGS[section] if shown else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Question and document can be edited."""
        editable = Qt.ItemFlag.ItemIsEditable if index.column() != RESULT else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | editable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        one = self.gold[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{one.question}\n{result_words(self.result_at(index.row()), self._titles)}"
        if index.column() == RESULT:
            return self._icon(index.row()) if role == Qt.ItemDataRole.DecorationRole else None
        if role == Qt.ItemDataRole.EditRole:
            return one.question if index.column() == QUESTION else (one.document or "")
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == DOCUMENT:
            return self._theme.colour("danger" if self._is_gone(one) else "muted")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return one.question if index.column() == QUESTION else self._document_words(one)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was written."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        one, text = self.gold[index.row()], str(value or "")
        if index.column() == QUESTION:
            words = " ".join(text.split())[:600]
            changed = one.model_copy(update={"question": words}) if words else one
        else:
            changed = one.model_copy(update={"document": text or None})
        if changed != one:
            self.edited.emit(index.row(), changed)
        return changed != one

    def _is_gone(self, one: GoldQuestion) -> bool:
        return one.document is not None and one.document not in self._titles

    def _document_words(self, one: GoldQuestion) -> str:
        if one.document is None:
            return NOTHING
        return self._titles.get(one.document, f"{one.document} is gone")

    def _icon(self, row: int) -> QIcon:
        result, palette = self.result_at(row), self._theme.palette
        if result is None:
            return self._theme.icons.icon("circle", palette.faint, 15)
        if result.right:
            return self._theme.icons.icon("circle-check", palette.fine, 15)
        near = result.place is not None
        return self._theme.icons.icon(
            "circle-alert" if near else "circle-x", palette.warning if near else palette.danger, 15
        )


def result_words(result: GoldResult | None, titles: dict[str, str]) -> str:
    """How a question went, in a sentence."""
    if result is None:
        return "Not asked since it was changed."
    found = ", ".join(titles.get(name, name) for name in result.found)
    if not result.found:
        return "Right: nothing was found." if result.document is None else "Wrong: nothing was found, so it declines."
    if result.document is None:
        return f"Wrong: it should be declined, but {found} was found ({result.score:.0%})."
    if result.right:
        return f"Right: found first ({result.score:.0%})."
    return f"Found at place {result.place}: {found}." if result.place else f"Wrong: found {found} instead."


class DocumentChoice(QStyledItemDelegate):
    """Edits the document of a question by choosing among those of the draft."""

    def __init__(self, rows: GoldRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A combo box of all documents."""
        made = QComboBox(parent)
        made.addItem(NOTHING, "")
        for name, title in self._rows.documents.items():
            made.addItem(title, name)
        made.activated.connect(lambda _place: self._chosen(made))
        return made

    def _chosen(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Choose the document of the row, and show the list at once."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
            editor.showPopup()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write the choice."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())


class GoldTable(QTableView):
    """Keys: Enter or F2 edits, Delete removes. A double click on a result asks why."""

    def __init__(self, rows: GoldRows) -> None:
        super().__init__()
        self.removed = Signal[[tuple[int, ...]]]()
        self.why_asked = Signal[[int]]()
        self.rows = rows
        self.setModel(rows)
        self.setAccessibleName("Gold questions")
        self.setItemDelegateForColumn(DOCUMENT, DocumentChoice(rows, self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(RESULT, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(QUESTION, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(DOCUMENT, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(RESULT, 30)
        header.resizeSection(DOCUMENT, 132)
        header.setMinimumSectionSize(30)
        self.doubleClicked.connect(lambda index: self.why_asked.emit(index.row()) if index.column() == RESULT else None)

    @property
    def chosen(self) -> tuple[int, ...]:
        """The rows that are selected."""
        return tuple(sorted(index.row() for index in self.selectionModel().selectedRows()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that the class tells of."""
        if event.key() == Qt.Key.Key_Delete and self.chosen:
            self.removed.emit(self.chosen)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
