"""Solutions, programs and steps as JSON text, with the version of the format inside."""

from pathlib import Path

import msgspec

from tutor_app.core.code_answer import CodeAnswer
from tutor_app.core.errors import HistoryError
from tutor_app.core.solution import Solution, Step

_VERSION = 1


class _Stored(msgspec.Struct, frozen=True):
    version: int
    solution: Solution


class _StoredProgram(msgspec.Struct, frozen=True):
    version: int
    program: CodeAnswer


def _encode_other(value: object) -> object:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value))


def _decode_other(expected: type, value: object) -> object:
    if expected is Path and isinstance(value, str):
        return Path(value)
    raise NotImplementedError(expected)


def encode_solution(solution: Solution) -> str:
    """A solution as one line of JSON."""
    stored = _Stored(_VERSION, solution)
    return msgspec.json.encode(stored, enc_hook=_encode_other).decode()


def decode_solution(text: str) -> Solution:
    """Read what `encode_solution` wrote.

    Raises:
        HistoryError: the text is damaged or of another version.
    """
    try:
        return msgspec.json.decode(text, type=_Stored, dec_hook=_decode_other).solution
    except (msgspec.DecodeError, NotImplementedError) as error:
        raise HistoryError(
            "A stored solution cannot be read.",
            hint="It was written by another version of STEM Tutor; its text is still there.",
        ) from error


def encode_program(answer: CodeAnswer) -> str:
    """A program, with what is known about it, as one line of JSON."""
    stored = _StoredProgram(_VERSION, answer)
    return msgspec.json.encode(stored, enc_hook=_encode_other).decode()


def decode_program(text: str) -> CodeAnswer:
    """Read what `encode_program` wrote.

    Raises:
        HistoryError: the text is damaged or of another version.
    """
    try:
        return msgspec.json.decode(text, type=_StoredProgram, dec_hook=_decode_other).program
    except (msgspec.DecodeError, NotImplementedError) as error:
        raise HistoryError(
            "A stored program cannot be read.",
            hint="It was written by another version of STEM Tutor; its text is still there.",
        ) from error


def encode_step(step: Step) -> str:
    """A step as one line of JSON."""
    return msgspec.json.encode(step, enc_hook=_encode_other).decode()


def decode_step(text: str) -> Step:
    """Read what `encode_step` wrote.

    Raises:
        HistoryError: the text is damaged or of another version.
    """
    try:
        return msgspec.json.decode(text, type=Step, dec_hook=_decode_other)
    except msgspec.DecodeError as error:
        raise HistoryError("A stored step cannot be read.") from error
