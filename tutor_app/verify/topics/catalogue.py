"""Every topic's reader, in the order they are asked."""

from collections.abc import Callable
from typing import Final

from tutor_app.verify.limits import Unreadable
from tutor_app.verify.task import TopicTask
from tutor_app.verify.topics.cards import read_cards
from tutor_app.verify.topics.changes import read_changes
from tutor_app.verify.topics.coins import read_coins
from tutor_app.verify.topics.colours import read_colours
from tutor_app.verify.topics.conversion import read_conversion
from tutor_app.verify.topics.data_lists import read_data
from tutor_app.verify.topics.dice import read_dice
from tutor_app.verify.topics.eigenvalues import read_eigenvalues
from tutor_app.verify.topics.electricity import read_electricity
from tutor_app.verify.topics.events import read_events
from tutor_app.verify.topics.factorial_forms import read_factorials
from tutor_app.verify.topics.formula_topics import FORMULA_READERS
from tutor_app.verify.topics.heat_and_gases import read_heat_and_gases
from tutor_app.verify.topics.interest import read_interest
from tutor_app.verify.topics.matrices import read_matrices
from tutor_app.verify.topics.matrix_equations import read_matrix_equation
from tutor_app.verify.topics.measures import read_measures
from tutor_app.verify.topics.mechanics import read_mechanics
from tutor_app.verify.topics.motion import read_motion
from tutor_app.verify.topics.number_puzzles import read_puzzle
from tutor_app.verify.topics.numeral_bases import read_numeral_base
from tutor_app.verify.topics.polygons import read_polygon
from tutor_app.verify.topics.prices import read_prices
from tutor_app.verify.topics.ratios import read_ratio
from tutor_app.verify.topics.repeating_decimals import read_repeating
from tutor_app.verify.topics.selection_numbers import read_selection
from tutor_app.verify.topics.selections import read_counting
from tutor_app.verify.topics.sequences_in_words import read_sequence
from tutor_app.verify.topics.series_sums import read_series

_STATEMENT_CHARS: Final = 600
"""Beyond this the patterns, each tried on the whole statement, would take seconds."""

Reader = Callable[[str], TopicTask | None]
"""A statement on one line, formula delimiters removed, to its task; None if it is another kind.

A reader must account for every word: what it leaves over could change the meaning. It may raise
`Unreadable`, which counts as None.
"""

READERS: Final[tuple[Reader, ...]] = (
    read_eigenvalues,
    read_matrix_equation,
    read_matrices,
    read_sequence,
    read_series,
    read_selection,
    read_repeating,
    read_numeral_base,
    read_factorials,
    read_counting,
    read_coins,
    read_dice,
    read_colours,
    read_cards,
    read_events,
    read_data,
    read_polygon,
    read_measures,
    read_prices,
    read_changes,
    read_interest,
    read_motion,
    read_puzzle,
    read_ratio,
    read_conversion,
    read_electricity,
    read_mechanics,
    read_heat_and_gases,
    *FORMULA_READERS,
)


def read_topic(text: str) -> TopicTask | None:
    """The task of the first topic that recognises a statement on one line."""
    if len(text) > _STATEMENT_CHARS:
        return None
    for reader in READERS:
        try:
            task = reader(text)
        except (Unreadable, RecursionError):
            continue  # RecursionError: a sum of very many terms
        if task is not None:
            return task
    return None
