"""The empty screen: what this is, and examples that run in one click."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tutor_app.ui.samples import Sample

_COLUMNS = 3
_ICON_PX = 56
_WIDTH_PX = 780


class _ExampleCard(QFrame):
    """A two-line button; QPushButton cannot show two fonts."""

    chosen = Signal(str)

    def __init__(self, sample: Sample, parent: QWidget) -> None:
        super().__init__(parent)
        self._problem = sample.problem
        self.setObjectName("exampleCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"Example, {sample.skill}: {sample.problem}")
        skill = QLabel(sample.skill, self)
        skill.setObjectName("skill")
        small = QFont(skill.font())
        small.setPointSizeF(small.pointSizeF() * 0.88)
        skill.setFont(small)
        problem = QLabel(sample.problem, self)
        problem.setObjectName("problem")
        problem.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 11, 14, 12)
        layout.setSpacing(3)
        layout.addWidget(skill)
        layout.addWidget(problem)
        layout.addStretch(1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click inside chooses."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose, as on a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._problem)
            return
        super().keyPressEvent(event)


class Welcome(QScrollArea):
    """Shown while a thread is empty.

    Signals:
        example_chosen: the problem of a pressed example.
    """

    example_chosen = Signal(str)

    def __init__(
        self, samples: tuple[Sample, ...], icon: QIcon, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget(self)
        inside.setObjectName("welcomeInside")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 24, 24, 12)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in self._heading(icon):
            layout.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(18)
        layout.addWidget(self._grid(samples, inside), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setWidget(inside)

    def _heading(self, icon: QIcon) -> tuple[QLabel, ...]:
        picture = QLabel(self)
        picture.setPixmap(icon.pixmap(QSize(_ICON_PX, _ICON_PX), self.devicePixelRatioF()))
        title = QLabel("What shall we solve?", self)
        title.setObjectName("title")
        large = QFont(title.font())
        large.setPointSizeF(large.pointSizeF() * 1.8)
        title.setFont(large)
        subtitle = QLabel(
            "Every line the model writes is checked while it writes.\n"
            "Type a problem below, or try one of these.", self
        )  # fmt: skip
        subtitle.setObjectName("subtitle")
        subtitle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return picture, title, subtitle

    def _grid(self, samples: tuple[Sample, ...], parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        holder.setFixedWidth(_WIDTH_PX)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for place, sample in enumerate(samples):
            card = _ExampleCard(sample, holder)
            card.chosen.connect(self.example_chosen)
            grid.addWidget(card, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        return holder
