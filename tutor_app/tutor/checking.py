"""Sends an answer's blocks to the checker while the text streams on."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from tutor_app.core.blocks import (
    BlockChange,
    BlockClosed,
    BlockKind,
    BlockOpened,
    BlockSplitter,
    Container,
)
from tutor_app.core.ports import Checker
from tutor_app.core.solution import Step
from tutor_app.core.verdict import StepVerdict

_LONGEST_WAIT_S = 30.0  # each check has its own, shorter limit; this only guards a lost one


class StepChecking:
    """Cuts one attempt's text into blocks and collects the verdicts on them.

    A block is submitted when it closes. Its verdict comes whenever it comes: the text never
    waits for it.
    """

    def __init__(self, checker: Checker, problem: str) -> None:
        self._checker = checker
        self._problem = problem
        self._splitter = BlockSplitter()
        self._is_checkable = False  # whether the block that is open may be a step
        self._lines: list[tuple[int, str]] = []
        self._pending: dict[Future[StepVerdict | None], int] = {}
        self._verdicts: dict[int, StepVerdict | None] = {}

    def feed(self, text: str) -> tuple[int, ...]:
        """Add text; returns the indexes of blocks that were submitted."""
        return self._submit_closed(self._splitter.feed(text))

    def end(self) -> tuple[int, ...]:
        """The text is complete; returns the indexes of blocks that were submitted."""
        return self._submit_closed(self._splitter.end())

    def _submit_closed(self, changes: Sequence[BlockChange]) -> tuple[int, ...]:
        submitted = []
        for change in changes:
            if isinstance(change, BlockOpened):
                self._is_checkable = (
                    change.kind is BlockKind.PROSE and change.container is Container.ANSWER
                )
            elif isinstance(change, BlockClosed) and self._is_checkable:
                self._submit(change)
                submitted.append(change.index)
        return tuple(submitted)

    def _submit(self, block: BlockClosed) -> None:
        earlier = tuple(text for _, text in self._lines)
        future = self._checker.check_line(self._problem, earlier, block.text, block.index)
        self._pending[future] = block.index
        self._lines.append((block.index, block.text))

    def judged_now(self) -> Iterator[tuple[int, StepVerdict | None]]:
        """The verdicts that have arrived since the last call; does not wait."""
        yield from self._collect([future for future in self._pending if future.done()])

    def judged(self) -> Iterator[tuple[int, StepVerdict | None]]:
        """The verdicts still missing, as they arrive."""
        while self._pending:
            done, _ = wait(self._pending, timeout=_LONGEST_WAIT_S, return_when=FIRST_COMPLETED)
            if not done:
                return
            yield from self._collect(list(done))

    def _collect(
        self, futures: list[Future[StepVerdict | None]]
    ) -> Iterator[tuple[int, StepVerdict | None]]:
        for future in sorted(futures, key=self._pending.__getitem__):
            index = self._pending.pop(future)
            self._verdicts[index] = future.result()
            yield index, self._verdicts[index]

    def steps(self) -> tuple[Step, ...]:
        """Every line of the answer proper, with what is known of it."""
        return tuple(Step(index, text, self._verdicts.get(index)) for index, text in self._lines)
