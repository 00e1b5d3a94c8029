"""Derivatives, integrals and limits as they are written."""

from abc import abstractmethod
from fractions import Fraction

from tutor_app.verify.lexer import Kind
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.operators import ADDITION, OperatorParser
from tutor_app.verify.syntax import (
    Bin,
    Derivative,
    Expr,
    Integral,
    Limit,
    Neg,
    Num,
    Operator,
    Sym,
)


class CalculusParser(OperatorParser):
    """Reads the three operators of calculus."""

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
