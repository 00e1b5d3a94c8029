"""Expressions of three or four operations, rewritten whole with one operation a line."""

import random
from dataclasses import dataclass

from tutor_app.curriculum.notation import bracketed, statement
from tutor_app.curriculum.skill import WorkedLine, WorkedProblem

_LARGEST = 300
_TIGHTNESS = {"^": 3, "*": 2, ":": 2, "+": 1, "-": 1}
_TEX = {"*": "\\cdot ", ":": "\\div ", "+": "+", "-": "-"}


@dataclass(frozen=True, slots=True)
class Flat:
    """A bracket's content: operands with the operators between them.

    Attributes:
        operands: numbers or brackets.
        operators: one fewer than operands, each one of ^ * : + -.
    """

    operands: "tuple[int | Flat, ...]"
    operators: tuple[str, ...]


def flat_tex(expression: Flat) -> str:
    """The expression as TeX, tight."""
    written = _operand_tex(expression.operands[0], is_first=True)
    for operator, operand in zip(expression.operators, expression.operands[1:], strict=True):
        if operator == "^":
            written += f"^{operand}"
        else:
            written += _TEX[operator] + _operand_tex(operand, is_first=False)
    return written.replace(" (", "(").replace("\\cdot ", "\\cdot").replace("\\div ", "\\div")


def _operand_tex(operand: int | Flat, *, is_first: bool) -> str:
    if isinstance(operand, Flat):
        return f"({flat_tex(operand)})"
    return str(operand) if is_first else bracketed(operand)


def _apply(operator: str, left: int, right: int) -> int | None:
    """The result, or None where it is not a small fact."""
    match operator:
        case "+":
            result = left + right
        case "-":
            result = left - right
        case "*":
            if min(left, right) > 9 and max(left, right) > 12:
                return None
            result = left * right
        case ":":
            if right == 0 or left % right or right > 12:
                return None
            result = left // right
        case _:
            result = left**right
    return result if 0 <= result <= _LARGEST else None


def reduce_once(expression: Flat) -> Flat | int | None:
    """Do the next operation by the usual order; None where it is not a small fact."""
    for position, operand in enumerate(expression.operands):
        if isinstance(operand, Flat):
            inner = reduce_once(operand)
            if inner is None:
                return None
            operands = list(expression.operands)
            operands[position] = inner
            return Flat(tuple(operands), expression.operators)
    tightest = max(_TIGHTNESS[operator] for operator in expression.operators)
    position = next(
        i for i, operator in enumerate(expression.operators) if _TIGHTNESS[operator] == tightest
    )
    left, right = expression.operands[position], expression.operands[position + 1]
    assert isinstance(left, int)
    assert isinstance(right, int)
    result = _apply(expression.operators[position], left, right)
    if result is None or len(expression.operators) == 1:
        return result
    operands = [*expression.operands[:position], result, *expression.operands[position + 2 :]]
    operators = expression.operators[:position] + expression.operators[position + 1 :]
    return Flat(tuple(operands), operators)


def reductions(expression: Flat) -> list[Flat | int] | None:
    """The expression after each operation, ending in a number; None outside the small facts."""
    chain: list[Flat | int] = []
    current: Flat | int = expression
    while isinstance(current, Flat):
        following = reduce_once(current)
        if following is None:
            return None
        chain.append(following)
        current = following
    return chain


def _random_flat(rng: random.Random, operations: int, *, may_nest: bool) -> Flat:
    operands: list[int | Flat] = []
    operators: list[str] = []
    while True:
        inner = rng.choice((1, 1, 2)) if may_nest and operations >= 2 else 0
        if inner and inner < operations and rng.random() < 0.45:
            operands.append(_random_flat(rng, inner, may_nest=False))
            operations -= inner
        else:
            operands.append(rng.randint(1, 20) if rng.random() < 0.7 else rng.randint(2, 9))
        if operations <= 0:
            break
        operations -= 1
        operator = rng.choice("++--**:")
        if rng.random() < 0.12 and isinstance(operands[-1], int) and operands[-1] <= 12:
            operators.append("^")
            operands.append(2)
            if operations <= 0:
                break
            operations -= 1
        operators.append(operator)
    return Flat(tuple(operands), tuple(operators))


@dataclass(frozen=True, slots=True)
class OrderOfOperations:
    """Which operation comes first: brackets, powers, times and divided, plus and minus."""

    name: str = "order-of-operations"
    title: str = "Order of operations"
    levels: tuple[str, ...] = ("2 operations", "3 operations", "4 operations")

    def draw(self, rng: random.Random, level: int) -> WorkedProblem:
        """An expression and its rewriting down to a number."""
        while True:
            expression = _random_flat(rng, level + 2, may_nest=True)
            chain = reductions(expression)
            if chain is not None and len(chain) > 1:
                break
        tex = flat_tex(expression)
        wordings = (
            "{0}", "What is {0}?", "Calculate {0}.", "Evaluate {0}", "Work out {0}.",
            "{0} = ?", "Find the value of {0}.", "Simplify {0}.",
        )  # fmt: skip
        lines = [WorkedLine(tex)]
        for stage in chain:
            lines.append(
                WorkedLine("=" + (flat_tex(stage) if isinstance(stage, Flat) else str(stage)))
            )
        text = statement(rng, wordings, (tex,))
        return WorkedProblem(self.name, level, tex, text, tuple(lines), str(chain[-1]))
