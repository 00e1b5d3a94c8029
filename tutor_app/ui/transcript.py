"""The transcript view: sends operations to the page at its pace and survives the page's death."""

import time
from collections.abc import Iterable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QMarginsF, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QPageLayout, QPageSize
from PySide6.QtWebEngineCore import QWebEngineFindTextResult, QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tutor_app.ui.operations import Clear, Operation, SetTheme, encode
from tutor_app.ui.outbox import Outbox
from tutor_app.ui.page import TranscriptPage, make_profile
from tutor_app.ui.web_assets import PAGE_URL

FLUSH_INTERVAL_MS = 66
_MAIN_WORLD = 0
_NO_FLAGS = QWebEnginePage.FindFlag(0)
_RELOADS_LIMIT = 5
_RELOADS_WINDOW_S = 60.0


class _WebView(QWebEngineView):
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy and Select all; the browser's own menu offers things that make no sense here."""
        menu = QMenu(self)
        for action in (QWebEnginePage.WebAction.Copy, QWebEnginePage.WebAction.SelectAll):
            menu.addAction(self.page().action(action))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


class TranscriptView(QWidget):
    """Shows operations.

    Text arriving while a batch is in flight is merged: a slow machine drops frames, never tokens.

    Signals:
        pressed: name and id of a button in the page.
        link_followed: a link was clicked.
        found: which match is marked, and how many there are.
        broken: the page died too often to be reloaded again.
    """

    pressed = Signal(str, str)
    link_followed = Signal(QUrl)
    found = Signal(int, int)
    broken = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outbox = Outbox()
        self._theme = "light"
        self._background = "white"
        self._zoom = 1.0
        self._is_ready = False
        self._is_in_flight = False
        self._sent_at_s = 0.0
        self._deaths: list[float] = []
        self._profile = make_profile(folder)
        self._view = _WebView(self)
        self._page = TranscriptPage(self._profile, folder, self._view)
        self._view.setPage(self._page)
        self._page.reported.connect(self._on_reported)
        self._page.link_followed.connect(self.link_followed)
        self._page.pdfPrintingFinished.connect(self._on_printed)
        self._page.findTextFinished.connect(self._on_found)
        self._page.renderProcessTerminated.connect(self._on_page_died)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._flush)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setFocusProxy(self._view)
        self._page.load(QUrl(PAGE_URL))

    @property
    def page(self) -> TranscriptPage:
        """The page, for printing and for tests."""
        return self._page

    @property
    def is_idle(self) -> bool:
        """Whether everything pushed so far is on the page."""
        return self._is_ready and not self._is_in_flight and self._outbox.is_empty

    def push(self, operations: Iterable[Operation]) -> None:
        """Show operations soon: the first at once, later ones at 15 Hz."""
        self._outbox.add(operations)
        self._schedule()

    def reset(self, operations: Iterable[Operation]) -> None:
        """Empty the page and show these operations instead."""
        self.push([Clear(), SetTheme(self._theme), *operations])

    def set_theme(self, theme: str, background: str) -> None:
        """`light` or `dark`, and the colour shown before the page is painted."""
        self._theme = theme
        self._background = background
        self._page.setBackgroundColor(QColor(background))
        self.push([SetTheme(theme)])

    def set_zoom(self, factor: float) -> None:
        """Size of everything on the page; 1.0 is normal."""
        self._zoom = factor
        self._view.setZoomFactor(factor)

    @Slot(str, bool)
    def find_text(self, text: str, is_backwards: bool) -> None:
        """Mark the next place with `text`; empty text takes the marks away."""
        flags = QWebEnginePage.FindFlag.FindBackward if is_backwards else _NO_FLAGS
        self._page.findText(text, flags)
        if not text:
            self._page.runJavaScript("getSelection().empty()", _MAIN_WORLD)

    @Slot(QWebEngineFindTextResult)
    def _on_found(self, result: QWebEngineFindTextResult) -> None:
        self.found.emit(result.activeMatch(), result.numberOfMatches())

    def print_to(self, path: Path) -> None:
        """Write the thread as an A4 PDF. `page.pdfPrintingFinished` tells when it is done."""
        layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait,
                             _margins_mm(15.0), QPageLayout.Unit.Millimeter)  # fmt: skip
        self._page.setBackgroundColor(QColor("white"))  # else it fills the paper's margins
        self._page.printToPdf(str(path), layout)

    @Slot()
    def _on_printed(self) -> None:
        self._page.setBackgroundColor(QColor(self._background))

    def shut(self) -> None:
        """Release the page before its profile, as WebEngine demands."""
        self._timer.stop()
        self._is_ready = False
        self._page.renderProcessTerminated.disconnect(self._on_page_died)
        # The view goes too: hiding a view without a page makes it load a new one.
        shiboken6.delete(self._view)
        shiboken6.delete(self._profile)

    # -- one batch in flight

    def _schedule(self) -> None:
        if not self._is_ready or self._is_in_flight or self._timer.isActive():
            return
        since_ms = (time.monotonic() - self._sent_at_s) * 1_000
        if since_ms >= FLUSH_INTERVAL_MS or self._outbox.is_behind:
            self._flush()
        else:
            self._timer.start(int(FLUSH_INTERVAL_MS - since_ms) + 1)

    def _flush(self) -> None:
        if not self._is_ready or self._is_in_flight or self._outbox.is_empty:
            return
        batch = encode(self._outbox.take())
        self._is_in_flight = True
        self._sent_at_s = time.monotonic()
        self._page.runJavaScript(f"tutor.push({batch})", _MAIN_WORLD, self._on_arrived)

    def _on_arrived(self, _result: object) -> None:
        self._is_in_flight = False
        if not self._outbox.is_empty:
            self._schedule()

    @Slot(str, str)
    def _on_reported(self, name: str, target: str) -> None:
        if name != "ready":
            self.pressed.emit(name, target)
            return
        self._is_ready = True
        self._is_in_flight = False
        self._view.setZoomFactor(self._zoom)  # loading a page resets it
        self._outbox.add([SetTheme(self._theme)])
        self._schedule()

    @Slot()
    def _on_page_died(self) -> None:
        """Load the page again and show everything once more."""
        self._is_ready = False
        self._is_in_flight = False
        now = time.monotonic()
        self._deaths = [at for at in self._deaths if now - at < _RELOADS_WINDOW_S] + [now]
        if len(self._deaths) > _RELOADS_LIMIT:
            self.broken.emit()
            return
        self._outbox.rewind()
        QTimer.singleShot(0, self, lambda: self._page.load(QUrl(PAGE_URL)))


def _margins_mm(width: float) -> QMarginsF:
    return QMarginsF(width, width, width, width)
