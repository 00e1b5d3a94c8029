"""The readers of topics whose statements are sentences around formulas."""

from collections.abc import Callable
from typing import Final

from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.angle_equations import read_angle_equation
from tutor_app.verify.topics.areas import read_area
from tutor_app.verify.topics.complex_numbers import read_complex
from tutor_app.verify.topics.congruences import read_congruence
from tutor_app.verify.topics.differential_equations import read_differential
from tutor_app.verify.topics.expansions import read_expansion
from tutor_app.verify.topics.extrema import read_extremum
from tutor_app.verify.topics.functions import read_function
from tutor_app.verify.topics.line_relations import read_line_relation
from tutor_app.verify.topics.quadratics import read_quadratic
from tutor_app.verify.topics.solution_counts import read_solution_count
from tutor_app.verify.topics.straight_lines import read_straight_line
from tutor_app.verify.topics.subjects import read_subject
from tutor_app.verify.topics.tangents import read_tangent
from tutor_app.verify.topics.whole_numbers import read_whole_numbers

FORMULA_READERS: Final[tuple[Callable[[str], TopicTask | None], ...]] = (
    read_angle_equation,
    read_tangent,
    read_straight_line,
    read_line_relation,
    read_subject,
    read_differential,
    read_quadratic,
    read_expansion,
    read_complex,
    read_function,
    read_solution_count,
    read_extremum,
    read_area,
    read_congruence,
    read_whole_numbers,
)
