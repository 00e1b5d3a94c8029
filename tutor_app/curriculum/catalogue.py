"""All skills there are, in the order a learner meets them."""

from tutor_app.curriculum.arithmetic import Addition, Division, Multiplication, Subtraction
from tutor_app.curriculum.derivatives import Derivatives
from tutor_app.curriculum.fraction_arithmetic import FractionArithmetic
from tutor_app.curriculum.linear_equations import LinearEquations
from tutor_app.curriculum.order_of_operations import OrderOfOperations
from tutor_app.curriculum.percentages import Percentages
from tutor_app.curriculum.quadratics import Quadratics
from tutor_app.curriculum.scope import Scope
from tutor_app.curriculum.skill import Skill


def skills() -> tuple[Skill, ...]:
    """Every skill that has problems with an answer."""
    return (
        Addition(),
        Subtraction(),
        Multiplication(),
        Division(),
        OrderOfOperations(),
        FractionArithmetic(),
        Percentages(),
        LinearEquations(),
        Quadratics(),
        Derivatives(),
    )


def replies() -> tuple[Skill, ...]:
    """Skills that only say what the model can do."""
    return (Scope(),)
