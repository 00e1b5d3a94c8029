"""Slips between one equation and the next."""

from typing import Final

from tutor_app.verify.slips.linear_equations import LINEAR_SLIPS
from tutor_app.verify.slips.root_equations import ROOT_SLIPS

EQUATION_SLIPS: Final = (*LINEAR_SLIPS, *ROOT_SLIPS)
"""All slips between equations, but for the quadratic formula."""
