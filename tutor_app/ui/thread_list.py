"""The sidebar: threads by age, rename, delete with Undo."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tutor_app.core.records import ThreadSummary
from tutor_app.ui.wording import plain_title

_THREAD_ROLE = Qt.ItemDataRole.UserRole
_UNDO_SHOWN_MS = 12_000
_MINIMUM_PX = 190
_UNDO_TITLE_PX = 70
_QUEUED = Qt.ConnectionType.QueuedConnection


def age_group(updated_at_s: float, today: date) -> str:
    """Heading under which a thread of that time stands, in the local time zone."""
    days = (today - datetime.fromtimestamp(updated_at_s).astimezone().date()) // timedelta(days=1)
    if days <= 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    return "Previous 7 days" if days <= 7 else "Older"


class _UndoBar(QFrame):
    """Offers to take back the last deletion for a while."""

    undone = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self._thread_id = 0
        self._label = QLabel(self)
        self._button = QPushButton("Undo", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        self._button.clicked.connect(self._on_clicked)
        self.hide()

    def offer(self, thread_id: int, title: str) -> None:
        self._thread_id = thread_id
        fonts = self._label.fontMetrics()
        shown = fonts.elidedText(title, Qt.TextElideMode.ElideRight, _UNDO_TITLE_PX)
        self._label.setText(f"Deleted “{shown}”")
        self.show()
        self._timer.start(_UNDO_SHOWN_MS)

    @Slot()
    def _on_clicked(self) -> None:
        self.hide()
        self.undone.emit(self._thread_id)


class ThreadList(QWidget):
    """The threads. Bare Delete or Backspace never deletes one.

    Signals:
        chosen: key of a thread to open.
        new_requested: an empty thread is wanted.
        renamed: key and new title.
        deleted: key of a thread to delete.
        restored: key of a thread to bring back.
    """

    chosen = Signal(int)
    new_requested = Signal()
    renamed = Signal(int, str)
    deleted = Signal(int)
    restored = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: tuple[ThreadSummary, ...] | None = None
        self._open_id: int | None = None  # may be a thread the list does not hold yet
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        new_chat = QPushButton("+  New chat", self)
        new_chat.setObjectName("newChat")
        self.setMinimumWidth(_MINIMUM_PX)
        new_chat.setToolTip("New chat (Ctrl+N)")
        self._empty = QLabel("Your problems will be listed here.", self)
        self._empty.setObjectName("emptyThreads")
        self._empty.setWordWrap(True)
        self._list = self._make_list()
        self._undo = _UndoBar(self)
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 12, 4)
        top.addWidget(new_chat)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(8, 0, 8, 8)
        bottom.addWidget(self._undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self._empty)
        layout.addWidget(self._list, 1)
        layout.addLayout(bottom)
        new_chat.clicked.connect(self.new_requested)
        self._undo.undone.connect(self.restored)

    def _make_list(self) -> QListWidget:
        made = QListWidget(self)
        made.setObjectName("threads")
        made.setAccessibleName("Threads")
        made.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.itemClicked.connect(self._on_chosen)
        made.itemActivated.connect(self._on_chosen)
        made.itemChanged.connect(self._on_edited)
        made.itemDelegate().closeEditor.connect(self._show_waiting, _QUEUED)
        made.customContextMenuRequested.connect(self._show_menu)
        return made

    def show_threads(self, threads: Iterable[ThreadSummary]) -> None:
        """Fill the list; threads come the latest first. Waits while a title is being edited."""
        if self._list.state() is QAbstractItemView.State.EditingState:
            self._waiting = tuple(threads)
            return
        self._waiting = None
        today = datetime.now().astimezone().date()
        self._list.blockSignals(True)
        self._list.clear()
        group = ""
        for thread in threads:
            found = age_group(thread.updated_at_s, today)
            if found != group:
                group = found
                self._list.addItem(self._heading(group))
            item = QListWidgetItem(plain_title(thread.title))
            item.setData(_THREAD_ROLE, thread.thread_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setToolTip(thread.title)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._empty.setVisible(self._list.count() == 0)
        self.select(self._open_id)

    @Slot()
    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self.show_threads(self._waiting)

    def _heading(self, text: str) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setBold(True)
        item.setFont(font)
        return item

    @property
    def selected(self) -> int | None:
        """Key of the selected thread."""
        items = self._list.selectedItems()
        return self._key(items[0]) if items else None

    def select(self, thread_id: int | None) -> None:
        """Mark a thread as the open one; None marks none."""
        self._open_id = thread_id
        self._list.setCurrentItem(self._find(thread_id))  # type: ignore[arg-type]  # None clears
        if thread_id is None:
            self._list.clearSelection()

    def contains(self, thread_id: int | None) -> bool:
        """Whether the thread is in the list."""
        return self._find(thread_id) is not None

    def titles(self) -> list[str]:
        """Every row from top to bottom, headings included."""
        return [item.text() for item in self._rows()]

    def rename_selected(self) -> None:
        """Begin to edit the selected thread's title."""
        for item in self._list.selectedItems():
            self._list.editItem(item)

    def delete_selected(self) -> None:
        """Delete the selected thread and offer Undo."""
        for item in self._list.selectedItems():
            thread_id = self._key(item)
            if thread_id is not None:
                self._undo.offer(thread_id, item.text())
                self.deleted.emit(thread_id)

    def _find(self, thread_id: int | None) -> QListWidgetItem | None:
        if thread_id is None:
            return None
        return next((item for item in self._rows() if self._key(item) == thread_id), None)

    def _rows(self) -> list[QListWidgetItem]:
        return [self._list.item(row) for row in range(self._list.count())]

    @staticmethod
    def _key(item: QListWidgetItem) -> int | None:
        key = item.data(_THREAD_ROLE)
        return key if isinstance(key, int) else None

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        key = self._key(item)
        if key is not None:
            self.chosen.emit(key)

    @Slot(QListWidgetItem)
    def _on_edited(self, item: QListWidgetItem) -> None:
        key = self._key(item)
        title = " ".join(item.text().split())
        if key is not None and title:
            self.renamed.emit(key, title)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        item = self._list.itemAt(place)
        if item not in self._rows() or self._key(item) is None:
            return  # below the last row
        self._list.setCurrentItem(item)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Rename", self.rename_selected)
        menu.addAction("Delete", self.delete_selected)
        menu.popup(self._list.viewport().mapToGlobal(place))
