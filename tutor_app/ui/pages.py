"""The window's pages and the tabs that choose between them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget


class Pages(QWidget):
    """A row of tabs over one page at a time.

    Signals:
        changed: number of the page that is now shown.
    """

    changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = QTabBar(self)
        self._tabs.setObjectName("pages")
        self._tabs.setAccessibleName("Pages")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._on_changed)

    def add(self, title: str, tip: str, widget: QWidget) -> int:
        """Add a page and return its number."""
        number = self._stack.addWidget(widget)
        self._tabs.addTab(title)
        self._tabs.setTabToolTip(number, tip)
        return number

    @property
    def shown(self) -> int:
        """Number of the page that is shown."""
        return self._stack.currentIndex()

    @property
    def shown_widget(self) -> QWidget | None:
        """The page that is shown."""
        return self._stack.currentWidget()

    def show_page(self, number: int) -> None:
        """Show a page; a number that no page has does nothing."""
        if 0 <= number < self._stack.count():
            self._tabs.setCurrentIndex(number)

    @Slot(int)
    def _on_changed(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.changed.emit(number)
