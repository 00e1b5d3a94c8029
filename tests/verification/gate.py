"""One gate of the verifier: what passed, what is false, what is left open."""

from dataclasses import dataclass, field

_MISSES_SHOWN = 60


@dataclass(slots=True)
class Gate:
    """How many of how many passed, and what stands in the way.

    `fatal` are false verdicts and broken limits, `misses` are honest unknowns, `notes` are
    figures to read.
    """

    name: str
    needed: int
    passed: int = 0
    total: int = 0
    fatal: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether the gate lets the release through."""
        return not self.fatal and self.passed >= self.needed

    def text(self) -> str:
        """The gate as lines for the terminal."""
        slow = max(self.seconds, default=0.0)
        sign = "pass" if self.is_open else "FAIL"
        head = (
            f"[{sign}] {self.name}: {self.passed} of {self.total} (needed {self.needed}), "
            f"{len(self.fatal)} false; slowest {slow:.2f} s"
        )
        lines = [f"    FALSE  {case}" for case in self.fatal]
        lines += [f"    miss   {case}" for case in self.misses[:_MISSES_SHOWN]]
        left_out = len(self.misses) - _MISSES_SHOWN
        if left_out > 0:
            lines.append(f"    miss   … and {left_out} more")
        lines += [f"    {note}" for note in self.notes]
        return "\n".join([head, *lines])
