"""What the workshop refuses, in one sentence each."""


class ConversionError(Exception):
    """A checkpoint cannot be written as GGUF, or does not agree with what was written."""


class EvaluationError(Exception):
    """A model cannot be evaluated on a task."""
