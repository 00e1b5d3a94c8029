"""The operations that Python sends to the transcript page, and their JSON. No Qt.

One batch is one JSON array. The page only ever answers with the name of a button and an id.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import msgspec


class SignState(StrEnum):
    """What a sign shows."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    CARRIED = "carried"
    GIVEN = "given"
    RAN = "ran"
    PENDING = "pending"


class NoticeKind(StrEnum):
    """Why a notice stands under an answer."""

    STOPPED = "stopped"
    LENGTH = "length"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign beside a line and the evidence it opens.

    Attributes:
        state: decides shape and colour.
        label: the sign in words, for screen readers and the tool tip.
        title: first line of the evidence: the status and its reason.
        evidence: sentences.
        how: the method in a sentence, may be empty.
        reading: how the line was understood, may be empty.
    """

    state: SignState
    label: str
    title: str = ""
    evidence: tuple[str, ...] = ()
    how: str = ""
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the verdict card."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One try in the verdict card."""

    state: SignState
    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """The verdict at the end of an answer.

    Attributes:
        state: decides shape and colour.
        title: the status in words.
        sentence: the deciding evidence or what is missing.
        answer: TeX, may be empty.
        source: said only where the model did not find the answer itself.
        more: heading of the facts, which are folded.
        facts: method, reading, assumptions, scope.
        evidence: further sentences.
        attempts: every try.
    """

    state: SignState
    title: str
    sentence: str
    answer: str
    source: str
    more: str
    facts: tuple[Fact, ...]
    evidence: tuple[str, ...]
    attempts: tuple[AttemptLine, ...]


@dataclass(frozen=True, slots=True)
class TestRow:
    """One example that a program was tried on."""

    given: str
    expected: str
    found: str
    passed: bool


@dataclass(frozen=True, slots=True)
class ProgramCard:
    """What came of a program at the end of an answer.

    Attributes:
        state: decides shape and colour; never VERIFIED, for running proves nothing.
        title: the badge.
        sentence: what it means, or why.
        note: what there is to say about a second try; may be empty.
        given: heading of the examples' first column.
        rows: the table of examples.
        output: what it printed where there were no examples.
        more: heading of the facts, which are folded.
        facts: isolation, time, memory.
    """

    state: SignState
    title: str
    sentence: str
    note: str
    given: str
    rows: tuple[TestRow, ...]
    output: str
    more: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """A button under an answer; `op` is what the page reports when it is pressed."""

    op: str
    label: str
    tip: str


@dataclass(frozen=True, slots=True)
class AddTurn:
    """A speaker's part of the thread begins."""

    id: str
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class ShowProblem:
    """The user's words, with formulas but without Markdown."""

    turn: str
    text: str


@dataclass(frozen=True, slots=True)
class AddAttempt:
    """A container for the blocks of one try."""

    id: str
    turn: str


@dataclass(frozen=True, slots=True)
class FoldAttempt:
    """The try is no longer the answer."""

    id: str
    label: str
    state: SignState


@dataclass(frozen=True, slots=True)
class OpenThinking:
    """A folded container for thinking."""

    id: str
    parent: str


@dataclass(frozen=True, slots=True)
class EndThinking:
    """The thinking is complete."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class OpenBlock:
    """A block begins; see `core.blocks`."""

    id: str
    parent: str
    kind: str
    lang: str


@dataclass(frozen=True, slots=True)
class AddText:
    """Text for the open block `id`."""

    id: str
    s: str


@dataclass(frozen=True, slots=True)
class CloseBlock:
    """The block will not change any more.

    Attributes:
        id: of the block.
        tokens: (class, text) pairs of highlighted code, or None.
        runs: whether it is a program that can be run.
    """

    id: str
    tokens: tuple[tuple[str, str], ...] | None = None
    runs: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSign:
    """Put a sign beside a block; None takes it away."""

    id: str
    sign: Sign | None


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """What is being done right now; empty text takes it away."""

    turn: str
    text: str


@dataclass(frozen=True, slots=True)
class ShowCard:
    """The verdict on the whole answer."""

    turn: str
    card: Card


@dataclass(frozen=True, slots=True)
class ShowProgram:
    """What came of the answer's program."""

    turn: str
    card: ProgramCard


@dataclass(frozen=True, slots=True)
class ShowNotice:
    """How the answer ended, where that needs a word."""

    turn: str
    kind: NoticeKind
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ShowFooter:
    """Numbers and buttons under the answer."""

    turn: str
    text: str
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class WorkingLine:
    r"""One line of a learner's working.

    Attributes:
        number: in the text as typed, from 1.
        source: the line, with each formula between `\(` and `\)`.
        sign: beside the line.
        note: what is wrong with the line and how it was read, in sentences; mostly empty.
        is_first_wrong: whether to point it out.
        is_stale: the sign is of an earlier check, and a new one is under way.
    """

    number: int
    source: str
    sign: Sign
    note: tuple[str, ...] = ()
    is_first_wrong: bool = False
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class ShowWorking:
    """A learner's whole working as it is now; takes the place of what was shown before.

    Attributes:
        problem: with formulas as in a line; may be empty.
        reading: how the problem was understood; may be empty.
        card: the summary, or None while there is none.
        lines: in order.
        caret: number of the line where the cursor is, which stays in view; 0 for none.
        hint: shown while there is no line.
    """

    problem: str
    reading: str
    card: Card | None
    lines: tuple[WorkingLine, ...]
    caret: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Announce:
    """A sentence for screen readers."""

    text: str


@dataclass(frozen=True, slots=True)
class SetTheme:
    """`light` or `dark`."""

    value: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Empty the page."""


Operation = (
    AddTurn
    | ShowProblem
    | AddAttempt
    | FoldAttempt
    | OpenThinking
    | EndThinking
    | OpenBlock
    | AddText
    | CloseBlock
    | PlaceSign
    | ShowStatus
    | ShowCard
    | ShowProgram
    | ShowNotice
    | ShowFooter
    | ShowWorking
    | Announce
    | SetTheme
    | Clear
)

_NAMES: tuple[tuple[type, str], ...] = (
    (AddText, "text"),
    (OpenBlock, "block"),
    (CloseBlock, "close"),
    (PlaceSign, "sign"),
    (AddTurn, "turn"),
    (ShowProblem, "problem"),
    (AddAttempt, "attempt"),
    (FoldAttempt, "fold"),
    (OpenThinking, "think"),
    (EndThinking, "endthink"),
    (ShowStatus, "status"),
    (ShowCard, "card"),
    (ShowProgram, "program"),
    (ShowNotice, "notice"),
    (ShowFooter, "footer"),
    (ShowWorking, "working"),
    (Announce, "announce"),
    (SetTheme, "theme"),
    (Clear, "clear"),
)


def encode(operations: Iterable[Operation]) -> str:
    """A batch as a JSON array in ASCII, which is also a JavaScript literal."""
    names = dict(_NAMES)
    return json.dumps([{"op": names[type(one)], **msgspec.to_builtins(one)} for one in operations])
