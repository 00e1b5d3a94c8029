"""What protects from a program, and the user's leave to run one where nothing does."""

import sys

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tutor_app.core.program import Isolation, IsolationLevel
from tutor_app.ui.run_report import CONSENT, isolation_badge, isolation_words
from tutor_app.ui.run_view import plain_label


class IsolationBadge(QWidget):
    """A few words that unfold to what is not covered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self)
        self.button.setObjectName("isolation")
        self.button.setCheckable(True)
        self.words = plain_label("", "isolationText", self)
        self.words.hide()
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.words)
        self.button.toggled.connect(self.words.setVisible)
        self.show_isolation(None)

    def show_isolation(self, isolation: Isolation | None) -> None:
        """Of the latest run, or what there would be; None while it is not known."""
        words = isolation_words(isolation)
        self.button.setText(isolation_badge(isolation))
        self.button.setToolTip(words)
        self.button.setProperty("level", "" if isolation is None else str(isolation.level))
        self.button.style().polish(self.button)
        self.words.setText(words)


class Consent(QFrame):
    """One sentence to be read, and a box to be ticked anew for each run.

    Signals:
        changed: whether a program may now be run has changed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("consent")
        self._is_needed = False
        self.box = QCheckBox("Allow this one run", self)
        self.box.setAccessibleDescription(CONSENT)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(10, 8, 10, 8)
        rows.addWidget(plain_label(CONSENT, "", self))
        rows.addWidget(self.box)
        self.hide()
        self.box.toggled.connect(self.changed)

    def show_isolation(self, isolation: Isolation | None) -> None:
        """Be there only where nothing protects, and where leave would change anything."""
        is_bare = isolation is not None and isolation.level is IsolationLevel.NONE
        # elsewhere than on Linux programs are refused, whatever the user allows
        self._is_needed = is_bare and sys.platform.startswith("linux")
        self.setVisible(self._is_needed)
        self.changed.emit()

    @property
    def blocks(self) -> bool:
        """Whether leave is needed and was not given."""
        return self._is_needed and not self.box.isChecked()

    def take(self) -> bool:
        """Whether leave was given; it is used up."""
        is_given = self._is_needed and self.box.isChecked()
        self.box.setChecked(False)
        return is_given
