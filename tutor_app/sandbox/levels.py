"""The ways to confine a program, and what each may claim."""

from enum import StrEnum

from tutor_app.core.program import Isolation, IsolationLevel


class Mechanism(StrEnum):
    """How a program is confined."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    NONE = "none"


_KERNEL_GAP = "A mistake in the Linux kernel could let a program out: this is no virtual machine."
_READABLE_GAP = (
    "It can read the installed system (/usr), the app's Python packages and facts about the "
    "machine such as its processor and kernel."
)
_LANDLOCK_GAPS = (
    "It can find out whether a file exists, how large it is and when it changed, but not read it.",
    "It can read where a symbolic link leads, and this machine's name.",
    "Network lessons on the own machine and multiprocessing do not work.",
)


def isolation_of(mechanism: Mechanism, hint: str = "") -> Isolation:
    """What a mechanism gives, in words; `hint` says how to get more."""
    match mechanism:
        case Mechanism.BUBBLEWRAP:
            return Isolation(
                IsolationLevel.FULL,
                mechanism,
                "Programs run without network, cannot read or change your files, and are stopped "
                "when they use too much time, memory or output.",
                (_KERNEL_GAP, _READABLE_GAP),
            )
        case Mechanism.LANDLOCK:
            return Isolation(
                IsolationLevel.REDUCED,
                mechanism,
                "Programs run without network and cannot read or change your files, but can see "
                "that files exist; they are stopped when they use too much.",
                (_KERNEL_GAP, _READABLE_GAP, *_LANDLOCK_GAPS),
                hint,
            )
        case Mechanism.NONE:
            return Isolation(
                IsolationLevel.NONE,
                mechanism,
                "Nothing keeps programs away from your files and network here, so they are not "
                "run.",
                ("Everything that you may do, the program may do too.",),
                hint,
            )
