"""Work outside the GUI thread, and the crash border around it."""

import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

from tutor_app.core.errors import TutorError
from tutor_app.ui.conversation import Run


class Errand(QThread):
    """A piece of work in a thread of its own.

    Signals:
        failed: ended with a TutorError, which is for the user to read.
        crashed: ended with anything else, a fault of the program; carries the traceback.
    """

    failed = Signal(object)
    crashed = Signal(str)

    def run(self) -> None:
        """Work; nothing may leave this method, because Qt would end the program."""
        try:
            self._work()
        except TutorError as error:
            self.failed.emit(error)
        except Exception:  # noqa: BLE001 - the crash border: shown, never swallowed
            self.crashed.emit(traceback.format_exc())

    def _work(self) -> None:
        raise NotImplementedError


class SolveErrand(Errand):
    """Pulls the events of a run.

    Signals:
        event_arrived: a SolveEvent.
    """

    event_arrived = Signal(object)

    def __init__(self, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run

    def _work(self) -> None:
        for event in self._run.events():
            self.event_arrived.emit(event)


class CallErrand(Errand):
    """Calls a function.

    Signals:
        done: what it returned.
    """

    done = Signal(object)

    def __init__(self, call: Callable[[], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call = call

    def _work(self) -> None:
        self.done.emit(self._call())


class Errands(QObject):
    """Starts calls in threads of their own and keeps each until it has ended.

    Signals:
        failed: a TutorError of one of them.
        crashed: a traceback of one of them.
    """

    failed = Signal(object)
    crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: set[CallErrand] = set()

    def start(self, call: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Call; `done` must be a method of a QObject, so that it runs in that object's thread."""
        errand = CallErrand(call, self)
        self._under_way.add(errand)
        errand.done.connect(done)
        errand.failed.connect(self.failed)
        errand.crashed.connect(self.crashed)
        errand.finished.connect(self._forget_ended)
        errand.start()

    @Slot()
    def _forget_ended(self) -> None:
        for errand in [one for one in self._under_way if one.isFinished()]:
            self._under_way.discard(errand)
            errand.deleteLater()

    def shut(self, wait_ms: int) -> None:
        """Wait for what is under way, each at most `wait_ms`."""
        for errand in self._under_way:
            errand.wait(wait_ms)
