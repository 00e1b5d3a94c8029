"""False candidates of an equation that are kept to the end of the working."""

from typing import Final

from sympy import Expr as SymExpr

from tutor_app.core.verdict import Relation, Status
from tutor_app.verify.decision import Decision, undecided
from tutor_app.verify.equation_comparison import put_in
from tutor_app.verify.equation_working import EquationWorking, near_root, wrong
from tutor_app.verify.numerals import root_text
from tutor_app.verify.slips.guess import guess_of
from tutor_app.verify.slips.relations import EXTRANEOUS_KEPT
from tutor_app.verify.solutions import position
from tutor_app.verify.witness import Witness

_NO_SOLUTION: Final = "a value in this line does not solve the first line"


def blamed_for_false_roots(
    working: EquationWorking, witness: Witness, decisions: tuple[Decision, ...]
) -> tuple[Decision, ...]:
    """The decisions, the line wrong that first lists a false root which the last line keeps."""
    count = len(working.lines)
    stating = [
        k for k in range(count) if not working.is_check(k) and working.lines[k] is not None
    ]  # fmt: skip
    if any(decision.status is Status.REFUTED for decision in decisions) or not stating:
        return decisions
    last = stating[-1]
    if last != count - 1 and not working.is_check(count - 1):
        return decisions
    if _false_root(working, witness, last) is None:
        return decisions
    for index in stating[1:] if stating[0] == 0 else stating:
        if not all(one.status is Status.VERIFIED for one in decisions[:index]):
            # the slip may be in what was not decided, but a false root gets no tick
            return (*decisions[:last], undecided(_NO_SOLUTION), *decisions[last + 1 :])
        false = _false_root(working, witness, index)
        if false is not None:
            blamed = _kept(working, false)
            return (*decisions[:index], blamed, *decisions[index + 1 :])
    return decisions


def _kept(working: EquationWorking, false: SymExpr) -> Decision:
    text = f"{working.unknown} = {root_text(false)} does not solve the first line"
    shown = put_in(false, working.alternatives(working.asked), working.unknown)
    data: dict[str, str] = {}
    if shown is not None:
        text, data = f"{shown[0]} in the first line", shown[1]
    return wrong(Relation.ADDS, text, data, guess_of(EXTRANEOUS_KEPT))


def _false_root(working: EquationWorking, witness: Witness, index: int) -> SymExpr | None:
    """A value that a line lists and that certainly does not solve the first line."""
    if not working.is_listed(index):
        return None
    found, line, start = working.solutions(index), working.lines[index], working.start
    if found is None or start is None:
        return witness.false_value(working.lines[0], line)
    is_decimal = working.has_decimal(index)
    stated = witness.values(line)
    for root in stated if stated is not None else found.roots:
        if is_decimal and near_root(root, start.roots) is not None:
            continue  # it may be rounded
        if start.is_everything:
            if working.solver.is_inside(root) is False:
                return root
        elif position(root, start.roots) == -1:
            return root
    return None
