from collections.abc import Callable

import pytest

from tests.ui.fakes import MODEL, FakeConversation, FakeHistory, Script, step_verdict
from tutor_app.core.code_block import CodeBlock
from tutor_app.core.events import (
    AttemptStarted,
    ProblemRead,
    Solved,
    StepJudged,
    StepSubmitted,
    TextWritten,
)
from tutor_app.core.ports import FinishReason, TaskReading
from tutor_app.core.records import Exchange, ExchangeState
from tutor_app.core.solution import Solution, Source
from tutor_app.core.verdict import Status
from tutor_app.ui.narration import Narration
from tutor_app.ui.operations import (
    AddText,
    CloseBlock,
    FoldAttempt,
    NoticeKind,
    Operation,
    PlaceSign,
    ShowCard,
    ShowFooter,
    ShowNotice,
    ShowStatus,
    SignState,
)

RIGHT = Script("3x = 15\n\\boxed{5}", lines={0: Status.VERIFIED})
WRONG = Script("3x = 25\n\\boxed{8}", "8", Status.REFUTED, {0: Status.REFUTED})


def tell(*scripts: Script, chosen: int = -1) -> list[Operation]:
    run = FakeConversation(FakeHistory(), *scripts, chosen=chosen).ask(None, "Solve")
    narration = Narration(run.exchange_id, "Solve")
    told = narration.begin()
    for event in run.events():
        told += narration.apply(event)
    return told


def text_of(told: list[Operation], part: str) -> str:
    return "".join(one.s for one in told if isinstance(one, AddText) and one.id.startswith(part))


def test_the_reading_of_the_problem_is_shown_until_text_comes() -> None:
    narration = Narration(1, "p")
    narration.begin()
    reading = TaskReading("solve-equation", "solve x = 1")
    assert narration.apply(ProblemRead(reading)) == [ShowStatus("a1", "Read as: solve x = 1")]
    narration.apply(AttemptStarted(0, 1, MODEL))
    assert narration.apply(TextWritten(0, "x", 1, 1.0))[0] == ShowStatus("a1", "")


def test_a_step_is_pending_until_it_is_judged() -> None:
    narration = Narration(1, "p")
    narration.apply(AttemptStarted(0, 1, MODEL))
    (pending,) = narration.apply(StepSubmitted(0, 3))
    (judged,) = narration.apply(StepJudged(0, 3, step_verdict(3, Status.REFUTED)))
    assert isinstance(pending, PlaceSign)
    assert isinstance(judged, PlaceSign)
    assert pending.sign is not None
    assert judged.sign is not None
    states = (pending.sign.state, judged.sign.state)
    assert states == (SignState.PENDING, SignState.REFUTED)


def test_a_step_that_claims_nothing_loses_its_pending_sign() -> None:
    narration = Narration(1, "p")
    narration.apply(AttemptStarted(0, 1, MODEL))
    narration.apply(StepSubmitted(0, 3))
    assert narration.apply(StepJudged(0, 3, None)) == [PlaceSign("a1.0.3", None)]


def test_a_sign_that_never_came_does_not_stay_pending() -> None:
    narration = Narration(1, "p")
    narration.apply(AttemptStarted(0, 1, MODEL))
    narration.apply(TextWritten(0, "a = 1\n", 1, 1.0))
    narration.apply(StepSubmitted(0, 0))
    assert PlaceSign("a1.0.0", None) in narration.fail("The model died.", "")


def test_an_earlier_attempt_is_folded_with_its_status() -> None:
    told = tell(WRONG, RIGHT)
    assert FoldAttempt("a1.0", "Attempt 1: refuted", SignState.REFUTED) in told
    assert text_of(told, "a1.1") == "3x = 15\\boxed{5}"


def test_an_earlier_attempt_that_was_chosen_is_shown_again() -> None:
    told = tell(RIGHT, WRONG, chosen=0)
    assert FoldAttempt("a1.1", "Attempt 2: refuted", SignState.REFUTED) in told
    assert text_of(told, "a1.2") == "3x = 15\\boxed{5}"
    assert [one.id for one in told if isinstance(one, PlaceSign)][-1] == "a1.2.0"


def test_an_answer_ends_with_card_and_numbers() -> None:
    told = tell(RIGHT)
    card, footer = told[-3], told[-2]
    assert isinstance(card, ShowCard)
    assert isinstance(footer, ShowFooter)
    assert footer.text == "23.4 tok/s · 812 tokens · 35 s · seed 7 · starter"


def test_a_computed_answer_is_not_dressed_up(make_solution: Callable[..., Solution]) -> None:
    narration = Narration(1, "p")
    told = narration.apply(Solved(make_solution(source=Source.COMPUTED)))
    (card,) = (one for one in told if isinstance(one, ShowCard))
    assert "not by the model" in card.card.source


def test_code_is_highlighted_and_kept_for_copying() -> None:
    narration = Narration(1, "p")
    narration.apply(AttemptStarted(0, 1, MODEL))
    told = narration.apply(TextWritten(0, "```python\nx = 1\n```\n", 1, 1.0))
    (close,) = (one for one in told if isinstance(one, CloseBlock))
    assert close.tokens is not None
    assert "".join(text for _, text in close.tokens) == "x = 1"
    assert narration.code("a1.0.0") == CodeBlock("python", "x = 1")
    assert narration.code("a1.0.9") is None


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (FinishReason.STOPPED, NoticeKind.STOPPED),
        (FinishReason.LENGTH, NoticeKind.LENGTH),
        (FinishReason.ERROR, NoticeKind.FAILED),
    ],
)
def test_an_unusual_end_has_its_own_words(
    make_solution: Callable[..., Solution], reason: FinishReason, kind: NoticeKind
) -> None:
    told = Narration(1, "p").apply(Solved(make_solution(finish_reason=reason)))
    assert [one.kind for one in told if isinstance(one, ShowNotice)] == [kind]


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (ExchangeState.FAILED, NoticeKind.FAILED),
        (ExchangeState.INTERRUPTED, NoticeKind.INTERRUPTED),
        (ExchangeState.STOPPED, NoticeKind.STOPPED),
    ],
)
def test_an_exchange_without_solution_keeps_its_text_and_says_why(
    state: ExchangeState, kind: NoticeKind
) -> None:
    exchange = Exchange(1, 1, "p", state, "half an ans", (), "The model died.", 0.0, None)
    narration = Narration(1, "p")
    told = narration.replay(exchange)
    assert [one.kind for one in told if isinstance(one, ShowNotice)] == [kind]
    assert narration.text == "half an ans"


def test_replay_writes_the_same_blocks_as_the_live_answer() -> None:
    history = FakeHistory()
    script = Script("a = 1\n\n- one\n  two\n<w>1\n2</w>\n```\nx\n```\nb", lines={0: Status.UNKNOWN})
    run = FakeConversation(history, script, chars=1).ask(None, "p")
    live = Narration(1, "p")
    told = [operation for event in run.events() for operation in live.apply(event)]
    again = Narration(1, "p").replay(history.exchanges(1)[0])
    for index in range(6):
        assert text_of(told, f"a1.0.{index}") == text_of(again, f"a1.0.{index}")
