"""Text to a statement: relations, lists, sets and intervals around the expressions of `parser`."""

from typing import Final

from tutor_app.verify.lexer import Kind
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.parser import ExpressionParser
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Interval,
    Joiner,
    Listing,
    Member,
    Reals,
    Region,
    SetLit,
    Statement,
    Sym,
    Tuple,
    Union,
)

_COMPARISONS: Final = {comparison.value: comparison for comparison in Comparison}
_ALIGNED: Final = frozenset({"aligned", "align", "align*", "gathered"})


class StatementParser(ExpressionParser):
    """Reads one line or one answer."""

    def whole_statement(self) -> Statement:
        """The whole text as one statement.

        Raises:
            Unreadable: something is left over or not known.
        """
        is_rows = self._is_kind(Kind.BEGIN) and self._next.text in _ALIGNED | {"cases"}
        statement = self._rows() if is_rows else self._alternatives()
        if self._next.kind is not Kind.END:
            raise Unreadable(f"I did not expect “{self._next.text}” here")
        return statement

    # -- rows -----------------------------------------------------------------------------

    def _rows(self) -> Statement:
        """A system, one statement a row; an aligned row that starts with `=` goes on."""
        name = self._take().text
        self._drop_alignment()
        items: list[Statement] = []
        while not self._is_kind(Kind.FINISH):
            item = self._clause()
            last = items[-1] if items else None
            if isinstance(item, Chain) and item.operands[0] is None:
                if name == "cases":
                    raise Unreadable("a row starts with a sign")
                items[-1:] = [_continued(last, item)]
            else:
                items.append(item)
            if self._is_operator(",", ";"):
                self._take()
            if not self._is_operator("\\\\"):
                break
            self._take()
        if not (self._is_kind(Kind.FINISH) and self._take().text == name and items):
            raise Unreadable(f"{name} is not closed")
        return items[0] if len(items) == 1 else Listing(tuple(items), Joiner.COMMA)

    def _drop_alignment(self) -> None:
        """Leaves out each `&` beside a comparison sign."""
        tokens = list(self._tokens)
        signs = {k for k, token in enumerate(tokens) if token.text in _COMPARISONS}
        kept = [
            token for k, token in enumerate(tokens)
            if token.text != "&" or not {k - 1, k + 1} & signs
        ]  # fmt: skip
        self._tokens = tuple(kept)

    def _is_joiner(self, word: str) -> bool:
        return self._next.kind is Kind.JOINER and self._next.text == word

    def _alternatives(self) -> Statement:
        items = [self._conjunction()]
        while self._is_joiner("or"):
            self._take()
            items.append(self._conjunction())
        return items[0] if len(items) == 1 else Listing(tuple(items), Joiner.OR)

    def _conjunction(self) -> Statement:
        items = [self._clause()]
        joiners: set[Joiner] = set()
        while True:
            if self._is_joiner("and"):
                joiners.add(Joiner.AND)
            elif self._is_operator(",", ";"):
                joiners.add(Joiner.COMMA)
            else:
                break
            self._take()
            if Joiner.COMMA in joiners and self._is_joiner("or"):
                # "1, 2, or 3" is a list whose last comma stands before the word.
                self._take()
            elif self._is_joiner("and"):
                self._take()
            items.append(self._clause())
        if len(items) == 1:
            return items[0]
        joiner = Joiner.AND if joiners == {Joiner.AND} else Joiner.COMMA
        return Listing(tuple(items), joiner)

    def _clause(self) -> Statement:
        region = self._region()
        if region is not None:
            return region
        if self._next.kind is Kind.OPERATOR and self._next.text in _COMPARISONS:
            return self._chain(None)
        first = self._expression()
        if self._is_operator("∈"):
            self._take()
            inner = self._region()
            if inner is None or not isinstance(first, Sym):
                raise Unreadable("I did not understand what follows ∈")
            return Member(first.name, inner)
        if self._next.kind is Kind.OPERATOR and self._next.text in _COMPARISONS:
            return self._chain(first)
        return first

    def _chain(self, first: Expr | None) -> Chain:
        operands: list[Expr | None] = [first]
        comparisons: list[Comparison] = []
        while self._next.kind is Kind.OPERATOR and self._next.text in _COMPARISONS:
            comparisons.append(_COMPARISONS[self._take().text])
            operands.append(self._expression())
        return Chain(tuple(operands), tuple(comparisons))

    # -- sets -----------------------------------------------------------------------------

    def _region(self) -> Region | None:
        first = self._simple_region()
        if first is None:
            return None
        parts = [first]
        while self._is_operator("∪"):
            self._take()
            part = self._simple_region()
            if part is None:
                raise Unreadable("a set must follow ∪")
            parts.append(part)
        joined: Region = parts[0] if len(parts) == 1 else Union(tuple(parts))
        if not self._is_operator("∖"):
            return joined
        self._take()
        removed = self._set("}") if self._is_operator("{") else self._simple_region()
        if removed is None:
            raise Unreadable("a set must follow ∖")
        return Union((joined, removed), is_difference=True)

    def _simple_region(self) -> Region | None:
        if self._is_command("emptyset"):
            self._take()
            return SetLit(())
        if self._is_command("reals"):
            self._take()
            return Reals()
        if self._is_operator("{{"):
            return self._set("}}")
        if self._is_operator("{") and not self._is_selection_ahead() and self._has_top_comma():
            return self._set("}")
        if self._is_operator("[") and self._is_matrix_ahead():
            return None
        if self._is_operator("(", "[", "]") and self._is_interval_ahead():
            return self._interval()
        return None

    def _set(self, closer: str) -> SetLit:
        self._take()
        items: list[Expr] = []
        while not self._is_operator(closer):
            items.append(self._expression())
            if self._is_operator(",", ";"):
                self._take()
            elif not self._is_operator(closer):
                raise Unreadable("I did not understand what stands in braces")
        self._take()
        return SetLit(tuple(items))

    def _is_interval_ahead(self) -> bool:
        depth = 0
        has_comma = False
        for k, token in enumerate(self._tokens[self._at :]):
            if token.kind is not Kind.OPERATOR:
                continue
            if token.text in {"(", "["} or (token.text == "]" and k == 0):
                depth += 1
            elif token.text in {")", "]"}:
                depth -= 1
                if depth == 0:
                    return has_comma
            elif token.text in {",", ";"} and depth == 1:
                has_comma = True
        return False

    def _interval(self) -> Region:
        opener = self._take().text
        items = [self._expression()]
        while self._is_operator(",", ";"):
            self._take()
            items.append(self._expression())
        if not self._is_operator(")", "]", "["):
            raise Unreadable("an interval is not closed")
        closer = self._take().text
        if opener == "(" and closer == ")":
            return Tuple(tuple(items))
        if len(items) != 2:
            raise Unreadable("an interval has two ends")
        return Interval(items[0], items[1], opener in "(]", closer in ")[")


def _continued(before: Statement | None, chain: Chain) -> Chain:
    """The chain with what stood before its first sign."""
    if isinstance(before, Chain):
        operands = (*before.operands, *chain.operands[1:])
        return Chain(operands, (*before.comparisons, *chain.comparisons))
    if before is None or not isinstance(before, Expr):
        raise Unreadable("nothing stands before the sign of a row")
    return Chain((before, *chain.operands[1:]), chain.comparisons)


def parse_statement(text: str) -> Statement:
    """Read a text as one statement.

    Raises:
        Unreadable: the text is not one statement, or can be read two ways.
    """
    return StatementParser(text).whole_statement()
