"""Sets of whole numbers described in words: `even`, `greater than 4`, `a multiple of 3`."""

from collections.abc import Callable, Iterable
from typing import Final

import sympy

from tutor_app.verify.topics.phrasing import first_reading, whole

_LEAD: Final = (
    "[(the|a) number] [that is|which is|is|being] [showing] [a number] [that is|which is]"
)
_MORE: Final = (
    f"{_LEAD} (greater than|more than|larger than|bigger than|above|over|higher than) {{k}}"
)
_LESS: Final = f"{_LEAD} (less than|smaller than|below|under|fewer than|lower than) {{k}}"
_LEAST: Final = (
    f"{_LEAD} (at least|no less than|not less than) {{k}}",
    f"{_LEAD} (greater than|more than) or equal to {{k}}",
    f"{_LEAD} {{k}} or (more|greater|higher|above)",
)
_MOST: Final = (
    f"{_LEAD} (at most|no more than|not more than) {{k}}",
    f"{_LEAD} (less than|fewer than) or equal to {{k}}",
    f"{_LEAD} {{k}} or (less|fewer|lower|below)",
)
_KINDS: Final[tuple[tuple[str, Callable[[int], bool]], ...]] = (
    (f"{_LEAD} [an] even [number]", lambda n: n % 2 == 0),
    (f"{_LEAD} [an] odd [number]", lambda n: n % 2 == 1),
    (f"{_LEAD} [a] prime [number]", lambda n: bool(sympy.isprime(n))),
    (f"{_LEAD} [a] (perfect square|square number)", lambda n: int(n**0.5 + 0.5) ** 2 == n),
    (f"{_LEAD} [a] composite [number]", lambda n: n > 3 and not sympy.isprime(n)),
)
_RELATED: Final[tuple[tuple[str, Callable[[int, int], bool]], ...]] = (
    (f"{_LEAD} [a] multiple of {{k}}", lambda n, k: k > 0 and n % k == 0),
    (f"{_LEAD} divisible by {{k}}", lambda n, k: k > 0 and n % k == 0),
    (f"{_LEAD} [a] (factor|divisor) of {{k}}", lambda n, k: n > 0 and k % n == 0),
)
_EXACT: Final = (
    f"{_LEAD} [exactly] [equal to|equals] [an?] {{k}}",
    f"{_LEAD} [either] [an?] {{k}} or [an?] {{j}}",
    f"{_LEAD} [an?] {{k}} , {{j}} or {{i}}",
)
_NOT: Final = ("[a number] (that is not|which is not|is not|not|other than) {rest:rest}",)
_BETWEEN: Final = (f"{_LEAD} between {{k}} and {{j}} inclusive",)


def described(text: str, numbers: Iterable[int]) -> frozenset[int] | None:
    """Those of the numbers that a normal text describes; None if it is not such a text.

    Raises:
        Unreadable: a number in the text is unreadable.
    """
    pool = frozenset(numbers)
    found = first_reading(_NOT, text)
    if found is not None:
        inner = described(f" {found['rest'].strip()}", pool)
        return None if inner is None else pool - inner
    for template, fits in _KINDS:
        if first_reading((template,), text) is not None:
            return frozenset(n for n in pool if fits(n))
    for template, relates in _RELATED:
        found = first_reading((template,), text)
        if found is not None:
            k = whole(found["k"])
            return frozenset(n for n in pool if relates(n, k))
    return _bounded(text, pool)


def _bounded(text: str, pool: frozenset[int]) -> frozenset[int] | None:
    bounds: tuple[tuple[tuple[str, ...], Callable[[int, int], bool]], ...] = (
        ((_MORE,), lambda n, k: n > k),
        ((_LESS,), lambda n, k: n < k),
        (_LEAST, lambda n, k: n >= k),
        (_MOST, lambda n, k: n <= k),
    )
    for templates, fits in bounds:
        found = first_reading(templates, text)
        if found is not None:
            k = whole(found["k"])
            return frozenset(n for n in pool if fits(n, k))
    found = first_reading(_BETWEEN, text)
    if found is not None:
        low, high = whole(found["k"]), whole(found["j"])
        return frozenset(n for n in pool if low <= n <= high)
    found = first_reading(_EXACT, text)
    if found is None:
        return None
    named = {whole(value) for value in found.groupdict().values() if value}
    return frozenset(named) & pool if named <= pool else None
