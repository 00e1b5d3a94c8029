"""Tells one exchange to the transcript page: the same way live and from history. No Qt."""

from collections.abc import Iterable
from typing import assert_never

from tutor_app.core.blocks import (
    BlockChange,
    BlockClosed,
    BlockGrew,
    BlockKind,
    BlockOpened,
    BlockSplitter,
    Container,
    ThinkingClosed,
    ThinkingOpened,
)
from tutor_app.core.code_answer import CodeAnswer
from tutor_app.core.code_block import CodeBlock, language_of
from tutor_app.core.events import (
    AttemptEnded,
    AttemptStarted,
    Coded,
    ExchangeEvent,
    ProblemRead,
    ProgramStarted,
    ProgramTried,
    Solved,
    StepJudged,
    StepSubmitted,
    TextWritten,
)
from tutor_app.core.records import Exchange, ExchangeState, Mode
from tutor_app.core.solution import Solution, Step
from tutor_app.core.verdict import Status
from tutor_app.ui import code_words, wording
from tutor_app.ui.highlight import highlight
from tutor_app.ui.operations import (
    Action,
    AddAttempt,
    AddText,
    AddTurn,
    Announce,
    CloseBlock,
    EndThinking,
    FoldAttempt,
    NoticeKind,
    OpenBlock,
    OpenThinking,
    Operation,
    PlaceSign,
    ShowCard,
    ShowFooter,
    ShowNotice,
    ShowProblem,
    ShowProgram,
    ShowStatus,
    SignState,
)

COPY = Action("copy-answer", "Copy", "Copy the answer as Markdown with LaTeX")
EXPORT = Action("export", "Export…", "Save this worked solution as a file")
ASK_AGAIN = Action("ask-again", "Ask again", "Ask the same problem once more")

_INTERRUPTED = "This answer was interrupted when the program ended. What was written is kept."


class _Part:
    """The blocks of one try on the page."""

    def __init__(self, part_id: str, turn: str) -> None:
        self.part_id = part_id
        self.turn = turn
        self.text = ""
        self.code: dict[str, CodeBlock] = {}
        self.shown: dict[int, SignState] = {}
        self._splitter = BlockSplitter()
        self._pieces: list[str] = []
        self._kinds: dict[int, BlockOpened] = {}
        self._thinking_id = ""
        self._thinking_start = 0

    def _block_id(self, index: int) -> str:
        return f"{self.part_id}.{index}"

    def write(self, text: str) -> list[Operation]:
        self._pieces.append(text)
        return self._tell(self._splitter.feed(text))

    def end(self) -> list[Operation]:
        self.text = "".join(self._pieces)
        return self._tell(self._splitter.end())

    def sign(self, step: StepJudged | Step) -> list[Operation]:
        if step.verdict is None:
            return self.unsign(step.index)
        sign = wording.sign_of(step.verdict)
        self.shown[step.index] = sign.state
        return [PlaceSign(self._block_id(step.index), sign)]

    def submit(self, index: int) -> list[Operation]:
        self.shown[index] = SignState.PENDING
        return [PlaceSign(self._block_id(index), wording.PENDING_SIGN)]

    def unsign(self, index: int) -> list[Operation]:
        if self.shown.pop(index, None) is None:
            return []
        return [PlaceSign(self._block_id(index), None)]

    def drop_pending(self) -> list[Operation]:
        waiting = [i for i, state in self.shown.items() if state is SignState.PENDING]
        return [operation for index in waiting for operation in self.unsign(index)]

    def _tell(self, changes: Iterable[BlockChange]) -> list[Operation]:
        told: list[Operation] = []
        for change in changes:
            match change:
                case BlockOpened(index, kind, container, lang):
                    self._kinds[index] = change
                    inside = container is Container.THINKING
                    parent = self._thinking_id if inside else self.part_id
                    told.append(OpenBlock(self._block_id(index), parent, kind.value, lang))
                case BlockGrew(index, text):
                    told.append(AddText(self._block_id(index), text))
                case BlockClosed():
                    told.append(self._close(change))
                case ThinkingOpened():
                    self._thinking_start = len(self._kinds)
                    self._thinking_id = f"{self.part_id}.think{self._thinking_start}"
                    told.append(OpenThinking(self._thinking_id, self.part_id))
                case ThinkingClosed():
                    lines = len(self._kinds) - self._thinking_start
                    noun = "line" if lines == 1 else "lines"
                    told.append(EndThinking(self._thinking_id, f"Thinking · {lines} {noun}"))
                case _:
                    assert_never(change)
        return told

    def _close(self, closed: BlockClosed) -> Operation:
        opened, block_id = self._kinds[closed.index], self._block_id(closed.index)
        if opened.kind is not BlockKind.CODE:
            return CloseBlock(block_id)
        language = language_of(opened.lang) if closed.is_complete else None
        self.code[block_id] = CodeBlock(opened.lang, closed.text)
        return CloseBlock(block_id, highlight(closed.text, opened.lang), language is not None)


