"""Reads the attack programs and judges how each of them ended, from inside and from outside.

A new attack is one new file in `attacks`, with its expected outcome in the header (lines of
`# KEY: value` or `// KEY: value`):

    EXPECT        the expected outcome in words
    STATUS        allowed endings: ok exit signal timeout cpu memory output disk killed
    STATUS-A, -B  the same for one tier: A has namespaces, B has Landlock
    PLAIN         what happens without a sandbox: `escapes` (the program reports it),
                  `escapes-outside` (seen from outside), `escapes-secret` (a secret in the output),
                  `escapes-compiles` (it compiles), `escapes-check`
                  (the check fails), `harmless`, or `skip` (never do that)
    STDIN         a text; `canary`: what the canary says of itself; `flood`: much
    LIMITS        wall= and cpu= in seconds, memory= in MiB
    PHASE         `compile`: the ending meant is the compiler's
    ANSWER        what standard output must be
    FILES         names of the files that must come back, and no others
    EXIT, SIGNAL  the exact status or signal
    CHECK         `metadata`, `fast`, `plain-text`, `no-image`, `no-accounts` or `outside`:
                  see `_CHECKS`
    NEEDS         a package; NEEDS-LINUX a kernel; ARCHITECTURE a kind of processor

Whatever it prints that begins with ESCAPED is an escape, and @HOME@, @OUTSIDE@, @UID@ and
@IS_CONFINED@ stand for the decoy home, the canary's folder, the user and True or False.
"""

import dataclasses
import json
import platform
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.sandbox.outside import SECRETS, Outside, user_id
from tutor_app.core.plain_text import plain_text
from tutor_app.core.program import Language, Limit, Phase, RunLimits, RunOutcome, RunRequest
from tutor_app.sandbox.client import Sandbox
from tutor_app.sandbox.levels import Mechanism

FOLDER = Path(__file__).with_name("attacks")
_HEADER_LINE = re.compile(r"(?:#|//) ([A-Z][A-Z-]*):(.*)")
_TIERS = {Mechanism.BUBBLEWRAP: "A", Mechanism.LANDLOCK: "B", Mechanism.NONE: "A"}
_STATUSES = {
    Limit.WALL_TIME: "timeout",
    Limit.CPU_TIME: "cpu",
    Limit.MEMORY: "memory",
    Limit.OUTPUT: "output",
    Limit.DISK: "disk",
}
_GRACE_S, _COMPILE_S = 4.0, 25.0
_FLOOD_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Attack:
    """One program and what must come of it."""

    name: str
    language: Language
    source: str
    header: dict[str, str]

    @classmethod
    def read(cls, path: Path) -> "Attack":
        source = path.read_text(encoding="utf-8")
        header = {}
        for line in source.splitlines():
            if not (matched := _HEADER_LINE.match(line)):
                break
            header[matched[1]] = matched[2].strip()
        language = Language.PYTHON if path.suffix == ".py" else Language.CPP
        return cls(path.stem, language, source, header)

    def statuses(self, mechanism: Mechanism) -> list[str]:
        tier = f"STATUS-{_TIERS[mechanism]}"
        return self.header.get(tier, self.header.get("STATUS", "")).split()

    def reason_to_skip(self, packages: Path) -> str:
        """Why this machine cannot show anything with it; empty if it can."""
        machine = self.header.get("ARCHITECTURE", platform.machine())
        if machine != platform.machine():
            return f"for {machine} only"
        package = self.header.get("NEEDS")
        if package and not (packages / package).exists():
            return f"{package} is not installed"
        needed = self.header.get("NEEDS-LINUX", "0.0").split(".")
        release = re.findall(r"\d+", platform.release())[:2]
        if [int(part) for part in release] < [int(part) for part in needed]:
            return f"Linux {'.'.join(needed)} tells more than this one"
        return ""


def attacks() -> list[Attack]:
    """All of them."""
    return [
        Attack.read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in (".py", ".cpp")
    ]


def _request(attack: Attack, outside: Outside, mechanism: Mechanism) -> RunRequest:
    source = attack.source
    places = {
        "HOME": str(outside.home),
        "OUTSIDE": str(outside.folder),
        "UID": str(user_id()),
        "IS_CONFINED": str(mechanism is not Mechanism.NONE),
    }
    for name, value in places.items():
        source = source.replace(f"@{name}@", value)
    assert not re.search(r"@[A-Z]+@", source), (
        "an attack on a place that is not there shows nothing"
    )
    stdin = attack.header.get("STDIN", "")
    if stdin == "canary":
        stdin = json.dumps(outside.canary)
    elif stdin == "flood":
        stdin = "x" * _FLOOD_BYTES
    limits = RunLimits()
    for part in attack.header.get("LIMITS", "").split():
        name, value = part.split("=")
        field = {"wall": "wall_s", "cpu": "cpu_s", "memory": "memory_bytes"}[name]
        number = int(value) << 20 if name == "memory" else int(value)
        limits = dataclasses.replace(limits, **{field: number})
    return RunRequest(attack.language, source, stdin.encode(), limits, allows_unprotected=True)


