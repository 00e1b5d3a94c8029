"""Prints the verifier's gates, with every miss.

    python -m tests.verification_report [--data DIR] [--quick | --all]

Without a flag: the supplied cases where they are there, and 5,000 mutants. `--quick` takes a
tenth of that, `--all` adds 10,000 hostile texts and 20,000 checks with a look at the memory.
The folder of the supplied cases holds `verify/*.jsonl` and, if it is there,
`word_problems/gsm8k_test.jsonl`.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.verification.gate import Gate
from tests.verification.hostile_gate import hostile_gate, soak_gate
from tests.verification.mutation_gate import mutation_gate, reference_gate
from tests.verification.supplied_cases import supplied_gates
from tests.verification.worked_lines import worked_lines_gate

_DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"


def gates(data: Path, *, is_quick: bool = False, is_full: bool = False) -> Iterator[Gate]:
    """The gates in turn, each when it is asked for."""
    yield from supplied_gates(data, is_quick=is_quick)
    yield mutation_gate(500 if is_quick else 5000)
    yield reference_gate(500 if is_quick else 5000)
    yield worked_lines_gate(300 if is_quick else 3000)
    if not is_quick:
        yield hostile_gate(10_000 if is_full else 1000)
    if is_full:
        yield soak_gate(20_000, print_line=lambda line: sys.stdout.write(line + "\n"))


def main() -> int:
    """Print the report; 0 if every gate is open."""
    parser = argparse.ArgumentParser(description="The verifier's gates.")
    parser.add_argument("--data", type=Path, default=_DEFAULT)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="a tenth of the mutants, nothing else")
    size.add_argument("--all", action="store_true", help="10,000 hostile texts and the soak too")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        sys.stdout.write("The supplied cases are not here; give their folder with --data.\n")
    is_open = True
    for gate in gates(arguments.data, is_quick=arguments.quick, is_full=arguments.all):
        sys.stdout.write(gate.text() + "\n")
        sys.stdout.flush()
        is_open &= gate.is_open
    return 0 if is_open else 1


if __name__ == "__main__":
    sys.exit(main())
