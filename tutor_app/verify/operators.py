"""Operators, powers and what stands behind an atom: the Pratt part of the parser."""

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Final

from tutor_app.verify.lexer import Kind, Lexer, Token
from tutor_app.verify.limits import NESTING, Unreadable
from tutor_app.verify.numeral import parse_number
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Const,
    Degrees,
    Derivative,
    Expr,
    Neg,
    Num,
    Operator,
    Percent,
    Sym,
)

ADDITION: Final = 10
_MUL: Final = 20
_UNARY: Final = 25
_IMPLICIT: Final = 20
_POW: Final = 40
_SUMS: Final = {
    "+": Operator.ADD, "-": Operator.SUB, "±": Operator.PLUS_MINUS, "∓": Operator.MINUS_PLUS,
}  # fmt: skip
_PRODUCTS: Final = {"*": Operator.MUL, "/": Operator.DIV, "÷": Operator.DIV}
_ATOM_KINDS: Final = frozenset(
    {Kind.SYMBOL, Kind.CONSTANT, Kind.FUNCTION, Kind.DERIVATIVE, Kind.BEGIN}
)


class OperatorParser(ABC):
    """Joins atoms to expressions; subclasses know the atoms."""

    def __init__(self, text: str) -> None:
        self._tokens = Lexer(text).tokens()
        self._at = 0
        self._depth = 0
        self._open_bars = 0

    # -- tokens ---------------------------------------------------------------------------

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        if token.kind is not Kind.END:
            self._at += 1
        return token

    def _is_operator(self, *texts: str) -> bool:
        return self._next.kind is Kind.OPERATOR and self._next.text in texts

    def _is_kind(self, kind: Kind) -> bool:
        return self._next.kind is kind

    def _is_command(self, name: str) -> bool:
        return self._next.kind is Kind.COMMAND and self._next.text == name

    def _expect(self, text: str) -> None:
        if not self._is_operator(text):
            raise Unreadable(f"“{text}” is missing")
        self._take()

    @abstractmethod
    def _atom(self) -> Expr:
        """A number, letter, function value or group."""

    @abstractmethod
    def _group(self) -> Expr:
        """An expression in brackets."""

    @abstractmethod
    def _vector_product(self, sign: str, left: Expr, right: Expr) -> Expr:
        """The product of two factors, which may be vectors."""

    @abstractmethod
    def _is_transposed(self, base: Expr) -> bool:
        """Whether what stands behind `^` transposes the base."""

    @abstractmethod
    def _transposed(self, base: Expr) -> Expr:
        """The transpose of a base, its sign being next."""

    @abstractmethod
    def _is_matrix_ahead(self) -> bool:
        """Whether a matrix in square brackets starts here."""

    # -- expressions ----------------------------------------------------------------------

    def _expression(self, binding: int = 0) -> Expr:
        self._depth += 1
        if self._depth > NESTING:
            raise Unreadable(f"more than {NESTING} levels of brackets")
        left = self._prefix()
        while True:
            extended = self._extend(left, binding)
            if extended is None:
                break
            left = extended
        self._depth -= 1
        return left

    def _extend(self, left: Expr, binding: int) -> Expr | None:
        token = self._next
        if token.kind is Kind.OPERATOR:
            if token.text in _SUMS and binding < ADDITION:
                self._take()
                return Bin(_SUMS[token.text], left, self._expression(ADDITION))
            if token.text in _PRODUCTS and binding < _MUL:
                return self._product(left)
        if token.kind is Kind.OF:
            return self._share(left, binding)
        if binding < _IMPLICIT and self._starts_atom():
            return self._implicit_product(left)
        return None

    def _product(self, left: Expr) -> Expr:
        sign = self._take()
        right = self._expression(_MUL)
        if _PRODUCTS[sign.text] is Operator.DIV and self._is_operator("/", "÷"):
            right = self._divisor(sign, right)
        if sign.text in "/÷" and self._starts_atom():
            raise Unreadable(
                "after a slash, a product without a sign can be read two ways; use brackets",
                is_ambiguous=True,
            )
        if _PRODUCTS[sign.text] is Operator.MUL:
            return self._vector_product(sign.sign, left, right)
        return Bin(Operator.DIV, left, right)

    def _divisor(self, sign: Token, right: Expr) -> Expr:
        """What a division divides by, where another division follows.

        `8/4/2` is read from the left; in `2/3 ÷ 4/5` the spaces say that 4/5 is a fraction.
        """
        if (
            sign.text == "/"
            and not self._is_operator("÷")
            and (sign.is_spaced == self._next.is_spaced)
        ):
            return right
        if sign.text == "÷" and self._is_operator("÷"):
            return right
        if sign.text == "/" and self._is_operator("÷") and self._next.is_spaced:
            return right
        is_fraction = (
            sign.text == "÷"
            and sign.is_spaced
            and not self._next.is_spaced
            and isinstance(right, Num)
            and self._tokens[self._at + 1].kind is Kind.NUMBER
        )
        if not is_fraction:
            raise Unreadable(
                "several divisions in a row can be read two ways; use brackets", is_ambiguous=True
            )
        self._take()
        return Bin(Operator.DIV, right, parse_number(self._take().text))

    def _share(self, left: Expr, binding: int) -> Expr | None:
        is_share = isinstance(left, Percent) or (
            isinstance(left, Bin) and left.op is Operator.DIV and isinstance(left.left, Num)
        )
        if not is_share:
            raise Unreadable("I only know “of” after a percentage or a fraction")
        if binding >= _MUL:
            return None
        self._take()
        return Bin(Operator.MUL, left, self._expression(_MUL))

    def _starts_atom(self) -> bool:
        token = self._next
        if token.kind in _ATOM_KINDS:
            return True
        if token.kind is Kind.COMMAND:
            return token.text in {"frac", "binom", "int", "sum", "prod"}
        if token.kind is Kind.NUMBER:
            raise Unreadable("a number follows without a sign in between", is_ambiguous=True)
        return self._is_operator("(", "[", "{", "⟨") or (
            self._is_operator("|") and self._open_bars == 0
        )

    def _implicit_product(self, left: Expr) -> Expr:
        if isinstance(left, Num) and self._is_command("frac"):
            return self._number_before_fraction(left)
        is_call = isinstance(left, Call | Derivative) and self._is_operator("(", "[")
        if is_call:
            raise Unreadable(
                "a bracket after a function value can be read two ways", is_ambiguous=True
            )
        return Bin(Operator.MUL, left, self._expression(_MUL))

    def _number_before_fraction(self, left: Num) -> Expr:
        fraction = self._atom()
        is_mixed = (
            isinstance(fraction, Bin)
            and fraction.op is Operator.DIV
            and isinstance(fraction.left, Num)
            and isinstance(fraction.right, Num)
        )
        if is_mixed:
            raise Unreadable(
                "a number before a fraction can be a mixed number or a product", is_ambiguous=True
            )
        return Bin(Operator.MUL, left, self._powers(fraction))

    def _prefix(self) -> Expr:
        if self._is_operator("-"):
            self._take()
            return Neg(self._expression(_UNARY))
        if self._is_operator("+"):
            self._take()
            return self._expression(_UNARY)
        if self._is_operator("±", "∓"):
            sign = _SUMS[self._take().text]
            return Bin(sign, Num(Fraction(0)), self._expression(_UNARY))
        return self._powers(self._atom())

    # -- powers and what stands behind an atom ---------------------------------------------

    def _powers(self, base: Expr) -> Expr:
        base = self._postfixes(base)
        if not self._is_operator("^"):
            return base
        self._take()
        if self._is_operator("∘"):
            self._take()
            return self._powers(Degrees(base))
        if self._is_operator("'"):
            return self._powers(base)
        if self._is_transposed(base):
            return self._powers(self._transposed(base))
        is_braced = self._is_operator("{")
        exponent = self._exponent()
        if is_braced and self._is_operator("^"):
            raise Unreadable("two exponents follow each other")
        if not is_braced and self._may_run_on(base, exponent):
            raise Unreadable("the letter may belong to the exponent", is_ambiguous=True)
        power = Bin(Operator.POW, base, exponent)
        if self._is_operator("!", "'"):
            raise Unreadable("a sign after an exponent can be read two ways", is_ambiguous=True)
        return power

    def _may_run_on(self, base: Expr, exponent: Expr) -> bool:
        """Whether `e^2x` was typed, often for `e^(2x)`; nobody means that by `x^2y`."""
        is_number = base == Const("e") or (isinstance(base, Num) and base.value != 10)
        follows = self._next.kind is Kind.SYMBOL and not self._next.is_spaced
        size = exponent.arg if isinstance(exponent, Neg) else exponent
        return is_number and follows and isinstance(size, Num)

    def _exponent(self) -> Expr:
        if self._is_operator("-", "+"):
            is_negative = self._take().text == "-"
            inner = self._exponent()
            return Neg(inner) if is_negative else inner
        if self._is_operator("{"):
            return self._group()
        # In plain text a tower is read from the right: 2^3^2 is 2^(3^2).
        return self._powers(self._atom())

    def _postfixes(self, node: Expr) -> Expr:
        while True:
            if self._is_operator("!"):
                self._take()
                if self._is_operator("!"):
                    raise Unreadable("two signs ! in a row can be read two ways", is_ambiguous=True)
                node = Call("factorial", (node,))
            elif self._is_operator("%"):
                self._take()
                node = Percent(node)
            elif self._is_operator("°"):
                self._take()
                node = Degrees(node)
            elif self._is_operator("'"):
                node = self._primed(node)
            else:
                return node

    def _primed(self, node: Expr) -> Expr:
        primes = 0
        while self._is_operator("'"):
            self._take()
            primes += 1
        if isinstance(node, Sym):
            return Apply(node.name, (), primes)
        return Derivative(node, "", primes)
