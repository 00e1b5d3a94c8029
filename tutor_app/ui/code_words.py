"""Code mode in words: the card under an answer, and the notes under the field. No Qt."""

from tutor_app.core.code_answer import CodeAnswer, CodeStatus, TriedExample
from tutor_app.core.events import ProgramTried
from tutor_app.core.program import Language
from tutor_app.core.records import Mode
from tutor_app.tutor.examples import read_examples
from tutor_app.ui.operations import Fact, ProgramCard, SignState, TestRow
from tutor_app.ui.run_report import LANGUAGE_NAMES, isolation_badge, memory_words

MODE_NAMES = {Mode.SOLVE: "Solve", Mode.PYTHON: "Python", Mode.CPP: "C++"}
NEEDS_LARGER_MODEL = (
    "The built-in model has not learnt to write programs; import a larger model for that "
    "(File > Import model)."
)
_STATES = {
    CodeStatus.PASSED: SignState.RAN,
    CodeStatus.RAN: SignState.RAN,
    CodeStatus.FAILED: SignState.REFUTED,
    CodeStatus.NOT_RUN: SignState.UNKNOWN,
}
_MOST_IN_A_CELL = 600
_NOTHING = "(nothing)"


def card_of(answer: CodeAnswer) -> ProgramCard:
    """The card under a finished answer in code mode."""
    kinds = {example.is_call for example in answer.examples}
    given = {frozenset({True}): "Call", frozenset({False}): "Input"}
    return ProgramCard(
        state=_STATES[answer.status],
        title=answer.badge.capitalize(),
        sentence=_sentence(answer),
        note=_note(answer),
        given=given.get(frozenset(kinds), "Given"),
        rows=tuple(_row(example) for example in answer.examples),
        output=answer.output if answer.status in {CodeStatus.RAN, CodeStatus.FAILED} else "",
        more="How it was run",
        facts=_facts(answer),
    )


def _sentence(answer: CodeAnswer) -> str:
    match answer.status:
        case CodeStatus.PASSED:
            return "It did what the examples ask. That does not prove it right for anything else."
        case CodeStatus.RAN:
            return "It ran to its end. No example says what it should do, so nothing was compared."
        case CodeStatus.FAILED if answer.examples:
            return "It did not do what the examples ask: the program is wrong, or an example is."
        case CodeStatus.FAILED | CodeStatus.NOT_RUN:
            return answer.reason


def _note(answer: CodeAnswer) -> str:
    if answer.is_repaired:
        return f"This is a second try, because the first failed: {answer.first_failure}"
    if answer.tries > 1:
        return "A second try was no better; this is the first."
    return ""


def _row(example: TriedExample) -> TestRow:
    texts = (example.asked, example.expected, example.found)
    given, expected, found = (_cell(text) for text in texts)
    return TestRow(given, expected, found, example.has_passed)


def _cell(text: str) -> str:
    shown = text.rstrip()
    if len(shown) > _MOST_IN_A_CELL:
        shown = shown[:_MOST_IN_A_CELL] + "…"
    return shown or _NOTHING


def _facts(answer: CodeAnswer) -> tuple[Fact, ...]:
    if answer.isolation is None:
        return ()
    return (
        Fact("Language", LANGUAGE_NAMES[answer.language]),
        Fact("Protection", f"{isolation_badge(answer.isolation)}. {answer.isolation.sentence}"),
        Fact("Time", f"{answer.run_seconds:.2f} s in all runs together"),
        Fact("Memory", memory_words(answer.memory_bytes)),
    )


def trying_words(examples: int) -> str:
    """What is being done while the program runs."""
    if not examples:
        return "Running the program…"
    noun = "example" if examples == 1 else "examples"
    return f"Trying the program on {examples} {noun}…"


def try_words(event: ProgramTried) -> tuple[str, SignState]:
    """A try that is over, for its folded heading."""
    words = f"{event.status}: {event.reason}" if event.reason else str(event.status)
    return words, _STATES[event.status]


def examples_note(lines: str, language: Language) -> str:
    """What was understood of the lines typed as examples."""
    found, unreadable = read_examples(lines, language)
    shape = "input => output"
    if language is Language.PYTHON:
        shape += " or add(2, 3) == 5"
    if unreadable:
        return f"Line {unreadable[0]} is no example: write {shape}."
    if not found:
        return f"With examples the program is tried on them: write {shape}, one a line."
    noun = "example" if len(found) == 1 else "examples"
    return f"The program will be tried on {len(found)} {noun}."
