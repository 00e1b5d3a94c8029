"""Answers that are words: option letters, yes and no, a denial, an alternative, nothing at all."""

import re
from typing import Final

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.answer import read_answer
from tutor_app.verify.comparison import compare_expressions
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.syntax import (
    Call,
    Chain,
    Comparison,
    Const,
    Expr,
    Joiner,
    Listing,
    Num,
    Statement,
    Sym,
    contains,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.text import boxes, final_answer, tidy, without_delimiters
from tutor_app.verify.verdicts import refuted_verdict, unknown_verdict
from tutor_app.verify.zero import Answer

_WRAPPER: Final = re.compile(r"\\(?:text|textrm|textbf|textit|mathrm|mathbf|mbox)\s*\{([^{}]*)\}")
_EMPTY_BOX: Final = re.compile(r"\s*\$*\s*\\(?:boxed|fbox)\s*\{\s*\}\s*\$*\s*\.?\s*")
_OPTION: Final = re.compile(
    r"(?:(?P<word>(?:the\s+)?(?:correct\s+)?(?:option|choice|answer)(?:\s+is)?(?:\s+(?:option|choice))?)"
    r"\s*:?\s*)?(?P<open>[(\[])?\s*(?P<letter>[A-Ha-h])\s*(?P<close>[)\].:])?",
    re.IGNORECASE,
)
_DENIAL: Final = re.compile(
    r"(?i)(?:(?:so|thus|hence|therefore),?\s+)?(?:the\s+|my\s+)?(?:final\s+)?"
    r"(?:answer|result|solution|it|value)\s*(?:is\s+not|isn['’]t|is\s+definitely\s+not|cannot\s+be"
    r"|can['’]t\s+be|is\s+never)\s+(?:equal\s+to\s+)?(?P<value>.+)"
)
_OPPOSITES: Final = {"yes": "no", "no": "yes", "true": "false", "false": "true"}
_SPACED_GROUP: Final = re.compile(r"\d{3}")


def compare_words(gold: str, answer: str) -> Verdict | None:
    """Whether two answers are the same where one of them is words; None where neither is.

    Raises:
        Unreadable: an answer is not closed, or there are two.
    """
    if len(gold) > TEXT_CHARS or len(answer) > TEXT_CHARS:
        return None
    if _is_empty(answer) and not _is_empty(gold):
        return refuted_verdict(Method.FORM, "no answer is given")
    gold_words, words = _words(gold), _words(answer)
    for compare in (_compare_options, _compare_truth):
        verdict = compare(gold_words, words)
        if verdict is not None:
            return verdict
    return _compare_denial(gold, words)


def _is_empty(text: str) -> bool:
    return not text.strip(" $.\t\n") or _EMPTY_BOX.fullmatch(text) is not None


def _words(text: str) -> str:
    found = boxes(text)
    plain = found[-1] if found else text
    return tidy(without_delimiters(_WRAPPER.sub(r" \1 ", plain).replace("*", " ")))


# -- option letters -----------------------------------------------------------------------


def _compare_options(gold: str, answer: str) -> Verdict | None:
    first, second = _option(gold), _option(answer)
    if first is None or second is None:
        return None
    if first == second:
        return _verified(f"both are {first}", second)
    if first.upper() == second.upper():
        return unknown_verdict(Method.AMBIGUOUS, "a small and a capital letter", second)
    return refuted_verdict(Method.ENUMERATION, f"{second} is not {first}", second)


def _option(text: str) -> str | None:
    """The letter of a choice such as `B`, `(B)` or `Option B`."""
    found = _OPTION.fullmatch(text.strip())
    if found is None or (found["open"] in {"(", "["}) != (found["close"] in {")", "]"}):
        is_list_mark = found is not None and not found["open"] and found["close"] == ")"
        if found is None or not is_list_mark:
            return None
    is_marked = bool(found["word"] or found["open"])
    letter = found["letter"]
    # A small letter alone is a letter of a formula.
    return letter if letter.isupper() or is_marked else None


# -- yes and no ---------------------------------------------------------------------------


def _compare_truth(gold: str, answer: str) -> Verdict | None:
    first, second = gold.strip().lower(), answer.strip().lower()
    if first not in _OPPOSITES or second not in _OPPOSITES:
        return None
    if first == second:
        return _verified(f"both are “{first}”", second)
    if _OPPOSITES[first] == second:
        return refuted_verdict(Method.ENUMERATION, f"“{second}” is the opposite", second)
    return unknown_verdict(Method.AMBIGUOUS, "one says yes or no, the other true or false", second)


# -- denials and alternatives -------------------------------------------------------------


def _compare_denial(gold: str, answer: str) -> Verdict | None:
    found = _DENIAL.fullmatch(answer)
    if found is None:
        return None
    denied = f"an answer that only says what is not: not {found['value']}"
    try:
        wanted, value = read_answer(final_answer(gold)), read_answer(found["value"])
    except Unreadable:
        return unknown_verdict(Method.AMBIGUOUS, denied)
    if isinstance(wanted, Expr) and isinstance(value, Expr) and _is_same(wanted, value):
        return refuted_verdict(Method.EXACT_ARITHMETIC, "it denies the right answer")
    return unknown_verdict(Method.AMBIGUOUS, denied)


def _is_same(left: Expr, right: Expr) -> bool:
    if contains_plus_minus(left) or contains_plus_minus(right):
        return False
    return compare_expressions(left, right).answer is Answer.YES


def compare_alternatives(gold: Statement, answer: Statement, reading: str) -> Verdict | None:
    """`7 or 8` where the reference is one number: not the same answer, whichever is meant.

    None where the answer is no list, or might be one number written with commas.
    """
    if not (isinstance(gold, Expr) and isinstance(answer, Listing)):
        return None
    if symbols(gold) or contains_plus_minus(gold) or contains(gold, Const):
        return None
    values = [_value(item) for item in answer.items]
    if answer.joiner is Joiner.COMMA and not _is_clearly_list(answer):
        return None
    for value in values:
        if value is None:
            return None
    others = [value for value in values if value is not None]
    if any(compare_expressions(gold, value).answer is Answer.NO for value in others):
        text = "several values are given where the reference is one"
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    return None


def _value(item: Statement) -> Expr | None:
    match item:
        case Chain((Sym(), value), (Comparison.EQ,)) if value is not None:
            return _number(value)
        case _:
            return _number(item) if isinstance(item, Expr) else None


def _number(node: Expr) -> Expr | None:
    is_plain = not (symbols(node) or contains_plus_minus(node) or contains(node, (Call, Const)))
    return node if is_plain else None


def _is_clearly_list(listing: Listing) -> bool:
    """Whether commas cannot be decimal commas or group digits."""
    if len(listing.items) < 3:
        return False
    return all(
        isinstance(item, Num) and not _SPACED_GROUP.fullmatch(str(item.value))
        for item in listing.items[1:]
    )


def _verified(text: str, reading: str) -> Verdict:
    evidence = (Evidence(Method.ENUMERATION, text),)
    return Verdict(Status.VERIFIED, Method.ENUMERATION, evidence, reading=reading)
