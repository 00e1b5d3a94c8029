r"""Reads texts with units: `9.8\,\mathrm{m/s^2}`, `72 * 1000 m / 3600 s`, `\$5.00`.

Only a unit behind a number, a bracket or a fraction is a unit; elsewhere `m` is a letter. Units
become marked letters of the ordinary syntax tree, so that everything else is read as always.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from tutor_app.verify.compound_unit import CLOSE, OPEN, CompoundUnit, UnitRun, scan_unit
from tutor_app.verify.lexer import Kind
from tutor_app.verify.limits import TEXT_CHARS, Unreadable
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.statement import StatementParser
from tutor_app.verify.syntax import (
    Bin,
    Chain,
    Expr,
    Listing,
    Num,
    Operator,
    Statement,
    Sym,
    walk,
)
from tutor_app.verify.units import units_called

_MARK: Final = "vartheta"
_READINGS: Final = 12
_UNITS: Final = 24
_NODES: Final = 300
_SIGNS: Final = (
    (re.compile(r"[μ\u00b5]|\\(?:mu|micro)(?![A-Za-z])\s*(?=\\(?:math|text)|[A-Za-z])"), "µ"),
    (re.compile(r"[Ω\u2126]|\\(?:Omega|ohm)(?![A-Za-z])"), "Ω"),
    (re.compile(r"℃"), "°C"),
    (re.compile(r"℉"), "°F"),
    (re.compile(r"\^\s*(?:\\circ|\{\s*\\circ\s*\})|\\degree(?![A-Za-z])|\\celsius"), "°"),
    (re.compile(r"\\pounds(?![A-Za-z])"), "£"),
    (re.compile(r"\\euro(?![A-Za-z])"), "€"),
    (re.compile(r"\\\$"), "$"),
    (re.compile(r"[²³]|⁻[¹²³]"), ""),
    (re.compile(r"\\cdot(?![A-Za-z])|[·⋅∙]"), "*"),
    (re.compile(r"\\[,;:! ]|~|\\q?quad(?![A-Za-z])|[\u00a0\u2009\u202f]"), " "),
    (re.compile(r"[−–]"), "-"),
)
_SUPERSCRIPTS: Final = str.maketrans("⁻¹²³", "-123")
_TEXT: Final = re.compile(
    r"\\(?:text|textrm|textbf|textit|mathrm|mathsf|mathbf|mbox|operatorname|unit|si)"
    r"\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}"
)
_FRACTION: Final = re.compile(r"\\[dt]?frac\s*\{([^{}\d]*(?:\^\{?\d\}?)?[^{}\d]*)\}\s*"
                              r"\{([^{}\d]*(?:\^\{?\d\}?)?[^{}\d]*)\}")  # fmt: skip
_AMOUNT: Final = re.compile(r"\s*\d+(?:(?:,|\{,\})\d{3})*(?:\.\d+)?|\s*\.\d+")
_ENDS_VALUE: Final = re.compile(r"(?:\d|[)\]}%π]|(?<=\d)\.|\\pi)$")
_GROUPED: Final = re.compile(r"(?<![\d.])(\d{1,3}(?: \d{3})+)(?![\d])")


_PAIR: Final = re.compile(
    rf"(?<![\\w.^*/)-])(?<![-*/^] )(?P<a>\d+) +\\{_MARK}_\{{(?P<i>\d+)\}} +(?P<and>and +)?"
    rf"(?P<b>\d+(?:\.\d+)?) +\\{_MARK}_\{{(?P<j>\d+)\}}"
)
_LARGER_AND_SMALLER: Final = frozenset(
    {
        ("h", "min"), ("min", "s"), ("day", "h"), ("week", "day"), ("m", "cm"), ("km", "m"),
        ("ft", "in"), ("lb", "oz"), ("kg", "g"), ("£", "p"), ("$", "cents"), ("€", "cents"),
        ("L", "mL"), ("cm", "mm"),
    }
)  # fmt: skip
_JOINED_BY_AND: Final = frozenset({"h", "min", "day", "week", "ft", "lb", "£", "$", "€"})


@dataclass(frozen=True, slots=True)
class QuantityText:
    """One reading of a text with units.

    Attributes:
        statement: its syntax; units are marked letters.
        units: what the marked letters stand for, by number.
    """

    statement: Statement
    units: tuple[CompoundUnit, ...]

    def unit_of(self, node: Expr) -> CompoundUnit | None:
        """The unit that a node stands for, None if it is none."""
        if not isinstance(node, Sym):
            return None
        head, _, number = node.name.partition("_")
        return self.units[int(number)] if head == _MARK else None


@dataclass(frozen=True, slots=True)
class Quantities:
    """All readings of a text with units.

    Attributes:
        readings: the likeliest first.
        is_sure: no reading without units is plausible.
        is_spaced: every unit stands apart from its number, as units do and letters do not.
    """

    readings: tuple[QuantityText, ...]
    is_sure: bool
    is_spaced: bool


class _QuantityParser(StatementParser):
    """Binds a unit to the number before it; `10/2 m` is then 10/(2 m), or else (10/2) m."""

    def __init__(self, text: str, *, is_tight: bool) -> None:
        super().__init__(text)
        self._is_tight = is_tight
        self._takes_units = True

    def _is_unit_next(self) -> bool:
        return self._next.kind is Kind.SYMBOL and self._next.text == _MARK

    def _with_units(self, value: Expr) -> Expr:
        while self._takes_units and self._is_unit_next():
            value = Bin(Operator.MUL, value, self._symbol())
        return value

    def _powers(self, base: Expr) -> Expr:
        return self._with_units(super()._powers(base))

    def _exponent(self) -> Expr:
        held, self._takes_units = self._takes_units, False
        exponent = super()._exponent()
        self._takes_units = held
        return exponent

    def _group(self) -> Expr:
        held, self._takes_units = self._takes_units, True
        inner = super()._group()
        self._takes_units = held
        return inner

    def _arguments(self) -> tuple[Expr, ...]:
        held, self._takes_units = self._takes_units, True
        args = super()._arguments()
        self._takes_units = held
        return args

    def _number(self) -> Expr:
        """A number; `3 * 10^8` is one number too."""
        value = super()._number()
        tokens = [(token.kind, token.text) for token in self._tokens[self._at : self._at + 3]]
        power = [(Kind.OPERATOR, "*"), (Kind.NUMBER, "10"), (Kind.OPERATOR, "^")]
        if not self._is_tight or not isinstance(value, Num) or tokens != power:
            return value
        self._at += 3
        ten = Num(value.value * 0 + 10)
        return Bin(Operator.MUL, value, Bin(Operator.POW, ten, self._exponent()))

    def _product(self, left: Expr) -> Expr:
        if self._is_tight or not self._is_operator("/", "÷"):
            return super()._product(left)
        held, self._takes_units = self._takes_units, False
        quotient = super()._product(left)
        self._takes_units = held
        return self._with_units(quotient)

    def _starts_atom(self) -> bool:
        return not self._is_unit_next() and super()._starts_atom()


def read_quantities(text: str) -> Quantities | None:
    """A text with units, None if no number in it has one.

    Raises:
        Unreadable: it has units, but is not one statement that can be read.
    """
    if len(text) > TEXT_CHARS:
        raise Unreadable(f"the text is longer than {TEXT_CHARS} characters")
    marked = _Marker(normal_quantity_text(text)).marked()
    if not marked.runs or _MARK in text:
        return None
    statements: list[Statement] = []
    error = Unreadable("")
    for is_tight in (True, False):
        try:
            statement = _QuantityParser(marked.text, is_tight=is_tight).whole_statement()
        except Unreadable as failure:
            error = failure
            continue
        check_length(statement)
        if statement not in statements:
            statements.append(statement)
    if not statements:
        raise error
    readings = tuple(_readings(statements, marked.runs))
    is_lettered = all(run.is_lettered for run in marked.runs)
    has_slash = any(len(run.candidates[0].factors) > 1 and "/" in run.candidates[0].symbol
                    for run in marked.runs)  # fmt: skip
    is_spaced = not any(run.is_glued and run.is_lettered for run in marked.runs)
    return Quantities(readings, not is_lettered or (is_spaced and has_slash), is_spaced)


def _readings(statements: list[Statement], runs: tuple[UnitRun, ...]) -> Iterator[QuantityText]:
    choices = tuple(product(*(run.candidates for run in runs)))
    if len(choices) * len(statements) > _READINGS:
        choices = (choices[0],)
    for statement in statements:
        for units in choices:
            yield QuantityText(statement, units)


def normal_quantity_text(text: str) -> str:
    """LaTeX spacing and signs in one form, texts in marks where they could be units."""
    for pattern, replacement in _SIGNS:
        if replacement:
            text = pattern.sub(replacement, text)
        else:
            text = pattern.sub(
                lambda found: "^{" + found.group().translate(_SUPERSCRIPTS) + "}", text
            )
    text = _TEXT.sub(_marked_text, text)
    text = re.sub(rf"µ\s*{OPEN}\s*", f"{OPEN}µ", text)
    text = re.sub(rf"{OPEN}\s*([mkMG])\s*{CLOSE}\s*Ω", rf"{OPEN}\1Ω{CLOSE}", text)
    text = re.sub(rf"°\s*{OPEN}\s*([CF])\s*{CLOSE}", rf"{OPEN}°\1{CLOSE}", text)
    text = _FRACTION.sub(_marked_fraction, text)
    return _GROUPED.sub(lambda found: found.group().replace(" ", ""), text)


def _marked_text(found: "re.Match[str]") -> str:
    inside = found.group(1)
    words = inside.strip()
    first = re.match(r"[A-Za-zµΩ°$£€₹/(]+", words)
    if first is None or words in {"or", "and", "of"}:
        return found.group()
    return f" {OPEN}{words}{CLOSE}" if inside[:1].isspace() else f"{OPEN}{words}{CLOSE}"


def _marked_fraction(found: "re.Match[str]") -> str:
    r"""`\frac{\text{m}}{\text{s}}` as one unit."""
    top, bottom = (scan_unit(part, 0) for part in found.groups())
    is_unit = (
        top is not None and bottom is not None
        and top.end == len(found.group(1)) and bottom.end == len(found.group(2))
        and found.string[: found.start()].rstrip()[-1:].isdigit()
    )  # fmt: skip
    return f" {OPEN}{found.group(1)}/({found.group(2)}){CLOSE}" if is_unit else found.group()


@dataclass(frozen=True, slots=True)
class _Marked:
    text: str
    runs: tuple[UnitRun, ...]


class _Marker:
    """Puts a marked letter in the place of each unit."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._done: list[str] = []
        self._runs: list[UnitRun] = []

    def marked(self) -> _Marked:
        """The text with its units marked.

        Raises:
            Unreadable: a unit can be read two ways.
        """
        while self._at < len(self._text):
            if not (self._take_money() or self._take_unit()):
                self._done.append(self._text[self._at])
                self._at += 1
            if len(self._runs) > _UNITS:
                raise Unreadable(f"more than {_UNITS} units")
        joined = _PAIR.sub(self._sum, "".join(self._done))
        return _Marked(joined, tuple(self._runs))

    def _sum(self, found: "re.Match[str]") -> str:
        """`2 h 30 min` as a sum; a unit next to a larger one of its kind."""
        pair = tuple(self._runs[int(found[name])].candidates[0].symbol for name in ("i", "j"))
        if pair not in _LARGER_AND_SMALLER or (found["and"] and pair[0] not in _JOINED_BY_AND):
            return found.group()
        large, small = (rf"{found[name]} \{_MARK}_{{{found[number]}}}"
                        for name, number in (("a", "i"), ("b", "j")))  # fmt: skip
        return f"({large} + {small}) "

    def _mark(self, run: UnitRun) -> str:
        self._runs.append(run)
        return rf"\{_MARK}_{{{len(self._runs) - 1}}} "

    def _take_money(self) -> bool:
        """`$5`, `$3/kg`: the sign stands before its number."""
        sign = self._text[self._at]
        if sign not in "$£€₹":
            return False
        amount = _AMOUNT.match(self._text, self._at + 1)
        if amount is None:
            return False
        end = amount.end()
        run = UnitRun((CompoundUnit(((units_called(sign)[0], 1),)),), end, False, False)
        rate = re.compile(r"\s*(?:/|per\b)\s*(?=[A-Za-z])").match(self._text, end)
        if rate:
            whole = f"{sign}/{self._text[rate.end() :]}"
            found = scan_unit(whole, 0)
            if found is not None and len(found.candidates[0].factors) > 1:
                end = rate.end() + found.end - 2
                run = UnitRun(found.candidates[:1], end, False, False)
        if re.compile(r"\s*[A-Za-z]").match(self._text, end):
            raise Unreadable("I did not understand what follows the amount of money")
        self._done.append(f"{amount.group()} {self._mark(run)}")
        self._at = end
        return True

    def _take_unit(self) -> bool:
        before = "".join(self._done[-4:]).rstrip()
        if not _ENDS_VALUE.search(before) and not before.endswith(f"{CLOSE}"):
            return False
        if self._done and self._done[-1].isspace():
            return False  # it was tried where the space began
        run = scan_unit(self._text, self._at)
        if run is None or (run.is_lettered and (before[-1:].isalpha() or self._is_letter(run))):
            return False
        self._done.append(f" {self._mark(run)}")
        self._at = run.end
        return True

    def _is_letter(self, run: UnitRun) -> bool:
        """Whether more letters or a bracket follow, as in `2 m v^2` and `2 m(x+1)`."""
        return re.compile(r"\s*(?:[A-Za-z(_!']|\\[A-Za-z])").match(self._text, run.end) is not None


