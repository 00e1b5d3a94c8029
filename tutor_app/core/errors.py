"""The one tree of errors a user may meet.

TutorError                    str(error) is one sentence for the screen; .hint says what to do
├ ModelError                  ModelNotFound · ModelUnreadable · ModelHostDied · GenerationFailed
├ CheckerError                CheckerDied
├ HistoryError                a thread cannot be read or written
├ ExportError                 a solution cannot be turned into the format asked for
├ InputError                  a file or a line given by the user cannot be read
├ SandboxError                SandboxRefused · SandboxDied · ToolNotFound
└ InvalidSetting              carries the raw value

Not errors: a wrong step, an undecided one, a cancelled generation, a program that fails.
"""


class TutorError(Exception):
    """Base of all expected failures.

    Attributes:
        hint: one sentence that says what the user can do about it; may be empty.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ModelError(TutorError):
    """Something about a model file or the process that runs it."""


class ModelNotFound(ModelError):
    """No file at the place named."""


class ModelUnreadable(ModelError):
    """The file is not a model that this program can run."""


class ModelHostDied(ModelError):
    """The model's process ended before the answer did."""


class GenerationFailed(ModelError):
    """The model is loaded, but this request cannot be answered."""


class CheckerError(TutorError):
    """The checking process cannot be used."""


class HistoryError(TutorError):
    """A thread cannot be read or written."""


class ExportError(TutorError):
    """A solution cannot be turned into the format asked for."""


class InputError(TutorError):
    """A file or a line given by the user cannot be read."""


class SandboxError(TutorError):
    """A program cannot be run; a program that fails is not an error."""


class SandboxRefused(SandboxError):
    """Nothing here protects the user from a program, so it was not started."""


class SandboxDied(SandboxError):
    """The process that watches over a program ended before the program did."""


class ToolNotFound(SandboxError):
    """The interpreter or compiler that the program needs is not there."""


class InvalidSetting(TutorError):
    """A setting has a value it cannot have.

    Attributes:
        raw_value: what was found.
    """

    def __init__(self, message: str, *, raw_value: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.raw_value = raw_value
