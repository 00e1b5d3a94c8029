"""`python -m model_tools`: train, convert, repair, compare and evaluate models.

A command's module is imported only when the command is chosen: conversion and inspection run
without torch, which is hundreds of megabytes and an optional dependency.
"""

import argparse
import importlib
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

from model_tools.errors import ModelToolsError
from model_tools.progress import Report, report_for
from tutor_app.core.errors import TutorError

_INTERRUPTED = 130
_TRAIN_EXTRA = frozenset(
    {"torch", "transformers", "tokenizers", "safetensors", "gguf", "numpy", "yaml"}
)


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table.

    Attributes:
        module: in `model_tools.commands`; has `add_arguments(parser)` and `run(arguments)`.
        summary: one line for `--help`.
    """

    module: str
    summary: str


COMMANDS = {
    "convert": Command("convert", "write a checkpoint as a GGUF file"),
    "repair": Command("repair", "rewrite a dense llama4 GGUF file as one that llama.cpp loads"),
    "parity": Command("parity", "prove that a GGUF file is its checkpoint"),
    "train": Command("train", "train a model on the curriculum"),
    "evaluate": Command("evaluate", "measure the accuracy of a GGUF file on unseen problems"),
    "check-humaneval": Command(
        "check_humaneval", "whether HumanEval's own solutions pass and broken ones fail"
    ),
    "card": Command("card", "write the model card from an evaluation"),
}


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    rows = (f"  {name:{width}}  {command.summary}" for name, command in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="python -m model_tools",
        description="Train, convert, repair, compare and evaluate models.",
        epilog="commands:\n" + "\n".join(rows) + "\n\nCOMMAND --help explains one of them.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=tuple(COMMANDS), metavar="COMMAND")
    parser.add_argument(
        "rest", nargs=argparse.REMAINDER, metavar="…", help="what the command takes"
    )
    return parser


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _missing_module(error: ModuleNotFoundError, command: str) -> ModelToolsError:
    if (error.name or "").partition(".")[0] not in _TRAIN_EXTRA:
        raise error
    return ModelToolsError(
        f"'{command}' needs {error.name}, which is not installed.",
        hint="Install the workshop's extra: pip install 'stem-tutor[train]'.",
    )


def _run(name: str, rest: Sequence[str]) -> int:
    report: Report = report_for(json_lines="--json" in rest)
    try:
        module = importlib.import_module(f"model_tools.commands.{COMMANDS[name].module}")
        parser = argparse.ArgumentParser(
            prog=f"python -m model_tools {name}", description=module.__doc__
        )
        module.add_arguments(parser)
        return int(module.run(parser.parse_args(rest)))
    except ModuleNotFoundError as error:
        missing = _missing_module(error, name)
        report.fail(str(missing), missing.hint)
    except TutorError as error:
        report.fail(str(error), error.hint)
    except BrokenPipeError:
        # Whoever read our lines is gone; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ValueError, OSError) as error:
        report.fail(str(error))
    return 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (130 after Ctrl-C or a request to end)."""
    chosen = _parser().parse_args(arguments)
    previous = signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(chosen.command, chosen.rest)
    except KeyboardInterrupt:
        print("model_tools: stopped", file=sys.stderr)
        return _INTERRUPTED
    finally:
        signal.signal(signal.SIGTERM, previous)


if __name__ == "__main__":
    sys.exit(main())
