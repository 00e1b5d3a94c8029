"""Matrices and vectors: calculations, numbers that belong to them, equations, working."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor_app.core.verdict import Method, Status
from tutor_app.verify.equivalence import compare_answers
from tutor_app.verify.grading import check_answer
from tutor_app.verify.line import check_line
from tutor_app.verify.reader import read_task
from tutor_app.verify.steps import check_steps

A = r"\begin{pmatrix}2&1\\5&3\end{pmatrix}"
B = r"\begin{bmatrix}1&0\\-2&4\end{bmatrix}"
SINGULAR = "[[3,6],[1,2]]"


def status(problem: str, answer: str) -> Status:
    return check_answer(problem, answer).status


NAMED_AB = f"Let $A={A}$ and $B={B}$."

RIGHT = [
    (f"Find the determinant of ${A}$.", "1"),
    (f"Find the determinant of ${A}$.", r"\det A = 1"),
    (f"What is the determinant of the matrix $A={A}$?", "The determinant is 1"),
    (f"Calculate $\\det{A}$.", "1"),
    (r"Evaluate $\begin{vmatrix}3&1\\2&4\end{vmatrix}$.", "10"),
    (r"Evaluate $\left|\begin{array}{ccc}1&0&2\\0&3&1\\4&0&1\end{array}\right|$.", "-21"),
    (f"Let $A={A}$. Find $|A|$.", "1"),
    ("Find the determinant of [[a,b],[c,d]].", "ad-bc"),
    (f"What is the trace of ${A}$?", "5"),
    ("Find the rank of [[1,2,3],[2,4,6],[1,1,1]].", "2"),
    (f"Find the inverse of ${A}$.", r"\begin{pmatrix}3&-1\\-5&2\end{pmatrix}"),
    (f"Find the inverse of ${A}$.", "A^{-1} = [[3,-1],[-5,2]]"),
    (f"If $A={A}$, find $A^{{-1}}$.", "[3 -1; -5 2]"),
    ("Find the inverse of [[1,2],[3,4]].", r"-\frac12\begin{pmatrix}4&-2\\-3&1\end{pmatrix}"),
    ("Find the inverse of [[1,2],[3,4]].", r"\begin{pmatrix}-2&1\\1.5&-0.5\end{pmatrix}"),
    (f"Find the inverse of {SINGULAR} if it exists.", "no inverse"),
    (f"Find the inverse of {SINGULAR}.", "The matrix is singular."),
    (f"Find the inverse of {SINGULAR}.", r"\text{does not exist}"),
    (f"{NAMED_AB} Find $AB$.", "[[0,4],[-1,12]]"),
    (f"{NAMED_AB} Find $AB$.", "AB = [[0,4],[-1,12]]"),
    (f"{NAMED_AB} Compute $BA$.", "[[2,1],[16,10]]"),
    (f"{NAMED_AB} Compute $2A-3B$.", "[[1,2],[16,-6]]"),
    (f"{NAMED_AB} Find $A^T$.", "[[2,5],[1,3]]"),
    (f"{NAMED_AB} Find $(AB)^T$.", "[[0,-1],[4,12]]"),
    (f"{NAMED_AB} Find $A^2-5A+I$.", "[[0,0],[0,0]]"),
    (f"Compute $A^T B$ where $A={A}$ and $B={B}$.", "[[-8,20],[-5,12]]"),
    (f"Multiply ${A}$ by ${B}$.", "[[0,4],[-1,12]]"),
    (f"Add ${A}$ and ${B}$.", "[[3,1],[3,7]]"),
    (f"Subtract ${B}$ from ${A}$.", "[[1,1],[7,-1]]"),
    (r"Compute $3\begin{pmatrix}1&-2\\0&4\end{pmatrix}$.", "[[3,-6],[0,12]]"),
    (r"Compute $\begin{pmatrix}1&1\\0&1\end{pmatrix}^{6}$.", "[[1,6],[0,1]]"),
    (r"Compute $\begin{pmatrix}1&2\end{pmatrix}\begin{pmatrix}3\\4\end{pmatrix}$.", "11"),
    (
        r"Compute $\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}5&6\end{pmatrix}$.",
        "undefined",
    ),
    ("Compute [[1,2],[3,4]] + [[1,2,3],[4,5,6]].", "not defined"),
]
WRONG = [
    (f"Find the determinant of ${A}$.", "-1"),
    (f"Find the determinant of ${A}$.", "11"),
    ("Find the determinant of [[a,b],[c,d]].", "ad+bc"),
    (f"What is the trace of ${A}$?", "6"),
    (f"Find the inverse of ${A}$.", r"\begin{pmatrix}3&1\\-5&2\end{pmatrix}"),
    (f"Find the inverse of ${A}$.", r"\begin{pmatrix}3&-5\\-1&2\end{pmatrix}"),
    (f"Find the inverse of ${A}$.", "no inverse"),
    (f"Find the inverse of {SINGULAR}.", "[[2,-6],[-1,3]]"),
    (f"{NAMED_AB} Find $AB$.", "[[2,1],[16,10]]"),
    (f"{NAMED_AB} Find $AB$.", "[[2,0],[-10,12]]"),
    (f"{NAMED_AB} Find $AB$.", "[[0,4,0],[-1,12,0]]"),
    (f"{NAMED_AB} Find $AB$.", "undefined"),
    (f"{NAMED_AB} Find $A+B$.", "[[3,1],[7,7]]"),
    ("Find the rank of [[1,2,3],[2,4,6],[1,1,1]].", "3"),
]
NOT_DECIDED = [
    (f"Find the inverse of ${A}$.", f"{A}^{{-1}}"),
    (f"If $A={A}$, find $A^{{-1}}$.", "A = [[3,-1],[-5,2]]"),
    (f"{NAMED_AB} Find $AB$.", "BA = [[0,4],[-1,12]]"),
    (f"{NAMED_AB} Find $AB$.", "[[0,4],[-1]]"),
    (f"{NAMED_AB} Find $AB$.", f"{A}{B}"),
    ("Find the inverse of [[3,0],[0,1]].", "[[0.33,0],[0,1]]"),
    (f"Find the determinant of ${A}$.", r"2\cdot3-1\cdot5"),
]


@pytest.mark.parametrize(("problem", "answer"), RIGHT)
def test_a_right_result_is_verified(problem: str, answer: str) -> None:
    assert status(problem, answer) is Status.VERIFIED


@pytest.mark.parametrize(("problem", "answer"), WRONG)
def test_a_wrong_result_is_refuted(problem: str, answer: str) -> None:
    assert status(problem, answer) is Status.REFUTED


@pytest.mark.parametrize(("problem", "answer"), NOT_DECIDED)
def test_what_is_not_a_worked_out_answer_stays_open(problem: str, answer: str) -> None:
    assert status(problem, answer) is Status.UNKNOWN


@pytest.mark.parametrize(
    "problem",
    [
        f"{NAMED_AB} Find $AB$ and $BA$.",
        f"{NAMED_AB} Find the largest entry of $AB$.",
        f"{NAMED_AB} Find $AC$.",
        f"Let $A={A}$ and $A={B}$. Find $A^2$.",
        f"Find the inverse of ${A}$ modulo 7.",
        f"Find the determinant of ${A}$ without expanding, in terms of k.",
        "Find the inverse of [[a,1],[1,a]].",
        "Compute the product of (1,2) and (3,4).",
        r"Compute $\begin{pmatrix}1\\2\end{pmatrix}\begin{pmatrix}3\\4\end{pmatrix}$.",
        r"Compute $\begin{pmatrix}1&2\\3\end{pmatrix}\begin{pmatrix}1&2\\3&4\end{pmatrix}$.",
    ],
)
def test_a_wording_with_something_left_over_is_not_recognised(problem: str) -> None:
    assert read_task(problem) is None


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Find the dot product of (1,2,3) and (4,-5,6).", "12"),
        (r"Let $\vec{u}=\langle 1,2\rangle$ and $\vec{v}=\langle 3,4\rangle$."
         r" Find $\vec{u}\cdot\vec{v}$.", "11"),
        ("Find the cross product of (1,2,3) and (4,5,6).", "(-3,6,-3)"),
        (r"Find the cross product of $\langle 1,2,3\rangle$ and $\langle 4,5,6\rangle$.",
         "-3i+6j-3k"),
        (r"Find the cross product of $\langle 1,2,3\rangle$ and $\langle 4,5,6\rangle$.",
         r"-3\mathbf{i}+6\mathbf{j}-3\mathbf{k}"),
        ("Find the magnitude of the vector (3,-4).", "5"),
        ("Find the magnitude of the vector (1,1,1).", r"\sqrt{3}"),
        (r"Find the magnitude of the vector $2\mathbf{i}-3\mathbf{j}+6\mathbf{k}$.", "7"),
        ("Find a unit vector in the direction of (3,4).", "(3/5, 4/5)"),
        (r"Given vectors $\mathbf{a}=(1,2)$ and $\mathbf{b}=(3,4)$, find"
         r" $2\mathbf{a}-\mathbf{b}$.", "(-1,0)"),
    ],
)  # fmt: skip
def test_vectors_may_be_written_in_any_usual_way(problem: str, answer: str) -> None:
    assert status(problem, answer) is Status.VERIFIED


@pytest.mark.parametrize(
    ("problem", "answer"),
    [
        ("Find the dot product of (1,2,3) and (4,-5,6).", "-12"),
        ("Find the cross product of (1,2,3) and (4,5,6).", "(3,-6,3)"),
        ("Find the magnitude of the vector (3,-4).", "7"),
        ("Find a unit vector in the direction of (3,4).", "(3,4)"),
    ],
)
def test_a_wrong_vector_result_is_refuted(problem: str, answer: str) -> None:
    assert status(problem, answer) is Status.REFUTED


SYMMETRIC = "Find the eigenvalues of [[5,2],[2,2]]."
DOUBLE = "Find the eigenvalues of [[2,1,0],[0,2,0],[0,0,3]]."
TURN = "Find the eigenvalues of [[0,-1],[1,0]]."
IRRATIONAL = "Find the eigenvalues of [[1,2],[2,2]]."


@pytest.mark.parametrize(
    ("problem", "answer", "wanted"),
    [
        (SYMMETRIC, "1, 6", Status.VERIFIED),
        (SYMMETRIC, r"\lambda_1=6,\ \lambda_2=1", Status.VERIFIED),
        (SYMMETRIC, "The eigenvalues are 1 and 6.", Status.VERIFIED),
        (SYMMETRIC, "6", Status.REFUTED),
        (SYMMETRIC, "-1, -6", Status.REFUTED),
        (SYMMETRIC, "1, 6, 7", Status.REFUTED),
        (SYMMETRIC, "1, 1, 6", Status.UNKNOWN),
        (SYMMETRIC, "1 or 6", Status.UNKNOWN),
        (SYMMETRIC, r"\lambda = 1 or \lambda = 6", Status.VERIFIED),
        (SYMMETRIC, r"\lambda\in\{1,6\}", Status.VERIFIED),
        (DOUBLE, "2, 3", Status.VERIFIED),
        (DOUBLE, "2, 2, 3", Status.VERIFIED),
        (DOUBLE, "2 (multiplicity 2), 3", Status.VERIFIED),
        (DOUBLE, "3 (multiplicity 2), 2", Status.UNKNOWN),
        (DOUBLE, "2, 3, 3", Status.UNKNOWN),
        (TURN, r"\pm i", Status.VERIFIED),
        (TURN, "1, -1", Status.REFUTED),
        (TURN, "i", Status.UNKNOWN),
        (IRRATIONAL, r"\frac{3\pm\sqrt{17}}{2}", Status.VERIFIED),
        (IRRATIONAL, r"\frac{3+\sqrt{17}}{2}", Status.REFUTED),
        (IRRATIONAL, "3.56, -0.56", Status.UNKNOWN),
    ],
)
def test_eigenvalues_must_be_right_and_complete(problem: str, answer: str, wanted: Status) -> None:
    assert status(problem, answer) is wanted


def test_any_multiple_of_an_eigenvector_is_right_but_zero_is_not() -> None:
    problem = "Find an eigenvector of [[4,1],[2,3]] corresponding to the eigenvalue 5."
    assert status(problem, "(1,1)") is Status.VERIFIED
    assert status(problem, r"\begin{pmatrix}-3\\-3\end{pmatrix}") is Status.VERIFIED
    assert status(problem, "(1,-2)") is Status.REFUTED
    assert status(problem, "(0,0)") is Status.REFUTED


def test_the_characteristic_polynomial_may_have_either_sign_and_any_letter() -> None:
    problem = "Find the characteristic polynomial of [[1,2,0],[0,1,1],[1,0,1]]."
    assert status(problem, r"\lambda^3-3\lambda^2+3\lambda-3") is Status.VERIFIED
    assert status(problem, "p(t) = -t^3+3t^2-3t+3") is Status.VERIFIED
    assert status(problem, r"\lambda^3-3\lambda^2+3\lambda+1") is Status.REFUTED


def test_a_matrix_equation_is_solved_entry_by_entry() -> None:
    problem = (
        r"Solve $\begin{pmatrix}2&1\\1&3\end{pmatrix}\begin{pmatrix}x\\y\end{pmatrix}"
        r"=\begin{pmatrix}5\\10\end{pmatrix}$."
    )
    for answer in ("x=1, y=3", "(1,3)", r"\begin{pmatrix}1\\3\end{pmatrix}"):
        assert status(problem, answer) is Status.VERIFIED
    assert status(problem, "(3,1)") is Status.REFUTED
    assert status("Let A=[[1,1],[2,2]] and b=[[1],[3]]. Solve Ax=b.", "no solution") is (
        Status.VERIFIED
    )


@pytest.mark.parametrize(
    ("gold", "answer", "wanted"),
    [
        ("[[1,2],[3,4]]", r"\begin{pmatrix}1&2\\3&\frac{8}{2}\end{pmatrix}", Status.VERIFIED),
        ("[[1,2],[3,4]]", "A = [[1,2],[3,4]]", Status.VERIFIED),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", "(1,2)", Status.VERIFIED),
        (r"\langle 1,2,3\rangle", r"\begin{pmatrix}1\\2\\3\end{pmatrix}", Status.VERIFIED),
        ("[[x,1],[0,x]]", r"\begin{bmatrix}x&1\\0&\frac{2x}{2}\end{bmatrix}", Status.VERIFIED),
        ("[[1,2],[3,4]]", "[[1,2],[4,3]]", Status.REFUTED),
        ("[[1,2],[3,4]]", "[[1,3],[2,4]]", Status.REFUTED),
        ("[[1,2],[3,4]]", "[[1,2,0],[3,4,0]]", Status.REFUTED),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", "(2,1)", Status.REFUTED),
        (r"\begin{pmatrix}1\\2\end{pmatrix}", r"\begin{pmatrix}1&2\end{pmatrix}", Status.UNKNOWN),
        ("[[1/3,0],[0,1]]", "[[0.33,0],[0,1]]", Status.UNKNOWN),
        ("[[1,2],[3,4]]", "-2", Status.UNKNOWN),
    ],
)
def test_two_matrices_are_the_same_if_all_entries_are(
    gold: str, answer: str, wanted: Status
) -> None:
    assert compare_answers(gold, answer, "").status is wanted


def test_another_shape_is_refuted_by_its_dimensions() -> None:
    verdict = compare_answers("[[1,2],[3,4]]", "[[1,2,0],[3,4,0]]", "")
    assert verdict.method is Method.DIMENSION


@pytest.mark.parametrize(
    ("lines", "first_wrong"),
    [
        ((r"\det\begin{pmatrix}3&2\\1&5\end{pmatrix}", r"= 3\cdot5-2\cdot1", "= 13"), None),
        ((r"\det\begin{pmatrix}3&2\\1&5\end{pmatrix}", r"= 3\cdot5+2\cdot1", "= 17"), 1),
        ((r"\begin{vmatrix}3&2\\1&5\end{vmatrix}", r"= 15-2", "= 12"), 2),
        ((r"\begin{pmatrix}1&2\\0&1\end{pmatrix}\begin{pmatrix}1&0\\3&1\end{pmatrix}",
          r"= \begin{pmatrix}1+6&0+2\\0+3&0+1\end{pmatrix}",
          r"= \begin{pmatrix}7&2\\3&1\end{pmatrix}"), None),
        ((r"\begin{pmatrix}1&2\\0&1\end{pmatrix}\begin{pmatrix}1&0\\3&1\end{pmatrix}",
          r"= \begin{pmatrix}1+6&0+2\\0+3&0+1\end{pmatrix}",
          r"= \begin{pmatrix}7&2\\4&1\end{pmatrix}"), 2),
        ((r"\begin{vmatrix}2-x&1\\1&2-x\end{vmatrix}", "= (2-x)^2-1", "= x^2-4x+3"), None),
        ((r"\begin{vmatrix}2-x&1\\1&2-x\end{vmatrix}", "= (2-x)^2-1", "= x^2-4x+5"), 2),
    ],
)  # fmt: skip
def test_the_first_wrong_line_of_a_matrix_calculation_is_found(
    lines: tuple[str, ...], first_wrong: int | None
) -> None:
    assert check_steps("", lines).first_wrong == first_wrong


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (r"\(\det\begin{pmatrix}1&2\\3&4\end{pmatrix} = 1\cdot4-2\cdot3 = -2\)", Status.VERIFIED),
        (r"\(\det\begin{pmatrix}1&2\\3&4\end{pmatrix} = 1\cdot4-2\cdot3 = 2\)", Status.REFUTED),
        (r"\(\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1\\1\end{pmatrix}"
         r" = \begin{pmatrix}3\\7\end{pmatrix}\)", Status.VERIFIED),
        (r"\(\begin{pmatrix}1&2\\3&4\end{pmatrix}\begin{pmatrix}1\\1\end{pmatrix}"
         r" = \begin{pmatrix}3\\6\end{pmatrix}\)", Status.REFUTED),
    ],
)  # fmt: skip
def test_a_claim_about_matrices_in_a_line_is_decided(line: str, wanted: Status) -> None:
    found = check_line(f"Find the determinant of ${A}$.", (), line, 0)
    assert found is not None
    assert found.status is wanted


@pytest.mark.parametrize(
    "answer",
    [
        "[[" + "],[".join(",".join(["1"] * 13) for _ in range(13)) + "]]",
        r"\begin{pmatrix}1&2\\3&4\end{pmatrix}^{100000}",
        r"\begin{pmatrix}9^{9^9}&2\\3&4\end{pmatrix}",
        r"\begin{pmatrix}" * 40 + "1" + r"\end{pmatrix}" * 40,
        "[" * 200,
    ],
)
def test_a_hostile_matrix_is_refused(answer: str) -> None:
    assert compare_answers("[[1,2],[3,4]]", answer, "").status is Status.UNKNOWN


_ENTRIES = st.integers(-6, 6)
_SQUARES = st.lists(_ENTRIES, min_size=4, max_size=4)


def _text(entries: list[int]) -> str:
    a, b, c, d = entries
    return f"[[{a},{b}],[{c},{d}]]"


@settings(max_examples=60, deadline=None)
@given(_SQUARES, _SQUARES, st.integers(0, 3), st.integers(-3, 3))
def test_no_changed_entry_of_a_product_is_ever_verified(
    first: list[int], second: list[int], place: int, change: int
) -> None:
    a, b, c, d = first
    e, f, g, h = second
    product = [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h]
    problem = f"Compute {_text(first)}{_text(second)}."
    assert status(problem, _text(product)) is Status.VERIFIED
    product[place] += change
    assert (status(problem, _text(product)) is Status.VERIFIED) is (change == 0)


@settings(max_examples=60, deadline=None)
@given(_SQUARES, st.integers(-4, 4))
def test_no_changed_determinant_is_ever_verified(entries: list[int], change: int) -> None:
    a, b, c, d = entries
    problem = f"Find the determinant of {_text(entries)}."
    is_verified = status(problem, str(a * d - b * c + change)) is Status.VERIFIED
    assert is_verified is (change == 0)


def test_a_row_operation_is_not_taken_for_a_wrong_step() -> None:
    verdict = check_steps("", ("[[1,2],[3,4]]", "[[1,2],[0,-2]]", "[[1,0],[0,1]]"))
    assert verdict.first_wrong is None
    assert verdict.steps[1].status is Status.UNKNOWN