def single_quantity(text: QuantityText) -> tuple[Expr, CompoundUnit] | None:
    """A statement that is one number with one unit behind it, such as `5 km`."""
    match text.statement:
        case Bin(Operator.MUL, value, unit):
            found = text.unit_of(unit)
            is_plain = not any(isinstance(part, Sym) for part in walk(value))
            return None if found is None or not is_plain else (value, found)
        case _:
            return None


def has_units(text: QuantityText, node: Expr) -> bool:
    """Whether a unit occurs in an expression."""
    return any(text.unit_of(part) is not None for part in walk(node))


def shown(text: QuantityText) -> str:
    """A reading in plain text, so that a reader can confirm it."""
    plain = render_statement(text.statement)
    return re.sub(rf"\*?{_MARK}_(\d+)", lambda mark: f" {text.units[int(mark[1])].symbol}", plain)


def check_length(statement: Statement) -> None:
    """Refuse an expression with so many parts that walking through it could fail.

    Raises:
        Unreadable: it has too many.
    """
    for part in expressions_of(statement):
        if sum(1 for _ in walk(part)) > _NODES:
            raise Unreadable(f"more than {_NODES} parts in a calculation with units")


def expressions_of(statement: Statement) -> tuple[Expr, ...]:
    """The expressions in a statement."""
    match statement:
        case Chain(operands):
            return tuple(part for part in operands if part is not None)
        case Listing(items):
            return tuple(part for item in items for part in expressions_of(item))
        case _:
            return (statement,) if isinstance(statement, Expr) else ()
