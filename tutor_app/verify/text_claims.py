"""Every claim of a text by itself: arithmetic in prose, in annotations and in formulas.

A claim is judged without its neighbours. Where the words around it change what it says ("it is
not true that 2 + 2 = 5"), nothing is refuted.
"""

from collections.abc import Callable, Iterator

from tutor_app.core.blocks import BlockKind, split
from tutor_app.core.verdict import ClaimVerdict, Method, Status, StepVerdict
from tutor_app.verify.line import formulas
from tutor_app.verify.prose import ANNOTATION, annotations, prose_claims
from tutor_app.verify.quantity_claim import prose_quantity_claims
from tutor_app.verify.text import spans

_RELATIONS = ("=", "≈", "<", ">", "≤", "≥", "≠", "\\le", "\\ge", "\\ne", "\\approx")
_FORMULA_MARK = " ⟦⟧ "  # stands for a formula, as in `verify.line`: words do not run on over it


CheckBlock = Callable[[str], StepVerdict | None]


def check_claims(text: str, check: CheckBlock) -> tuple[ClaimVerdict, ...]:
    """The claims of a text in order, each with its status; code is left out.

    Args:
        text: prose with formulas.
        check: judges one block without a problem, as `verify.inprocess.check_line` does.
    """
    return tuple(
        verdict
        for block in split(text)
        if block.kind is BlockKind.PROSE
        for row in _rows(block.text)
        for verdict in _claims_of_row(row, check)
    )


def _rows(block: str) -> tuple[str, ...]:
    """Prose line by line; a block with a formula as a whole, which may span lines."""
    if any(part.is_math for part in spans(block)):
        return (block,)
    return tuple(row for row in block.splitlines() if row.strip())


def _claims_of_row(row: str, check: CheckBlock) -> Iterator[ClaimVerdict]:
    whole = check(row)
    is_row_refuted = whole is not None and whole.status is Status.REFUTED
    for claim, source in _sources(row):
        verdict = check(source)
        if verdict is None:
            yield ClaimVerdict(claim, Status.UNKNOWN, Method.UNSUPPORTED, "nothing to check here")
        elif verdict.status is Status.REFUTED and not is_row_refuted:
            reason = "the words around it change what it says"
            yield ClaimVerdict(claim, Status.UNKNOWN, Method.AMBIGUOUS, reason)
        else:
            yield ClaimVerdict(
                claim, verdict.status, verdict.method, verdict.reason, verdict.evidence
            )


def _sources(row: str) -> Iterator[tuple[str, str]]:
    """Each claim once, with the text that is checked for it."""
    seen: set[str] = set()
    for claim, source in _all_sources(row):
        key = "".join(claim.split())
        if key not in seen:
            seen.add(key)
            yield claim, source


def _all_sources(row: str) -> Iterator[tuple[str, str]]:
    for annotation in annotations(row):
        yield annotation, f"<<{annotation}>>"
    parts = spans(row)
    if any(part.is_math for part in parts):
        for formula in formulas(row):
            if not formula.is_cut and any(sign in formula.text for sign in _RELATIONS):
                yield formula.text, f"\\({formula.text}\\)"
    prose = "".join(_FORMULA_MARK if part.is_math else part.text for part in parts)
    prose = ANNOTATION.sub("", prose)
    for claim in (*prose_claims(prose), *prose_quantity_claims(prose)):
        yield claim, claim