def status_of(outcome: RunOutcome) -> str:
    """How it ended, in one word of the headers."""
    if outcome.limit is not None:
        return _STATUSES[outcome.limit]
    if outcome.is_stopped:
        return "killed"
    if outcome.signal:
        return "signal"
    return "ok" if outcome.exit_code == 0 else "exit"


def _visible_text(outcome: RunOutcome) -> str:
    parts = (outcome.stdout, outcome.stderr, outcome.diagnostics)
    return "\n".join(part.decode(errors="replace") for part in parts)


def _unchanged_metadata(outcome: RunOutcome, mechanism: Mechanism, _seconds: float) -> str:
    has_leak = "LEAK" in _visible_text(outcome)
    return "stat answers" if has_leak and mechanism is Mechanism.BUBBLEWRAP else ""


def _fast(_outcome: RunOutcome, _mechanism: Mechanism, seconds: float) -> str:
    return f"took {seconds:.1f} s" if seconds > 10 else ""


def _plain(outcome: RunOutcome, _mechanism: Mechanism, _seconds: float) -> str:
    shown = plain_text(_visible_text(outcome))
    return (
        "unsafe text"
        if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        else ""
    )


def _no_image(outcome: RunOutcome, _mechanism: Mechanism, _seconds: float) -> str:
    return f"would show {[image.name for image in outcome.images]}" if outcome.images else ""


def _no_accounts(outcome: RunOutcome, _mechanism: Mechanism, _seconds: float) -> str:
    shell = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()[0].rsplit(":", 2)[1:]
    return "shows an account" if ":".join(shell) in _visible_text(outcome) else ""


def _nothing_more(_outcome: RunOutcome, _mechanism: Mechanism, _seconds: float) -> str:
    return ""


_CHECKS: dict[str, Callable[[RunOutcome, Mechanism, float], str]] = {
    "metadata": _unchanged_metadata,
    "fast": _fast,
    "plain-text": _plain,
    "no-image": _no_image,
    "no-accounts": _no_accounts,
    "outside": _nothing_more,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was seen of one attack.

    Attributes:
        outcome: of the run.
        escapes: lines in which the program says that it got out.
        secrets: secrets in anything that came back.
        changes: seen from outside.
        faults: everything else that is not as the header says.
    """

    outcome: RunOutcome
    escapes: list[str]
    secrets: list[str]
    changes: list[str]
    faults: list[str]


def run_attack(attack: Attack, sandbox: Sandbox, outside: Outside) -> Judgement:
    """Run it and look."""
    mechanism = Mechanism(sandbox.isolation().mechanism)
    outside.restore()
    request = _request(attack, outside, mechanism)
    before = outside.snapshot()
    began_s = time.monotonic()
    outcome = sandbox.start(request).result()
    seconds = time.monotonic() - began_s
    text = _visible_text(outcome)
    returned = text.encode() + b"".join(file.content for file in outcome.files)
    return Judgement(
        outcome,
        escapes=[line for line in text.splitlines() if line.startswith("ESCAPED")],
        secrets=[secret for secret in SECRETS if secret.encode() in returned],
        changes=outside.changes(before),
        faults=_faults(attack, request, outcome, mechanism, seconds),
    )


def _faults(
    attack: Attack, request: RunRequest, outcome: RunOutcome, mechanism: Mechanism, seconds: float
) -> list[str]:
    header = attack.header
    is_compiler_meant = header.get("PHASE") == "compile"
    has_compiled = is_compiler_meant and outcome.phase is Phase.RUN
    status = "ok" if has_compiled else status_of(outcome)
    found = []
    if status not in attack.statuses(mechanism):
        found.append(f"status {status}: {outcome.reason} {outcome.stderr[-300:]!r}")
    if not is_compiler_meant and outcome.phase is Phase.COMPILE and status == "ok":
        found.append("it was not run")
    compile_s = _COMPILE_S if attack.language is Language.CPP else 0.0
    if seconds > request.limits.wall_s + compile_s + _GRACE_S:
        found.append(f"took {seconds:.1f} s")
    if "ANSWER" in header and outcome.stdout.decode().strip() != header["ANSWER"]:
        found.append(f"printed {outcome.stdout!r}")
    names = [file.name for file in outcome.files]
    if "FILES" in header and names != header["FILES"].split():
        found.append(f"returned {names}")
    if "EXIT" in header and (outcome.exit_code, outcome.signal) != (int(header["EXIT"]), ""):
        found.append(f"status {outcome.exit_code}, signal {outcome.signal!r}")
    if "SIGNAL" in header and outcome.signal != header["SIGNAL"]:
        found.append(f"signal {outcome.signal!r}")
    if "CHECK" in header and (fault := _CHECKS[header["CHECK"]](outcome, mechanism, seconds)):
        found.append(fault)
    return found
