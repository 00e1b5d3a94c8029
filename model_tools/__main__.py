"""`python -m model_tools`: train, convert, compare and evaluate models."""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from model_tools.checkpoint import load_model, load_state
from model_tools.conversion import OUTPUT_TYPES, Card, convert_checkpoint
from model_tools.errors import ConversionError, EvaluationError
from model_tools.evaluation import CellScore, evaluate
from model_tools.humaneval import evaluate_humaneval, read_tasks, self_test
from model_tools.model_card import render_card
from model_tools.parity import logit_parity, sample_strings, token_disagreements
from model_tools.recipe import load_recipe
from model_tools.training import Trainer
from tutor_app.core.errors import SandboxError
from tutor_app.sandbox.client import Sandbox

_TOKENIZER_STRINGS = 10_000
_PARITY_TOKENS = 300


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model_tools", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    train = commands.add_parser("train", help="train a model on the curriculum")
    train.add_argument("stage", choices=("pretrain",))
    train.add_argument("--config", type=Path, required=True, metavar="FILE.toml")
    train.add_argument("--out", type=Path, metavar="DIR", help="default: runs/NAME")
    train.add_argument("--resume", action="store_true")
    convert = commands.add_parser("convert", help="write a checkpoint as GGUF")
    convert.add_argument("checkpoint", type=Path)
    convert.add_argument("output", type=Path)
    convert.add_argument("--type", choices=tuple(OUTPUT_TYPES), default="f16")
    convert.add_argument("--name", default="STEM Tutor starter")
    parity = commands.add_parser("parity", help="prove that a GGUF file is its checkpoint")
    parity.add_argument("checkpoint", type=Path)
    parity.add_argument("model", type=Path)
    score = commands.add_parser("evaluate", help="accuracy of a GGUF file on unseen problems")
    score.add_argument("model", type=Path)
    score.add_argument("--task", choices=("curriculum", "humaneval"), default="curriculum")
    score.add_argument("--data", type=Path, metavar="FILE", help="humaneval.jsonl")
    score.add_argument("--limit", type=int, default=50, metavar="N", help="problems (a level)")
    score.add_argument("--json", action="store_true")
    harness = commands.add_parser(
        "check-humaneval", help="whether the reference solutions pass and broken ones fail"
    )
    harness.add_argument("data", type=Path, help="humaneval.jsonl")
    card = commands.add_parser("card", help="write the model card from an evaluation")
    card.add_argument("checkpoint", type=Path)
    card.add_argument("model", type=Path)
    card.add_argument("scores", type=Path, help="what 'evaluate --json' printed")
    card.add_argument("output", type=Path)
    return parser


def _train(arguments: argparse.Namespace) -> int:
    recipe = load_recipe(arguments.config)
    folder = arguments.out or Path("runs") / recipe.name
    result = Trainer(recipe, folder, resume=arguments.resume).run()
    print(f"{folder}: {result.steps} steps, {result.input_tokens / 1e6:.1f}M tokens")
    return 0


def _convert(arguments: argparse.Namespace) -> int:
    card = Card(
        name=arguments.name,
        licence="MIT",
        description="Small model of STEM Tutor, trained on its curriculum.",
        normalises_problems=True,
    )
    with tqdm(unit="tensor") as bar:
        convert_checkpoint(
            arguments.checkpoint,
            arguments.output,
            output_type=arguments.type,
            card=card,
            report=lambda _: bar.update(),
        )
    return 0


def _parity(arguments: argparse.Namespace) -> int:
    vocab = load_model(arguments.checkpoint).shape.vocab_size
    ids = [(7919 * i + 13) % vocab for i in range(_PARITY_TOKENS)]
    result = logit_parity(arguments.checkpoint, arguments.model, ids, exact_cache=True)
    print(json.dumps(asdict(result)))
    odd = token_disagreements(
        arguments.checkpoint, arguments.model, sample_strings(_TOKENIZER_STRINGS, seed=1)
    )
    print(f"{len(odd)} of {_TOKENIZER_STRINGS} strings are cut differently")
    for text in odd[:10]:
        print(repr(text))
    return 1 if odd else 0


def _evaluate_humaneval(arguments: argparse.Namespace) -> int:
    tasks = read_tasks(arguments.data or Path("humaneval.jsonl"))[: arguments.limit]
    with closing(Sandbox()) as runner:
        scores = evaluate_humaneval(arguments.model, tasks, runner)
    passed = sum(score.has_passed for score in scores)
    if arguments.json:
        for score in scores:
            print(json.dumps(asdict(score)))
    else:
        print(f"humaneval: passed {passed} of {len(scores)}, one greedy completion each")
    return 0


def _check_humaneval(arguments: argparse.Namespace) -> int:
    tasks = read_tasks(arguments.data)
    with closing(Sandbox()) as runner:
        failed, passed = self_test(runner, tasks)
    print(f"reference solutions: {len(tasks) - len(failed)} of {len(tasks)} pass {failed or ''}")
    print(f"broken solutions: {len(tasks) - len(passed)} of {len(tasks)} fail {passed or ''}")
    return 1 if failed or passed else 0


def _evaluate(arguments: argparse.Namespace) -> int:
    if arguments.task == "humaneval":
        return _evaluate_humaneval(arguments)
    scores = evaluate(arguments.model, per_cell=arguments.limit)
    if arguments.json:
        for score in scores:
            print(json.dumps(asdict(score)))
        return 0
    for score in scores:
        print(
            f"{score.skill:22} {score.level:32} right {score.right}/{score.problems}  "
            f"verified {score.verified}/{score.problems}"
        )
    total = sum(score.problems for score in scores)
    print(f"right {sum(score.right for score in scores)}/{total}")
    print(f"falsely verified {sum(score.falsely_verified for score in scores)}")
    print(f"falsely refuted {sum(score.falsely_refuted for score in scores)}")
    return 0


def _card(arguments: argparse.Namespace) -> int:
    model = load_model(arguments.checkpoint)
    progress = load_state(arguments.checkpoint)["progress"]
    lines = arguments.scores.read_text(encoding="utf-8").splitlines()
    text = render_card(
        arguments.model,
        [CellScore(**json.loads(line)) for line in lines],
        layers=model.shape.layers,
        width=model.shape.width,
        vocab=model.shape.vocab_size,
        parameters=model.parameter_count(),
        tokens=progress["input_tokens"],
        seconds=progress["seconds"],
        steps=progress["step"],
        file_type="F16 weights",
    )
    arguments.output.write_text(text, encoding="utf-8")
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "train": _train,
    "convert": _convert,
    "parity": _parity,
    "evaluate": _evaluate,
    "check-humaneval": _check_humaneval,
    "card": _card,
}


def main() -> int:
    """Run one command; returns the exit status."""
    arguments = _parser().parse_args()
    try:
        return _COMMANDS[arguments.command](arguments)
    except (ConversionError, EvaluationError, SandboxError, ValueError, OSError) as error:
        print(f"model_tools: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
