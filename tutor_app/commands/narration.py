"""A solve, told to a person in a terminal: each line with its sign, then the verdict."""

from tutor_app.core.blocks import BlockClosed, BlockKind, BlockOpened, BlockSplitter
from tutor_app.core.ports import TaskReading
from tutor_app.core.solution import Solution
from tutor_app.core.verdict import Status, StepVerdict
from tutor_app.report import print_text, sign


def verdict_sentence(solution: Solution) -> str:
    """The last lines of a solution for a person."""
    verdict = solution.verdict
    answer = solution.answer or "none"
    if verdict.status is Status.VERIFIED and not verdict.is_complete:
        head = f"! Answer: {answer}: the value is right, the form asked for is not shown."
    else:
        head = {
            Status.VERIFIED: f"✓ Answer: {answer}: checked ({verdict.method}; {verdict.scope}).",
            Status.REFUTED: f"✗ Answer: {answer}: this is wrong.",
            Status.UNKNOWN: f"? Answer: {answer}: could not be checked.",
        }[verdict.status]
    reasons = [f"  {evidence.text}" for evidence in verdict.evidence]
    if verdict.reading:
        reasons.append(f"  Read as: {verdict.reading}")
    reasons += [f"  Assumed: {assumption}" for assumption in verdict.assumptions]
    speed = (
        f"  {solution.tokens_per_s:.1f} tok/s · {solution.tokens} tokens · "
        f"{solution.seconds:.1f} s · seed {solution.seed} · {solution.model.name}"
    )
    return "\n".join((head, *reasons, speed))


class LinePrinter:
    """Prints an answer's lines, each with its sign, in order and as soon as it is judged."""

    def __init__(self, *, is_silent: bool) -> None:
        self._is_silent = is_silent
        self._reset()

    def _reset(self) -> None:
        self._splitter = BlockSplitter()
        self._kinds: dict[int, BlockKind] = {}
        self._texts: dict[int, str] = {}
        self._verdicts: dict[int, StepVerdict | None] = {}
        self._next = 0

    def _print(self, text: str) -> None:
        if not self._is_silent:
            print_text(text)

    def read(self, reading: TaskReading) -> None:
        """Say how the problem was understood."""
        understood = reading.read_as if reading.kind else "not recognised, so not checkable"
        self._print(f"Problem read as: {understood}")

    def begin(self, attempt: int) -> None:
        """A new attempt begins."""
        if attempt:
            self._flush(is_complete=True)
            self._print(f"\nThat was not verified. Attempt {attempt + 1}:")
        self._reset()

    def write(self, text: str) -> None:
        """More text has arrived."""
        for change in self._splitter.feed(text):
            if isinstance(change, BlockOpened):
                self._kinds[change.index] = change.kind
            elif isinstance(change, BlockClosed):
                self._texts[change.index] = change.text
        self._flush(is_complete=False)

    def judge(self, index: int, verdict: StepVerdict | None) -> None:
        """The verdict on a block has arrived."""
        self._verdicts[index] = verdict
        self._flush(is_complete=False)

    def end(self) -> None:
        """Print what is left."""
        for change in self._splitter.end():
            if isinstance(change, BlockClosed):
                self._texts[change.index] = change.text
        self._flush(is_complete=True)

    def _flush(self, *, is_complete: bool) -> None:
        while self._next in self._texts:
            is_prose = self._kinds.get(self._next, BlockKind.PROSE) is BlockKind.PROSE
            if is_prose and self._next not in self._verdicts and not is_complete:
                return
            verdict = self._verdicts.get(self._next)
            mark = sign(verdict.status) if verdict is not None else " "
            if is_prose:
                self._print(f"{mark} {self._texts[self._next].strip()}")
            if verdict is not None and verdict.status is Status.REFUTED:
                self._print(f"    {verdict.reason}")
            self._next += 1
