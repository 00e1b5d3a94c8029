"""All named slips, for whoever explains or tests them."""

from typing import Final

from tutor_app.verify.slips.brackets import BRACKET_SLIPS
from tutor_app.verify.slips.derivatives import CALCULUS_SLIPS
from tutor_app.verify.slips.equations import EQUATION_SLIPS
from tutor_app.verify.slips.fractions import FRACTION_SLIPS
from tutor_app.verify.slips.functions import FUNCTION_SLIPS
from tutor_app.verify.slips.numbers import NUMBER_SLIPS
from tutor_app.verify.slips.powers import POWER_SLIPS
from tutor_app.verify.slips.quadratics import FORMULA_SLIPS
from tutor_app.verify.slips.relations import RELATION_SLIPS
from tutor_app.verify.slips.slip import Slip

EXPRESSION_SLIPS: Final = (*BRACKET_SLIPS, *FRACTION_SLIPS, *POWER_SLIPS, *FUNCTION_SLIPS)
"""Slips that rewrite a part of an expression."""

ALL_SLIPS: Final[tuple[Slip, ...]] = (
    *(one.slip for one in (*EXPRESSION_SLIPS, *CALCULUS_SLIPS)),
    *NUMBER_SLIPS,
    *(one.slip for one in EQUATION_SLIPS),
    *(one.slip for one in FORMULA_SLIPS),
    *RELATION_SLIPS,
)
"""Every slip that may be named."""
