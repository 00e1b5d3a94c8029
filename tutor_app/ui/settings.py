"""What the window remembers between two starts: its place, look, last thread and drafts."""

import base64
import dataclasses
import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from tutor_app.core.errors import TutorError
from tutor_app.core.program import Language
from tutor_app.core.records import Mode
from tutor_app.core.settings import Settings, Theme
from tutor_app.ui.program_draft import ProgramDraft
from tutor_app.ui.working_draft import WorkingDraft, WorkingText

_LOG = logging.getLogger(__name__)
ZOOM_STEPS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_NEW_THREAD = "new"


class WindowSettings:
    """The user's settings as the window sees them, and the drafts of unsent problems.

    Drafts and the sidebar's width are the window's own business and live in a file of their own.
    """

    def __init__(
        self, settings: Settings, save: Callable[[Settings], None], own_file: Path
    ) -> None:
        self._settings = settings
        self._save = save
        self._own = QSettings(str(own_file), QSettings.Format.IniFormat)

    @property
    def current(self) -> Settings:
        """All settings as they are now."""
        return self._settings

    @property
    def geometry(self) -> QByteArray:
        """As `saveGeometry` gave it; empty at the first start."""
        try:
            return QByteArray(base64.b64decode(self._settings.window_geometry, validate=True))
        except ValueError:
            return QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        text = base64.b64encode(value.data()).decode("ascii")
        self._settings = dataclasses.replace(self._settings, window_geometry=text)

    @property
    def splitter(self) -> QByteArray:
        """As the splitter's `saveState` gave it; empty at the first start."""
        value = self._own.value("splitter")
        return value if isinstance(value, QByteArray) else QByteArray()

    @splitter.setter
    def splitter(self, value: QByteArray) -> None:
        self._own.setValue("splitter", value)

    @property
    def theme(self) -> Theme:
        """The chosen theme."""
        return self._settings.theme

    @theme.setter
    def theme(self, value: Theme) -> None:
        self._settings = dataclasses.replace(self._settings, theme=value)

    @property
    def zoom(self) -> float:
        """Size of the transcript's text, the nearest of ZOOM_STEPS; 1.0 is normal."""
        return min(ZOOM_STEPS, key=lambda step: abs(step - self._settings.zoom))

    @zoom.setter
    def zoom(self, value: float) -> None:
        self._settings = dataclasses.replace(self._settings, zoom=value)

    @property
    def last_thread(self) -> int | None:
        """The thread that was open."""
        return self._settings.last_thread_id

    @last_thread.setter
    def last_thread(self, value: int | None) -> None:
        self._settings = dataclasses.replace(self._settings, last_thread_id=value)

    def set_model_path(self, path: str) -> None:
        """Remember which model file to load at the next start."""
        self._settings = dataclasses.replace(self._settings, model_path=path)

    def draft(self, thread_id: int | None) -> str:
        """What was typed in a thread and not sent."""
        value = self._own.value(_draft_key(thread_id))
        return value if isinstance(value, str) else ""

    def set_draft(self, thread_id: int | None, text: str) -> None:
        """Keep what was typed; empty text forgets it."""
        if text:
            self._own.setValue(_draft_key(thread_id), text)
        else:
            self._own.remove(_draft_key(thread_id))

    @property
    def working(self) -> WorkingDraft:
        """What was typed on the check page."""
        return WorkingDraft(self._working_text("shown"), self._working_text("set_aside"))

    def keep_working(self, draft: WorkingDraft) -> None:
        """Write what is typed on the check page to disk, now."""
        for place, typed in (("shown", draft.shown), ("set_aside", draft.set_aside)):
            self._own.setValue(f"working/{place}_problem", typed.problem)
            self._own.setValue(f"working/{place}_text", typed.text)
        self._own.sync()

    def _working_text(self, place: str) -> WorkingText:
        problem, text = f"working/{place}_problem", f"working/{place}_text"
        return WorkingText(self._text(problem), self._text(text))

    @property
    def program(self) -> ProgramDraft:
        """What was typed in the panel for programs."""
        known = [one for one in Language if one == self._text("program/language")]
        language = known[0] if known else Language.PYTHON
        return ProgramDraft(language, self._text("program/source"), self._text("program/stdin"))

    def keep_program(self, draft: ProgramDraft) -> None:
        """Write what is typed in the panel for programs to disk, now."""
        self._own.setValue("program/language", str(draft.language))
        self._own.setValue("program/source", draft.source)
        self._own.setValue("program/stdin", draft.stdin)
        self._own.sync()

    @property
    def mode(self) -> Mode:
        """What was last asked for."""
        return next((one for one in Mode if one == self._text("mode")), Mode.SOLVE)

    @mode.setter
    def mode(self, value: Mode) -> None:
        self._own.setValue("mode", str(value))

    @property
    def page(self) -> int:
        """Which page was open."""
        text = self._text("page")
        return int(text) if text.isdecimal() else 0

    @page.setter
    def page(self, value: int) -> None:
        self._own.setValue("page", str(value))

    def _text(self, key: str) -> str:
        value = self._own.value(key)
        return value if isinstance(value, str) else ""

    def save(self) -> None:
        """Write everything to disk; a disk that refuses costs the settings, not the exit."""
        self._own.sync()
        try:
            self._save(self._settings)
        except TutorError as error:
            _LOG.warning("settings not saved: %s", error)


def _draft_key(thread_id: int | None) -> str:
    return f"drafts/{_NEW_THREAD if thread_id is None else thread_id}"
