"""Rules of the room that a machine can check: nothing evaluates text, methods fit statuses."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tutor_app.core import verdict as verdict_module
from tutor_app.core.verdict import METHODS_ALLOWED, Method, Relation, Status, StepVerdict, Verdict

_ROOM = Path(__file__).resolve().parents[2] / "tutor_app" / "verify"

# -- nothing evaluates text ---------------------------------------------------------------

_BUILTINS = frozenset({"eval", "exec", "compile", "__import__"})
_FUNCTIONS = frozenset(
    {"parse_expr", "sympify", "lambdify", "nsimplify", "parse_latex", "parse_mathematica",
     "autowrap", "ufuncify"}
)  # fmt: skip
_METHODS = frozenset({"subs", "alarm", "setitimer", "parsing"})
_MODULES = frozenset({"pickle", "marshal", "shelve", "gmpy2", "importlib", "code", "runpy"})
_TEXT_TAKING = frozenset({"Symbol", "Dummy", "Wild"})
"""What of SymPy takes a name as text and does not evaluate it."""


def _banned_uses(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from _banned_modules(*(alias.name for alias in names))
            case ast.ImportFrom(module=module, names=names):
                yield from _banned_modules(module or "")
                yield from {alias.name for alias in names} & (_FUNCTIONS | {"S"})
            case ast.Name(id=name) if name in _BUILTINS | _FUNCTIONS:
                yield name
            case ast.Attribute(attr=name) if name in _METHODS | _FUNCTIONS:
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id="sympy"), attr=name), args=args):
                if name == "S" or (name not in _TEXT_TAKING and any(map(_is_text, args))):
                    yield f"sympy.{name}(…)"


def _banned_modules(*names: str) -> Iterator[str]:
    for name in names:
        if name.partition(".")[0] in _MODULES or name.startswith("sympy.parsing"):
            yield name


def _is_text(node: ast.expr) -> bool:
    is_literal = isinstance(node, ast.Constant) and isinstance(node.value, str)
    is_converted = (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str"
    )
    return is_literal or is_converted or isinstance(node, ast.JoinedStr)


def test_no_module_calls_what_executes_text() -> None:
    found = [
        f"{path.name}: {use}"
        for path in sorted(_ROOM.rglob("*.py"))
        for use in _banned_uses(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_the_room_is_there_to_be_searched() -> None:
    assert len(list(_ROOM.rglob("*.py"))) > 20


@pytest.mark.parametrize(
    "code",
    [
        "from sympy.parsing.sympy_parser import parse_expr",
        "import sympy.parsing.latex\nsympy.parsing.latex.parse_latex(t)",
        "sympy.sympify(t)",
        "from sympy import sympify as read\nread(t)",
        "from sympy import S\nS(t)",
        "sympy.S(t)",
        "expr.subs('x', t)",
        "self.expr.subs(t)",
        "f(t).subs(t)",
        "substitute = expr.subs",
        "sympy.lambdify(t, t)",
        "eval(t)",
        "run = exec",
        "compile(t, '', 'eval')",
        "__import__('os')",
        "sympy.nsimplify(t)",
        "import pickle",
        "from marshal import loads",
        "signal.alarm(2)",
        "sympy.Eq(f'{t}', 1)",
        "sympy.Rational(str(t))",
        "sympy.solve('x-1')",
    ],
)
def test_the_search_finds_each_banned_use(code: str) -> None:
    assert list(_banned_uses(ast.parse(code))) != []


@pytest.mark.parametrize(
    "code",
    [
        "sympy.S.Zero",
        "member.eval(place)",
        "sympy.Symbol('x')",
        "re.compile('a')",
        "x = 'eval(1)'  # eval(x)",
    ],
)
def test_the_search_leaves_harmless_code_alone(code: str) -> None:
    assert list(_banned_uses(ast.parse(code))) == []


# -- methods fit statuses -----------------------------------------------------------------

_EXACT = {
    Method.EXACT_ARITHMETIC, Method.POLYNOMIAL_IDENTITY, Method.SUBSTITUTION,
    Method.DIFFERENTIATE_BACK, Method.ENUMERATION, Method.SOLUTION_SET, Method.GROEBNER,
}  # fmt: skip
_WRITTEN_DOWN: Mapping[Status, set[Method]] = {
    Status.VERIFIED: {*_EXACT, Method.SYMBOLIC_SIMPLIFY},
    Status.REFUTED: {
        *_EXACT, Method.CERTIFIED_INTERVAL, Method.COUNTEREXAMPLE, Method.DIMENSION, Method.FORM,
    },
    Status.UNKNOWN: {
        Method.SAMPLING, Method.TIMEOUT, Method.UNPARSED, Method.AMBIGUOUS, Method.UNSUPPORTED,
    },
}  # fmt: skip


def test_the_rule_is_the_one_that_was_decided() -> None:
    # Written out a second time on purpose: no entry can be added or lost unnoticed.
    assert {status: set(methods) for status, methods in METHODS_ALLOWED.items()} == _WRITTEN_DOWN


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("status", list(Status))
def test_a_verdict_takes_only_a_method_that_may_carry_its_status(
    status: Status, method: Method
) -> None:
    if method in _WRITTEN_DOWN[status]:
        Verdict(status, method)
        StepVerdict(0, status, method, Relation.CLAIM, "")
        return
    with pytest.raises(ValueError, match="may not carry"):
        Verdict(status, method)
    with pytest.raises(ValueError, match="may not carry"):
        StepVerdict(0, status, method, Relation.CLAIM, "")


def test_without_the_rule_sampling_would_pass_as_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = {status: frozenset(Method) for status in Status}
    monkeypatch.setattr(verdict_module, "METHODS_ALLOWED", everything)
    assert Verdict(Status.VERIFIED, Method.SAMPLING).status is Status.VERIFIED


@pytest.mark.parametrize(
    "method", [Method.SAMPLING, Method.TIMEOUT, Method.UNPARSED, Method.AMBIGUOUS]
)
def test_sampling_and_failures_are_never_more_than_unknown(method: Method) -> None:
    assert method not in METHODS_ALLOWED[Status.VERIFIED]
    assert method not in METHODS_ALLOWED[Status.REFUTED]
