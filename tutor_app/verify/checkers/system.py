"""Checks solutions of linear systems: put in, then counted by rank."""

import sympy

from tutor_app.core.verdict import Evidence, Method, Status, Verdict
from tutor_app.verify.build import build, symbol
from tutor_app.verify.limits import Unreadable
from tutor_app.verify.linear import LinearSystem, linear_system
from tutor_app.verify.numerals import number_text
from tutor_app.verify.rendering import render_statement
from tutor_app.verify.syntax import (
    Chain,
    Comparison,
    Expr,
    Joiner,
    Listing,
    Phrase,
    SetLit,
    Statement,
    Sym,
    Tuple,
    Words,
    contains_plus_minus,
    symbols,
)
from tutor_app.verify.task import SolveSystem
from tutor_app.verify.verdicts import refuted_verdict


def check_system(task: SolveSystem, answer: Statement) -> Verdict:
    """Check a point, `no solution` or `infinitely many`.

    Raises:
        Unreadable: the system is not linear, or the answer is no point.
    """
    reading = render_statement(answer)
    system = linear_system(task.equations, task.unknowns)
    if answer in {Words(Phrase.NO_SOLUTION), SetLit(())}:
        return _judged(system.is_contradictory, _count_text(system), reading)
    if answer == Words(Phrase.INFINITELY_MANY):
        is_right = not system.is_contradictory and system.point is None
        return _judged(is_right, _count_text(system), reading)
    point = _point(task, answer)
    place = ", ".join(f"{name} = {number_text(value)}" for name, value in point.items())
    for residue in system.residues:
        if sympy.expand(residue.xreplace(point)) != 0:
            return refuted_verdict(
                Method.SUBSTITUTION, f"{place} does not solve every equation", reading
            )
    if system.point is None:
        return refuted_verdict(Method.SOLUTION_SET, _count_text(system), reading)
    evidence = (
        Evidence(Method.SUBSTITUTION, f"{place} solves every equation"),
        Evidence(Method.SOLUTION_SET, _count_text(system)),
    )
    return Verdict(Status.VERIFIED, Method.SUBSTITUTION, evidence, reading=reading)


def _judged(is_right: bool, text: str, reading: str) -> Verdict:
    if not is_right:
        return refuted_verdict(Method.SOLUTION_SET, text, reading)
    evidence = (Evidence(Method.SOLUTION_SET, text),)
    return Verdict(Status.VERIFIED, Method.SOLUTION_SET, evidence, reading=reading)


def _count_text(system: LinearSystem) -> str:
    if system.is_contradictory:
        return "the equations contradict each other"
    if system.point is None:
        return "the equations leave a letter free"
    return "there is exactly one solution"


def _point(task: SolveSystem, answer: Statement) -> dict[sympy.Symbol, sympy.Expr]:
    named: dict[str, Expr] = {}
    match answer:
        case Tuple(items) if len(items) == len(task.unknowns) and task.unknowns in {
            ("x", "y"), ("x", "y", "z"),
        }:  # fmt: skip
            named = dict(zip(task.unknowns, items, strict=True))
        case Listing(items, joiner) if joiner is not Joiner.OR:
            for item in items:
                match item:
                    case Chain((Sym(name), value), (Comparison.EQ,)) if value is not None:
                        named[name] = value
                    case _:
                        raise Unreadable("I expected a value for each letter")
    if set(named) != set(task.unknowns):
        raise Unreadable("I expected a value for each letter")
    point: dict[sympy.Symbol, sympy.Expr] = {}
    for name, node in named.items():
        if symbols(node) or contains_plus_minus(node):
            raise Unreadable("a value must be one number")
        value = build(node).expr
        if not value.is_Rational:
            raise Unreadable("a value must be a rational number")
        point[symbol(name)] = value
    return point
