"""Tokens to a syntax tree: one strict parser for LaTeX and plain text.

What can be read two ways (`1/2x`, `3 4`, `x2`) is refused, never guessed. Operators are in
`operators`, derivatives, integrals and sums in `calculus_syntax`, matrices in `matrix_syntax`;
this module knows the other atoms.
"""

from fractions import Fraction
from typing import Final

from tutor_app.verify.lexer import Kind, Token
from tutor_app.verify.limits import SYMBOLS, Unreadable
from tutor_app.verify.matrix_syntax import MATRIX_CALLS, MatrixParser
from tutor_app.verify.numeral import parse_number
from tutor_app.verify.syntax import (
    Apply,
    Bin,
    Call,
    Const,
    Expr,
    Mixed,
    Neg,
    Num,
    Operator,
    Sym,
    symbols,
    yields_matrix,
)
from tutor_app.verify.vocabulary import APPLIED_LETTERS

_OPENERS: Final = {"(": ")", "[": "]", "{": "}"}
_LARGEST_BASE: Final = 16


class ExpressionParser(MatrixParser):
    """Reads expressions; `StatementParser` adds relations and lists."""

    # -- atoms ----------------------------------------------------------------------------

    def _atom(self) -> Expr:
        token = self._next
        match token.kind:
            case Kind.NUMBER:
                return self._number()
            case Kind.SYMBOL:
                return self._symbol()
            case Kind.CONSTANT:
                self._take()
                return Const(token.text)
            case Kind.FUNCTION:
                return self._function()
            case Kind.DERIVATIVE:
                return self._derivative()
            case Kind.COMMAND:
                return self._command()
            case Kind.BEGIN:
                return self._environment()
            case Kind.OPERATOR:
                return self._enclosed()
            case Kind.END:
                raise Unreadable("the expression ends too early")
            case _:
                raise Unreadable(f"I did not expect “{token.text}” here")

    def _enclosed(self) -> Expr:
        """What stands in brackets or bars of any kind."""
        sign = self._next.text
        if self._is_selection_ahead():
            return self._selection()
        if sign in _OPENERS:
            return self._bracket_matrix() if self._is_matrix_ahead() else self._group()
        match sign:
            case "|":
                return self._absolute()
            case "⟨":
                return self._vector()
            case "‖":
                return self._norm()
            case _:
                raise Unreadable(f"I did not expect “{sign}” here")

    def _number(self) -> Expr:
        text = self._take().text
        if self._is_operator("_"):
            return self._numeral(text)
        value = parse_number(text)
        mixed = self._mixed(value) if text.isdigit() else None
        return mixed if mixed is not None else value

    def _numeral(self, digits: str) -> Expr:
        self._take()
        base_node = self._group() if self._is_operator("{") else self._atom()
        if not (isinstance(base_node, Num) and digits.isdigit()):
            raise Unreadable("the base of a numeral must be a number")
        base = int(base_node.value)
        if not 2 <= base <= _LARGEST_BASE or any(int(digit) >= base for digit in digits):
            raise Unreadable(f"“{digits}” is not a numeral in base {base}")
        return Call("numeral", (Num(Fraction(int(digits, base))), base_node))

    def _mixed(self, whole: Num) -> Mixed | None:
        """`2 1/2`: three numbers, a space and a slash."""
        first, slash, second = (self._tokens[min(self._at + k, len(self._tokens) - 1)]
                                for k in range(3))  # fmt: skip
        is_mixed = (
            first.kind is Kind.NUMBER
            and first.is_spaced
            and first.text.isdigit()
            and slash.text == "/"
            and second.kind is Kind.NUMBER
            and second.text.isdigit()
            and not slash.is_spaced
            and 0 < int(first.text) < int(second.text)
        )
        if not is_mixed:
            return None
        self._at += 3
        return Mixed(int(whole.value), int(first.text), int(second.text))

    def _symbol(self) -> Expr:
        name = self._take().text
        if self._is_operator("_"):
            self._take()
            name = f"{name}_{self._subscript()}"
            return Sym(name)
        if name in APPLIED_LETTERS and self._is_operator("'", "("):
            return self._applied(name)
        if self._is_operator("(") and self._has_top_comma():
            raise Unreadable(f"I do not know the function “{name}”")
        return Sym(name)

    def _subscript(self) -> str:
        if self._is_operator("{"):
            self._take()
            parts: list[str] = []
            while not self._is_operator("}"):
                if self._next.kind not in {Kind.SYMBOL, Kind.NUMBER, Kind.CONSTANT} and (
                    not self._is_operator(",")
                ):
                    raise Unreadable("a subscript must be letters and digits")
                parts.append(self._take().text)
            self._take()
            return "".join(parts)
        if self._next.kind not in {Kind.SYMBOL, Kind.NUMBER, Kind.CONSTANT}:
            raise Unreadable("a subscript must be a letter or a number")
        return self._take().text

    def _applied(self, name: str) -> Expr:
        primes = 0
        while self._is_operator("'"):
            self._take()
            primes += 1
        if not self._is_operator("("):
            return Apply(name, (), primes)
        return Apply(name, self._arguments(), primes)

    def _has_top_comma(self) -> bool:
        depth = 0
        for token in self._tokens[self._at :]:
            if token.kind is not Kind.OPERATOR:
                continue
            if token.text in {"(", "[", "{"}:
                depth += 1
            elif token.text in {")", "]", "}"}:
                depth -= 1
                if depth == 0:
                    return False
            elif token.text in {",", "|"} and depth == 1:
                return True
        return False

    def _arguments(self) -> tuple[Expr, ...]:
        self._expect("(")
        bars, self._open_bars = self._open_bars, 0
        args = [self._expression()]
        while self._is_operator(","):
            self._take()
            args.append(self._expression())
        self._open_bars = bars
        self._expect(")")
        return tuple(args)

    def _group(self) -> Expr:
        opener = self._take().text
        bars, self._open_bars = self._open_bars, 0
        inner = self._expression()
        self._open_bars = bars
        self._expect(_OPENERS[opener])
        if opener == "[" and self._is_operator("_"):
            return self._evaluated(inner)
        return inner

    def _absolute(self) -> Expr:
        self._take()
        self._open_bars += 1
        inner = self._expression()
        self._expect("|")
        self._open_bars -= 1
        return self._bars_around(inner) if yields_matrix(inner) else Call("abs", (inner,))

    def _command(self) -> Expr:
        name = self._take().text
        if name == "frac":
            return Bin(Operator.DIV, self._argument(), self._argument())
        if name == "binom":
            return Call("binomial", (self._argument(), self._argument()))
        if name == "int":
            return self._integral()
        if name in {"sum", "prod"}:
            return self._series(name)
        raise Unreadable("a set stands where a number should")

    def _argument(self) -> Expr:
        """One LaTeX argument: a group in braces, or one digit or letter."""
        if self._is_operator("{"):
            return self._group()
        token = self._next
        if token.kind is Kind.NUMBER:
            return self._digit_argument()
        if token.kind in {Kind.SYMBOL, Kind.CONSTANT}:
            return self._atom()
        raise Unreadable("an argument in braces is missing")

    def _digit_argument(self) -> Expr:
        # \frac12 is one half: TeX takes single digits.
        token = self._next
        if not token.text.isdigit():
            raise Unreadable("an argument in braces is missing")
        digit, rest = token.text[0], token.text[1:]
        if rest:
            tokens = list(self._tokens)
            tokens[self._at] = Token(Kind.NUMBER, rest)
            self._tokens = tuple(tokens)
        else:
            self._take()
        return Num(Fraction(int(digit)))

    # -- functions ------------------------------------------------------------------------

    def _function(self) -> Expr:
        name = self._take().text
        if name == "sqrt":
            return self._root()
        if name == "lim":
            return self._limit()
        if name in {"gcd", "lcm", "mod"}:
            return Call(name, self._arguments())
        if name in MATRIX_CALLS:
            return self._matrix_call(name)
        base: Expr | None = None
        if name == "log" and self._is_operator("_"):
            self._take()
            base = self._group() if self._is_operator("{") else self._argument_or_number()
        power: Expr | None = None
        if self._is_operator("^"):
            self._take()
            power = self._exponent()
        return self._apply_function(name, base, power, self._function_argument())

    def _argument_or_number(self) -> Expr:
        if self._next.kind is Kind.NUMBER:
            return parse_number(self._take().text)
        return self._atom()

    def _apply_function(
        self, name: str, base: Expr | None, power: Expr | None, args: tuple[Expr, ...]
    ) -> Expr:
        if name == "log" and base is None and len(args) == 2:
            base, args = args[1], args[:1]
        if len(args) != 1:
            raise Unreadable(f"{name} has {len(args)} arguments")
        is_inverse = power == Neg(Num(Fraction(1)))
        if is_inverse:
            if name not in {"sin", "cos", "tan"}:
                raise Unreadable(f"{name}^-1 can be read two ways", is_ambiguous=True)
            return Call(f"arc{name}", args)
        value: Expr = Call(name, args if base is None else (args[0], base))
        return value if power is None else Bin(Operator.POW, value, power)

    def _function_argument(self) -> tuple[Expr, ...]:
        if self._is_operator("("):
            return self._arguments()
        if self._is_operator("{", "["):
            return (self._group(),)
        arg = self._bare_factor()
        while self._next.kind in {Kind.SYMBOL, Kind.CONSTANT} or self._is_command("frac"):
            arg = Bin(Operator.MUL, arg, self._powers(self._atom()))
        if self._is_operator("/", "("):
            raise Unreadable("the argument of a function needs brackets", is_ambiguous=True)
        return (arg,)

    def _bare_factor(self) -> Expr:
        token = self._next
        if self._is_operator("-"):
            raise Unreadable("a negative argument of a function needs brackets")
        is_bare = token.kind in {Kind.NUMBER, Kind.SYMBOL, Kind.CONSTANT} or (
            self._is_command("frac") or self._is_operator("|")
            or (token.kind is Kind.FUNCTION and token.text == "sqrt")
        )  # fmt: skip
        if not is_bare:
            raise Unreadable("the argument of a function is missing")
        return self._powers(self._atom())

    def _root(self) -> Expr:
        degree: Expr | None = None
        if self._is_operator("["):
            degree = self._group()
        if self._is_operator("("):
            args = self._arguments()
            if len(args) != 1:
                raise Unreadable("a square root has one argument")
            radicand = args[0]
        else:
            radicand = self._argument()
        return Call("sqrt", (radicand,)) if degree is None else Call("root", (radicand, degree))

    # -- entry ----------------------------------------------------------------------------

    def whole_expression(self) -> Expr:
        """The whole text as one expression."""
        node = self._expression()
        if self._next.kind is not Kind.END:
            raise Unreadable(f"I did not expect “{self._next.text}” here")
        check_size(node)
        return node


def check_size(node: Expr) -> None:
    """Refuse a tree with too many different letters."""
    if len(symbols(node)) > SYMBOLS:
        raise Unreadable(f"more than {SYMBOLS} different letters")


def parse_expression(text: str) -> Expr:
    """Read a text as one expression.

    Raises:
        Unreadable: the text is not one expression, or can be read two ways.
    """
    return ExpressionParser(text).whole_expression()
