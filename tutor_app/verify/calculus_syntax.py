"""Derivatives, integrals, limits, sums and products as they are written."""

from abc import abstractmethod
from fractions import Fraction

from tutor_app.verify.lexer import Kind
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.operators import ADDITION, OperatorParser
from tutor_app.verify.syntax import (
    Bin,
    Const,
    Derivative,
    Evaluated,
    Expr,
    Integral,
    Limit,
    Neg,
    Num,
    Operator,
    Product,
    Sum,
    Sym,
    contains_infinity,
    map_children,
    symbols,
)


class CalculusParser(OperatorParser):
    """Reads the operators that come with a letter of their own."""

    @abstractmethod
    def _argument(self) -> Expr:
        """One LaTeX argument."""

    def _derivative(self) -> Expr:
        top, variable = self._take().text.split(",")
        if top:
            return Derivative(Sym(top), variable)
        is_grouped = self._is_operator("(", "[", "{")
        if is_grouped:
            arg = self._powers(self._atom())
            if self._starts_atom():
                raise Unreadable("what is differentiated needs brackets", is_ambiguous=True)
        else:
            arg = self._expression(ADDITION)
            if self._is_operator("+", "-", "±"):
                raise Unreadable("what is differentiated needs brackets", is_ambiguous=True)
        return Derivative(arg, variable)

    def _integral(self) -> Expr:
        lower = upper = None
        if self._is_operator("_"):
            self._take()
            lower = self._bound()
            self._expect("^")
            upper = self._bound()
        if self._is_kind(Kind.DIFFERENTIAL):
            return Integral(Num(Fraction(1)), self._take().text, lower, upper)
        arg = self._expression()
        if not self._is_kind(Kind.DIFFERENTIAL):
            raise Unreadable("an integral has no dx")
        return Integral(arg, self._take().text, lower, upper)

    def _evaluated(self, arg: Expr) -> Expr:
        """What follows `[F]`: the bounds `_a^b`."""
        self._expect("_")
        lower = self._bound()
        self._expect("^")
        upper = self._bound()
        letters = symbols(arg)
        if len(letters) != 1:
            raise Unreadable("it is not clear for which letter the bounds are")
        if any(contains_infinity(end) for end in (lower, upper)):
            raise Unreadable("a bound at infinity needs a limit")
        return Evaluated(arg, next(iter(letters)), lower, upper)

    def _bound(self) -> Expr:
        if self._is_operator("{"):
            return self._group()
        if self._is_operator("-"):
            self._take()
            return Neg(self._argument())
        return self._argument()

    def _limit(self) -> Expr:
        self._expect("_")
        self._expect("{")
        variable = self._take()
        if variable.kind is not Kind.SYMBOL:
            raise Unreadable("a limit has no variable")
        self._expect("→")
        point = self._limit_point()
        side = ""
        if self._is_operator("^"):
            self._take()
            side = self._side()
        self._expect("}")
        arg = self._expression(ADDITION)
        if self._is_operator("+", "-"):
            raise Unreadable("what the limit is taken of needs brackets", is_ambiguous=True)
        return Limit(arg, variable.text, point, side)

    def _limit_point(self) -> Expr:
        # No powers here: in 0^+ the exponent is the side.
        if self._is_operator("-"):
            self._take()
            return Neg(self._atom())
        point = self._atom()
        if self._is_operator("/"):
            self._take()
            return Bin(Operator.DIV, point, self._atom())
        return point

    def _side(self) -> str:
        is_braced = self._is_operator("{")
        if is_braced:
            self._take()
        if not self._is_operator("+", "-"):
            raise Unreadable("a one-sided limit has no side")
        side = self._take().text
        if is_braced:
            self._expect("}")
        return side

    # -- sums and products ----------------------------------------------------------------

    def _series(self, name: str) -> Expr:
        self._expect("_")
        self._expect("{")
        counter = self._take()
        if counter.kind is not Kind.SYMBOL and counter.text != "i":
            raise Unreadable("a sum has no letter to count with")
        self._expect("=")
        lower = self._expression()
        self._expect("}")
        self._expect("^")
        if self._is_kind(Kind.NUMBER) and len(self._next.text) > 1:
            raise Unreadable("the upper end of a sum needs braces", is_ambiguous=True)
        upper = self._bound()
        arg = self._summand() if name == "sum" else self._factor()
        if counter.text == "i":
            arg = _with_counter_i(arg)
        kind = Sum if name == "sum" else Product
        return kind(arg, counter.text, lower, upper)

    def _summand(self) -> Expr:
        # "∑ k + 1" may add 1 to each term or to the sum; "∑ (k) + 1" adds it once.
        is_grouped = self._is_operator("(", "[")
        start = self._at
        arg = self._expression(ADDITION)
        if self._is_operator("+", "-", "±") and not (is_grouped and self._is_one_group(start)):
            raise Unreadable("what is added up needs brackets", is_ambiguous=True)
        return arg

    def _is_one_group(self, start: int) -> bool:
        """Whether all read since is one bracket, perhaps with an exponent."""
        end = self._closing(start)
        if end < self._at and self._tokens[end].text == "^":
            is_braced = self._tokens[end + 1].text == "{"
            end = self._closing(end + 1) if is_braced else end + 2
        return end == self._at

    def _closing(self, start: int) -> int:
        """Where what follows the bracket that opens at `start` begins."""
        depth = 0
        for at in range(start, self._at):
            token = self._tokens[at]
            if token.kind is Kind.OPERATOR:
                depth += (token.text in {"(", "[", "{"}) - (token.text in {")", "]", "}"})
            if depth == 0:
                return at + 1
        return self._at

    def _factor(self) -> Expr:
        arg = self._prefix()
        if self._is_operator("*", "/", "÷") or self._starts_atom():
            raise Unreadable("what is multiplied needs brackets", is_ambiguous=True)
        return arg


def _with_counter_i(node: Expr) -> Expr:
    """The letter i as a counter and not as the imaginary unit."""
    return Sym("i") if node == Const("i") else map_children(node, _with_counter_i)
