"""A learner's working in words for the page: signs, notes and the summary card. No Qt."""

from tutor_app.core.typesetting import with_formulas
from tutor_app.core.verdict import Status, Verdict
from tutor_app.core.working import CheckedLine, CheckedWorking
from tutor_app.tutor.learner_lines import LearnerLine
from tutor_app.ui import wording
from tutor_app.ui.operations import Card, Fact, ShowWorking, Sign, SignState, WorkingLine

_HINT = "Type your working beside this page, one step a line. Every line is checked as you type."
_GIVEN = "Where the working starts; nothing to check it against"
_CARRIED = "Follows from the line before, but that came of a wrong line"


def working_page(
    problem: str,
    lines: tuple[LearnerLine, ...],
    found: CheckedWorking | None,
    *,
    caret: int,
    failure: str = "",
) -> ShowWorking:
    """What to show of a working.

    Args:
        problem: as typed by now.
        lines: as typed by now.
        found: the latest findings, perhaps about an earlier text; None if there are none.
        caret: number of the line where the cursor is.
        failure: why there will be no findings; empty if they are there or on their way.
    """
    is_current = found is not None and _is_about(found, problem, lines)
    unchanged = _unchanged(found, problem, lines)
    return ShowWorking(
        problem=with_formulas(problem),
        reading=_problem_reading(found, problem),
        card=_card(found if is_current else None, lines, failure),
        lines=tuple(
            _current_line(found, index) if found is not None and is_current
            else _earlier_line(found if index < unchanged else None, line, index)
            for index, line in enumerate(lines)
        ),
        caret=caret,
        hint="" if lines else _HINT,
    )  # fmt: skip


def _is_about(found: CheckedWorking, problem: str, lines: tuple[LearnerLine, ...]) -> bool:
    shown = tuple((line.number, line.text) for line in lines)
    known = tuple((line.number, line.text) for line in found.lines)
    return found.problem == problem.strip() and shown == known


def _problem_reading(found: CheckedWorking | None, problem: str) -> str:
    if not problem.strip() or found is None or found.problem != problem.strip():
        return ""
    if found.reading:
        return f"Read as: {found.reading}"
    return "I did not recognise this problem, so the final answer is not checked against it."


def _current_line(found: CheckedWorking, index: int) -> WorkingLine:
    line = found.lines[index]
    is_first_wrong = index == found.first_wrong
    return WorkingLine(
        line.number, with_formulas(line.text), sign_of_line(line), _note(line, is_first_wrong),
        is_first_wrong,
    )  # fmt: skip


def _earlier_line(found: CheckedWorking | None, line: LearnerLine, index: int) -> WorkingLine:
    """A line whose findings are on their way, with its old sign where nothing before it changed."""
    source = with_formulas(line.text)
    if found is None:
        return WorkingLine(line.number, source, wording.PENDING_SIGN)
    return WorkingLine(line.number, source, sign_of_line(found.lines[index]), is_stale=True)


def _unchanged(found: CheckedWorking | None, problem: str, lines: tuple[LearnerLine, ...]) -> int:
    """How many lines from the first on are still as they were when they were checked."""
    if found is None or found.problem != problem.strip():
        return 0
    count = 0
    for old, new in zip(found.lines, lines, strict=False):
        if old.text != new.text:
            break
        count += 1
    return count


def sign_of_line(line: CheckedLine) -> Sign:
    """The sign beside a line; a step that follows from a wrong line has one of its own."""
    if line.is_given:
        return Sign(SignState.GIVEN, _GIVEN, title=f"{_GIVEN}.", reading=line.verdict.reading)
    sign = wording.sign_of(line.verdict)
    if not line.is_carried:
        return sign
    return Sign(
        state=SignState.CARRIED,
        label=f"{_CARRIED} – show why",
        title=f"{_CARRIED}.",
        evidence=(line.verdict.reason, *sign.evidence) if line.verdict.reason else sign.evidence,
        how=sign.how,
        reading=sign.reading,
    )


def _note(line: CheckedLine, is_first_wrong: bool) -> tuple[str, ...]:
    """What a line that is not right says without being asked."""
    if line.is_carried:
        return ("follows, but from a wrong line",)
    verdict = line.verdict
    if verdict.status is Status.VERIFIED or line.is_given:
        return ()
    told = [f"First line that does not follow: {verdict.reason}" if is_first_wrong
            else verdict.reason]  # fmt: skip
    if line.slip:
        told.append(line.slip)
    if _letters(verdict.reading) != _letters(line.text):
        told.append(f"Read as: {verdict.reading}" if verdict.reading else "Not read as a formula")
    return tuple(one for one in told if one)


def _letters(text: str) -> str:
    """A line without what a reading only spells out: spaces and signs of multiplication."""
    return "".join(text.split()).replace("*", "")


# -- the card -----------------------------------------------------------------------------


def _card(
    found: CheckedWorking | None, lines: tuple[LearnerLine, ...], failure: str
) -> Card | None:
    if failure:
        return _plain_card(SignState.UNKNOWN, failure)
    if not lines:
        return None
    if found is None:
        return _plain_card(SignState.PENDING, "Checking…")
    answer = found.answer
    return Card(
        state=_card_state(found),
        title=found.summary,
        sentence="",
        answer="",
        source="",
        more="How the final answer was checked",
        facts=_answer_facts(answer) if answer is not None else (),
        evidence=tuple(one.text for one in answer.evidence) if answer is not None else (),
        attempts=(),
    )


def _plain_card(state: SignState, title: str) -> Card:
    return Card(state, title, "", "", "", "", (), (), ())


def _card_state(found: CheckedWorking) -> SignState:
    if found.first_wrong is not None:
        return SignState.REFUTED
    is_solved = found.answer is None or found.answer.is_complete
    is_whole = found.is_complete and is_solved and (len(found.lines) > 1 or found.answer)
    return SignState.VERIFIED if is_whole else SignState.UNKNOWN


def _answer_facts(answer: Verdict) -> tuple[Fact, ...]:
    facts = [Fact("Final answer", wording.status_words(answer.status))]
    if answer.reading:
        facts.append(Fact("Read as", answer.reading))
    if answer.assumptions:
        facts.append(Fact("Assuming", "; ".join(answer.assumptions)))
    return tuple(facts)
