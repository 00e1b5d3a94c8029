"""A task whose answer is a quantity, so that lines of working can be seen against it."""

from abc import abstractmethod

from tutor_app.verify.measure import Measure
from tutor_app.verify.task import TopicTask


class QuantityTask(TopicTask):
    """Asks for one quantity; subclasses are frozen dataclasses."""

    @property
    @abstractmethod
    def asked(self) -> Measure | None:
        """The exact quantity, None where a value that was not stated is needed."""

    @property
    @abstractmethod
    def letters(self) -> frozenset[str]:
        """The letters by which the quantity is called."""
