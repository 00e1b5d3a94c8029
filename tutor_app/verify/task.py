"""What a problem asks for, as typed obligations that a checker can discharge."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tutor_app.core.verdict import Verdict
from tutor_app.verify.rendering import render, render_statement
from tutor_app.verify.solutions import Equation
from tutor_app.verify.syntax import Chain, Expr, Limit


class Form(StrEnum):
    """How an answer must be written, beside having the right value."""

    LOWEST_TERMS = "a fraction in lowest terms"
    SIMPLIFIED = "simplified"
    EXPANDED = "expanded"
    FACTORED = "factored completely"


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Compute a number.

    Attributes:
        node: the calculation, without letters.
        form: lowest terms if asked for.
        accepts_remainder: the calculation is a division of whole numbers, so that
            quotient and remainder are an answer too.
        wording: how the calculation is said, where not as a formula.
    """

    node: Expr
    form: Form | None = None
    accepts_remainder: bool = False
    wording: str = ""
    kind = "evaluate"

    @property
    def read_as(self) -> str:
        """The task in words."""
        suffix = f", {self.form}" if self.form else ""
        return (self.wording or f"compute {render(self.node)}") + suffix


@dataclass(frozen=True, slots=True)
class DivideWithRemainder:
    """Quotient and remainder of two whole numbers."""

    dividend: int
    divisor: int
    kind = "divide-with-remainder"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"divide {self.dividend} by {self.divisor} with remainder"


@dataclass(frozen=True, slots=True)
class FindPercentage:
    """What percentage a part is of a whole."""

    part: Expr
    whole: Expr
    kind = "find-percentage"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"write {render(self.part)} as a percentage of {render(self.whole)}"


@dataclass(frozen=True, slots=True)
class SolveEquation:
    """All real solutions of an equation in one unknown."""

    equation: Equation
    kind = "solve-equation"

    @property
    def read_as(self) -> str:
        """The task in words."""
        left, right = render(self.equation.left), render(self.equation.right)
        return f"solve {left} = {right} for {self.equation.unknown}"


@dataclass(frozen=True, slots=True)
class SolveLiteral:
    """Make one letter of a formula its subject."""

    equation: Equation
    kind = "solve-literal"

    @property
    def read_as(self) -> str:
        """The task in words."""
        left, right = render(self.equation.left), render(self.equation.right)
        return f"make {self.equation.unknown} the subject of {left} = {right}"


@dataclass(frozen=True, slots=True)
class SolveInequality:
    """All real solutions of an inequality in one unknown."""

    chain: Chain
    unknown: str
    kind = "solve-inequality"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"solve {render_statement(self.chain)} for {self.unknown}"


@dataclass(frozen=True, slots=True)
class SolveSystem:
    """All real solutions of several equations in as many unknowns."""

    equations: tuple[Chain, ...]
    unknowns: tuple[str, ...]
    kind = "solve-system"

    @property
    def read_as(self) -> str:
        """The task in words."""
        parts = " and ".join(render_statement(chain) for chain in self.equations)
        return f"solve {parts} for {', '.join(self.unknowns)}"


@dataclass(frozen=True, slots=True)
class Differentiate:
    """The derivative of an expression.

    Attributes:
        node: what is differentiated.
        variable: by which letter.
        name: `f`, `y` or the like if the problem names the function, else empty.
        order: how many times.
    """

    node: Expr
    variable: str
    name: str = ""
    order: int = 1
    kind = "differentiate"

    @property
    def read_as(self) -> str:
        """The task in words."""
        times = " twice" if self.order == 2 else ""
        return f"differentiate {render(self.node)} by {self.variable}{times}"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Another form of an expression."""

    node: Expr
    goal: Form
    kind = "rewrite"

    @property
    def read_as(self) -> str:
        """The task in words."""
        verb = {
            Form.SIMPLIFIED: "simplify",
            Form.EXPANDED: "expand",
            Form.FACTORED: "factor",
            Form.LOWEST_TERMS: "reduce",
        }[self.goal]
        return f"{verb} {render(self.node)}"


@dataclass(frozen=True, slots=True)
class Integrate:
    """An antiderivative, or a definite integral where bounds are given."""

    node: Expr
    variable: str
    lower: Expr | None = None
    upper: Expr | None = None
    kind = "integrate"

    @property
    def read_as(self) -> str:
        """The task in words."""
        bounds = ""
        if self.lower is not None and self.upper is not None:
            bounds = f" from {render(self.lower)} to {render(self.upper)}"
        return f"integrate {render(self.node)} over {self.variable}{bounds}"


@dataclass(frozen=True, slots=True)
class FindLimit:
    """A limit."""

    limit: Limit
    kind = "limit"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find {render(self.limit)}"


@dataclass(frozen=True, slots=True)
class FindDomain:
    """The numbers for which an expression is defined over the reals."""

    node: Expr
    variable: str
    kind = "domain"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"find the domain of {render(self.node)}"


@dataclass(frozen=True, slots=True)
class FactorInteger:
    """A whole number as a product of primes."""

    number: int
    kind = "prime-factorisation"

    @property
    def read_as(self) -> str:
        """The task in words."""
        return f"write {self.number} as a product of primes"


class TopicTask(ABC):
    """A task of one of the `topics`, which bring their own checker.

    Subclasses are frozen dataclasses.
    """

    kind: ClassVar[str]

    @property
    @abstractmethod
    def read_as(self) -> str:
        """The task in words."""

    @abstractmethod
    def check(self, answer: str) -> Verdict:
        """Check an answer, its box already opened.

        Raises:
            Unreadable: the answer cannot be read, or not in one way.
        """


PlainTask = (
    Evaluate | DivideWithRemainder | FindPercentage | SolveEquation | SolveLiteral
    | SolveInequality | SolveSystem | Differentiate | Rewrite | Integrate | FindLimit
    | FindDomain | FactorInteger
)  # fmt: skip
"""What `reader` recognises by itself."""

Task = PlainTask | TopicTask
