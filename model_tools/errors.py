"""What the workshop refuses: one sentence, and a hint that says what to do about it."""

from tutor_app.core.errors import TutorError


class ModelToolsError(TutorError):
    """Base of all expected failures of a workshop command; carries `.hint` as every TutorError."""


class ConversionError(ModelToolsError):
    """A checkpoint cannot be written as GGUF, or does not agree with what was written."""


class EvaluationError(ModelToolsError):
    """A model cannot be evaluated on a task."""


class RepairError(ModelToolsError):
    """A GGUF file cannot be rewritten as one that llama.cpp loads."""


class ParityError(ModelToolsError):
    """A GGUF file and its checkpoint cannot be compared."""
