"""What came of a run: how it ended, complaints, output, errors, pictures, files."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPixmap, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import Language, ProgramFile
from tutor_app.tutor.complaints import Complaint, places
from tutor_app.ui.program_editor import fixed_width_style
from tutor_app.ui.program_session import Ended
from tutor_app.ui.run_report import RunReport, size_words

_LINES_SHOWN = 30
_ORIGINAL_SCALE = 0.9
_TALLEST_PICTURE_PX = 460
_WAITING = "What the program prints appears here."
_RUNNING = {Language.PYTHON: "Running…", Language.CPP: "Compiling and running…"}


def plain_label(text: str, name: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that shows its text as it is, in several lines where it must."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setObjectName(name)
    return label


class TextPane(QPlainTextEdit):
    """Text of a program, as high as it needs; mentions of the program's lines can be clicked.

    Signals:
        line_chosen: a line of the program, from 1.
    """

    line_chosen = Signal(int)

    def __init__(self, text: str, name: str, points: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(fixed_width_style(points))
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        """As high as the text needs, within limits."""
        lines = min(max(int(self.document().size().height()), 1), _LINES_SHOWN)
        return QSize(200, lines * self.fontMetrics().lineSpacing() + 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.setFixedHeight(self.sizeHint().height())

    def underline_places(self) -> None:
        """Show where a click leads to a line of the program."""
        marks: list[QTextEdit.ExtraSelection] = []
        block = self.document().firstBlock()
        while block.isValid():
            for start, end, _ in places(block.text()):
                mark = QTextEdit.ExtraSelection()
                mark.format.setFontUnderline(True)
                mark.format.setForeground(self.palette().link())
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                mark.cursor = cursor
                marks.append(mark)
            block = block.next()
        self.setExtraSelections(marks)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a mention of a line leads there."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        cursor = self.cursorForPosition(event.position().toPoint())
        column = cursor.positionInBlock()
        for start, end, line in places(cursor.block().text()):
            if start <= column <= end:
                self.line_chosen.emit(line)


class PicturePane(QLabel):
    """A picture, never wider than there is room."""

    def __init__(self, picture: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap.fromImage(picture)
        self.setAccessibleName(f"Figure {name}")
        self.setMinimumSize(80, 60)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._fit(400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new width."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        if self._pixmap.isNull():
            self.setText("This picture cannot be shown.")
            return
        ratio = self.devicePixelRatio()
        largest = QSize(min(width, self._pixmap.width()), _TALLEST_PICTURE_PX)
        shown = self._pixmap.scaled(
            largest * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)
        self.setFixedHeight(int(shown.height() / ratio))


class RunView(QScrollArea):
    """The result of the latest run.

    Signals:
        line_chosen: a line of the program, from 1.
        save_wanted: a ProgramFile to be saved.
        save_all_wanted: a tuple of them.
    """

    line_chosen = Signal(int)
    save_wanted = Signal(object)
    save_all_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runView")
        self.setAccessibleName("What came of the run")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._points = self.font().pointSizeF()
        self._shown: Ended | None = None
        self.show_words("", _WAITING)

    def set_points(self, points: float) -> None:
        """Size of the texts, from now on."""
        self._points = points
        if self._shown is not None:
            self.show_ended(self._shown)

    def show_running(self, language: Language) -> None:
        """A program runs."""
        self.show_words("", _RUNNING[language])

    def show_words(self, *sentences: str) -> None:
        """Show sentences instead of a result; the first is the message."""
        self._shown = None
        content, layout = _column()
        for number, sentence in enumerate(sentences):
            if sentence:
                layout.addWidget(plain_label(sentence, "hint" if number else "ending", content))
        layout.addStretch(1)
        self.setWidget(content)

    def show_ended(self, ended: Ended) -> None:
        """Show a run that is over."""
        self._shown = ended
        report = ended.report
        content, layout = _column()
        ending = plain_label(report.ending, "ending", content)
        ending.setProperty("state", "failed" if report.is_failure else "ended")
        layout.addWidget(ending)
        layout.addWidget(plain_label(report.numbers, "hint", content))
        for complaint in report.complaints:
            if complaint.words:
                layout.addWidget(self._complaint(complaint))
        self._add_texts(layout, report)
        self._add_pictures(layout, ended)
        self._add_files(layout, report)
        for note in report.notes:
            layout.addWidget(plain_label(note, "hint", content))
        layout.addStretch(1)
        self.setWidget(content)

    def _add_texts(self, layout: QVBoxLayout, report: RunReport) -> None:
        has_other = bool(report.errors or report.images or report.files or report.remarks)
        if not report.output and not has_other:
            layout.addWidget(plain_label("It printed nothing.", "hint"))
        for title, name, text in (
            ("Output", "output", report.output),
            ("Errors", "errors", report.errors),
            ("The compiler's remarks", "remarks", report.remarks),
        ):
            if text:
                layout.addWidget(plain_label(title, "section"))
                pane = TextPane(text, name, self._points)
                pane.setAccessibleName(title)
                if name != "output":
                    pane.underline_places()
                    pane.line_chosen.connect(self.line_chosen)
                layout.addWidget(pane)

    def _complaint(self, complaint: Complaint) -> QWidget:
        box = QFrame()
        box.setObjectName("complaint")
        box.setProperty("warning", complaint.is_warning)
        rows = QVBoxLayout(box)
        rows.setContentsMargins(10, 6, 10, 6)
        rows.setSpacing(2)
        row = QHBoxLayout()
        if complaint.line is not None:
            row.addWidget(self._line_link(complaint.line), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(plain_label(complaint.words, "", box), 1)
        rows.addLayout(row)
        original = plain_label(plain_text(complaint.original), "hint", box)
        original.setStyleSheet(fixed_width_style(self._points * _ORIGINAL_SCALE))
        rows.addWidget(original)
        return box

    def _line_link(self, line: int) -> QPushButton:
        link = QPushButton(f"Line {line}")
        link.setObjectName("link")
        link.setFlat(True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setToolTip("Go to this line of the program")
        link.clicked.connect(lambda: self.line_chosen.emit(line))
        return link

    def _add_pictures(self, layout: QVBoxLayout, ended: Ended) -> None:
        for file, picture in zip(ended.report.images, ended.pictures, strict=True):
            layout.addLayout(self._file_row(file, "section"))
            layout.addWidget(PicturePane(picture, file.name))

    def _add_files(self, layout: QVBoxLayout, report: RunReport) -> None:
        if not report.files:
            return
        head = QHBoxLayout()
        head.addWidget(plain_label("Files it wrote", "section"), 1)
        everything = (*report.images, *report.files)
        if len(everything) > 1:
            save_all = QPushButton("Save all…")
            save_all.clicked.connect(lambda: self.save_all_wanted.emit(everything))
            head.addWidget(save_all)
        layout.addLayout(head)
        for file in report.files:
            layout.addLayout(self._file_row(file, ""))

    def _file_row(self, file: ProgramFile, style: str) -> QLayout:
        row = QHBoxLayout()
        row.addWidget(plain_label(f"{file.name} · {size_words(len(file.content))}", style), 1)
        save = QPushButton("Save as…")
        save.setAccessibleName(f"Save {file.name} as")
        save.clicked.connect(lambda: self.save_wanted.emit(file))
        row.addWidget(save)
        return row


def _column() -> tuple[QWidget, QVBoxLayout]:
    content = QWidget()
    layout = QVBoxLayout(content)
    layout.setContentsMargins(2, 2, 8, 8)
    layout.setSpacing(6)
    return content, layout
