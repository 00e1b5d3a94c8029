"""The words around the formula of a line of working: numbering, "so", "⇒", named operations.

What is taken off is on a short list; a line with any other word keeps it and is not read.
"""

import re
from dataclasses import dataclass
from typing import Final

from tutor_app.verify.answer import read_phrase
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.statement import parse_statement
from tutor_app.verify.syntax import Chain, Comparison, Statement, Sym, symbols
from tutor_app.verify.text import tidy, without_delimiters

_ARROW: Final = (
    r"(?:∴|⇒|⟹|⇔|⟺|=>|<=>|→|->|\\Rightarrow\b|\\implies\b|\\Longrightarrow\b|\\therefore\b"
    r"|\\iff\b|\\Leftrightarrow\b|\\Longleftrightarrow\b|\\to\b)"
)
_CONNECTIVE: Final = (
    r"(?:so|then|thus|hence|therefore|and so|and thus|that is|that gives|this gives|which gives"
    r"|gives|we get|we have|we obtain|we find|this means|which means|it follows that|now|finally"
    r"|i\.e\.|which is|or equivalently|equivalently|this is)"
)
_NAMING: Final = re.compile(r"(?i)(?:let|put|set|where|with|substitute|call)\s+(?=[a-z])")
_NUMBERING: Final = re.compile(
    r"(?i)(?:\(?\d{1,2}[.)]|\(?[a-h]\)|\([ivx]{1,4}\)|(?:step|line)\s+\d{1,2}\s*[:.)-]|[•*]|-(?=\s))\s+"
)
_LEAD: Final = re.compile(rf"(?i)(?:{_ARROW}|{_CONNECTIVE}(?![A-Za-z']))\s*[,:]?\s*")
_TAIL: Final = re.compile(
    r"\s*(?:✓|✔|√\s*$|\\checkmark|\\square|∎|□|\(?(?:checked|correct|ok|q\.?e\.?d\.?)\)?)\s*$",
    re.IGNORECASE,
)
_VALUE: Final = r"[^\s,;:()\[\]]+"
_SIDES: Final = r"(?:both\s+(?:the\s+)?sides?|each\s+side|both)"
_OPERATION: Final = (
    rf"(?:add(?:ing)?\s+{_VALUE}(?:\s+(?:to|on)\s+{_SIDES})?"
    rf"|subtract(?:ing)?\s+{_VALUE}(?:\s+(?:from|on)\s+{_SIDES})?"
    rf"|multipl(?:y|ying)\s+(?:{_SIDES}\s+)?(?:by|with)\s+{_VALUE}"
    rf"|divid(?:e|ing)\s+(?:{_SIDES}\s+)?by\s+{_VALUE}"
    rf"|multipl(?:y|ying)\s+out|expand(?:ing)?(?:\s+(?:the\s+)?brackets?)?|distribut(?:e|ing)"
    r"|simplif(?:y|ying)|factor(?:i[sz]e|i[sz]ing|ing)?|rearrang(?:e|ing)"
    r"|collect(?:ing)?\s+(?:like\s+)?terms|combin(?:e|ing)\s+like\s+terms|cancel(?:l?ing)?"
    rf"|squar(?:e|ing)\s+{_SIDES}|tak(?:e|ing)\s+(?:the\s+)?(?:square\s+)?roots?"
    r"(?:\s+of\s+both\s+sides)?|tak(?:e|ing)\s+logs?(?:\s+of\s+both\s+sides)?"
    r"|swap(?:ping)?\s+(?:the\s+)?sides|complet(?:e|ing)\s+the\s+square"
    r"|(?:by\s+)?the\s+quadratic\s+formula|quadratic\s+formula|null\s+factor\s+law"
    r"|zero[\s-]product(?:\s+(?:rule|property))?|common\s+denominator|substitut(?:e|ing))"
)
_LEADING_OPERATION: Final = re.compile(rf"(?i)(?P<words>{_OPERATION})\s*(?::|,?\s*{_ARROW})\s*")
_TRAILING_OPERATION: Final = re.compile(
    rf"(?i)\s+(?:\(\s*(?P<round>(?:by\s+)?{_OPERATION})\s*\)|\[\s*(?P<square>{_OPERATION})\s*\]"
    rf"|(?://|\\\\quad|--|#)\s*(?P<behind>{_OPERATION}))\s*$"
)
_MARGIN: Final = re.compile(r"\s+\|\s*(?P<sign>[-+:/÷*×·])\s*(?P<value>[^\s|]{1,12})\s*\|?\s*$")
_MARGIN_WORDS: Final = {
    "+": "add {} to both sides", "-": "subtract {} from both sides",
    ":": "divide both sides by {}", "/": "divide both sides by {}",
    "÷": "divide both sides by {}", "*": "multiply both sides by {}",
    "×": "multiply both sides by {}", "·": "multiply both sides by {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One line of working as it was understood.

    Attributes:
        statement: its formula; None where it could not be read.
        words: the operation it names for itself; empty if none.
        announced: the operation it names for the next line, in the margin; empty if none.
    """

    statement: Statement | None
    words: str = ""
    announced: str = ""


def read_line(line: str) -> WorkingLine:
    """One line of working."""
    if len(line) > TEXT_CHARS:
        return WorkingLine(None)
    text = tidy(without_delimiters(line))
    plain = _statement(text)
    if plain is not None:
        return WorkingLine(plain)
    naming = _NAMING.match(text)
    if naming:
        return WorkingLine(_name_given(text[naming.end() :]))
    bare, words, announced = _without_words(text)
    if bare == text:
        return WorkingLine(None)
    return WorkingLine(_statement(bare), words, announced)


def _statement(text: str) -> Statement | None:
    phrase = read_phrase(text)
    if phrase is not None:
        return phrase
    try:
        return parse_statement(text)
    except (Unreadable, RecursionError):
        return None


def _name_given(text: str) -> Statement | None:
    """`u = x^2` behind "let"; "let x = 3" only tries a value and is no step."""
    statement = _statement(text)
    match statement:
        case Chain((Sym(), value), (Comparison.EQ,)) if value is not None and symbols(value):
            return statement
        case _:
            return None


def _without_words(text: str) -> tuple[str, str, str]:
    """A line without the words around its formula, and the operations they name."""
    words: list[str] = []
    announced = ""
    numbering = _NUMBERING.match(text)
    if numbering:
        text = text[numbering.end() :]
    while True:
        named = _LEADING_OPERATION.match(text)
        lead = named or _LEAD.match(text)
        if not lead or lead.end() == len(text):
            break
        if named:
            words.append(named["words"])
        text = text[lead.end() :]
    text = tidy(_TAIL.sub("", text))
    trailing = _TRAILING_OPERATION.search(text)
    if trailing:
        words.append(trailing["round"] or trailing["square"] or trailing["behind"])
        text = tidy(text[: trailing.start()])
    margin = _MARGIN.search(text)
    if margin and text[: margin.start()].count("|") % 2 == 0:
        announced = _MARGIN_WORDS[margin["sign"]].format(margin["value"])
        text = tidy(text[: margin.start()])
    return text, "; ".join(words), announced