class Narration:
    """One exchange: turns events or a record into operations, and answers for its ids."""

    def __init__(self, exchange_id: int, problem: str, mode: Mode = Mode.SOLVE) -> None:
        self.exchange_id = exchange_id
        self.problem = problem
        self.mode = mode
        self.solution: Solution | None = None
        self.program: CodeAnswer | None = None
        self._turn = f"a{exchange_id}"
        self._parts: list[_Part] = []
        self._attempt_outcome = (wording.status_words(Status.UNKNOWN), SignState.UNKNOWN)
        self._has_status = False

    @property
    def turn(self) -> str:
        """Id of the answer's turn on the page."""
        return self._turn

    @property
    def text(self) -> str:
        """Source of the answer that is on show; complete once the answer is."""
        for finished in (self.solution, self.program):
            if finished is not None:
                return finished.text
        return self._parts[-1].text if self._parts else ""

    def code(self, block_id: str) -> CodeBlock | None:
        """A closed code block of this exchange, or None."""
        return next((p.code[block_id] for p in self._parts if block_id in p.code), None)

    def begin(self) -> list[Operation]:
        """The question, and that an answer is coming."""
        self._has_status = True
        return [*self._turns(), ShowStatus(self._turn, "Reading the problem…")]

    def _turns(self) -> list[Operation]:
        user = f"u{self.exchange_id}"
        return [
            AddTurn(user, "user", "You asked"),
            ShowProblem(user, self.problem),
            AddTurn(self._turn, "assistant", "Answer"),
        ]

    def apply(self, event: ExchangeEvent) -> list[Operation]:
        """What to show of an event of the running answer."""
        if isinstance(event, ProgramStarted | ProgramTried | Coded):
            return self._apply_program(event)
        match event:
            case ProblemRead(reading):
                words = f"Read as: {reading.read_as}" if reading.kind else "Thinking about it…"
                return self._status(words)
            case AttemptStarted(attempt):
                return self._start_attempt(attempt)
            case TextWritten():
                return [*self._status(""), *self._current().write(event.text)]
            case StepSubmitted(_, index):
                return self._current().submit(index)
            case StepJudged():
                return self._current().sign(event)
            case AttemptEnded(verdict=verdict):
                status = verdict.status
                self._attempt_outcome = wording.status_words(status), wording.state_of(status)
                return self._current().end()
            case Solved(solution):
                return self._finish(solution)
            case _:
                assert_never(event)

    def _apply_program(self, event: ProgramStarted | ProgramTried | Coded) -> list[Operation]:
        match event:
            case ProgramStarted(_, examples):
                words = code_words.trying_words(examples)
                return [*self._current().end(), *self._status(words)]
            case ProgramTried():
                self._attempt_outcome = code_words.try_words(event)
                return self._current().end()
            case Coded(answer):
                return self._finish_program(answer)
            case _:
                assert_never(event)

    def fail(self, message: str, hint: str) -> list[Operation]:
        """The run ended in an error."""
        told = self._settle()
        told.append(ShowNotice(self._turn, NoticeKind.FAILED, message, hint))
        told.append(self._short_footer())
        told.append(Announce(f"No answer: {message}"))
        return told

    def replay(self, exchange: Exchange) -> list[Operation]:
        """The whole exchange from its record."""
        told = self._turns()
        solution = exchange.solution
        if solution is not None:
            return [*told, *self._finish(solution)]
        if exchange.program is not None:
            return [*told, *self._finish_program(exchange.program)]
        if exchange.text:
            told += self._write_whole(exchange.text, exchange.steps)
        match exchange.state:
            case ExchangeState.FAILED:
                words = exchange.failure or "This answer failed."
                told.append(ShowNotice(self._turn, NoticeKind.FAILED, words))
            case ExchangeState.STOPPED:
                kind, words = NoticeKind.STOPPED, "Stopped by you. What was written so far is kept."
                told.append(ShowNotice(self._turn, kind, words))
            case ExchangeState.INTERRUPTED | ExchangeState.FINISHED:
                told.append(ShowNotice(self._turn, NoticeKind.INTERRUPTED, _INTERRUPTED))
            case ExchangeState.RUNNING:
                return [*told, *self._status("Being written…")]
            case _:
                assert_never(exchange.state)
        return [*told, self._short_footer()]

    # -- parts

    def _current(self) -> _Part:
        return self._parts[-1]

    def _status(self, text: str) -> list[Operation]:
        if not text and not self._has_status:
            return []
        self._has_status = bool(text)
        return [ShowStatus(self._turn, text)]

    def _add_part(self) -> list[Operation]:
        part = _Part(f"{self._turn}.{len(self._parts)}", self._turn)
        self._parts.append(part)
        return [AddAttempt(part.part_id, self._turn)]

    def _start_attempt(self, attempt: int) -> list[Operation]:
        told: list[Operation] = []
        if self._parts:
            told += self._fold(attempt)
            told += self._status(f"Trying again: attempt {attempt + 1}…")
        return [*told, *self._add_part()]

    def _fold(self, attempt: int) -> list[Operation]:
        words, state = self._attempt_outcome
        part = self._current()
        return [
            *part.end(),
            *part.drop_pending(),
            FoldAttempt(part.part_id, f"Attempt {attempt}: {words}", state),
        ]

    def _write_whole(self, text: str, steps: Iterable[Step]) -> list[Operation]:
        told = self._add_part()
        told += self._current().write(text)
        told += self._current().end()
        for step in steps:
            told += self._current().sign(step)
        return told

    def _settle(self) -> list[Operation]:
        """End what is open: status line, block, signs that never came."""
        told = self._status("")
        if self._parts:
            told += self._current().end()
            told += self._current().drop_pending()
        return told

    def _finish(self, solution: Solution) -> list[Operation]:
        told = self._settle()
        self.solution = solution
        if not self._parts:
            told += self._write_whole(solution.text, solution.steps)
        elif self._current().text != solution.text:
            # another try was chosen, or the answer was computed
            told += self._fold(len(solution.attempts))
            told += self._write_whole(solution.text, solution.steps)
        else:
            for step in solution.steps:
                told += self._current().sign(step)
        card = wording.card_of(solution)
        ending = wording.ending_words(solution.finish_reason)
        if ending is not None:
            told.append(ShowNotice(self._turn, ending[0], ending[1]))
        told.append(ShowCard(self._turn, card))
        actions = (COPY, EXPORT, ASK_AGAIN)
        told.append(ShowFooter(self._turn, wording.footer_words(solution), actions))
        told.append(Announce(f"Answer finished. {card.title}. {card.sentence}"))
        return told

    def _finish_program(self, answer: CodeAnswer) -> list[Operation]:
        told = self._settle()
        self.program = answer
        if self._parts and self._current().text != answer.text:
            told += self._fold(len(self._parts))  # the first try was the better one
            told += self._write_whole(answer.text, ())
        elif not self._parts:
            told += self._write_whole(answer.text, ())
        ending = wording.ending_words(answer.finish_reason)
        if ending is not None:
            told.append(ShowNotice(self._turn, ending[0], ending[1]))
        card = code_words.card_of(answer)
        told.append(ShowProgram(self._turn, card))
        told.append(ShowFooter(self._turn, wording.footer_words(answer), (COPY, ASK_AGAIN)))
        told.append(Announce(f"Answer finished. {card.title}. {card.sentence}"))
        return told

    def _short_footer(self) -> Operation:
        actions = (COPY, ASK_AGAIN) if self.text else (ASK_AGAIN,)
        return ShowFooter(self._turn, "", actions)
