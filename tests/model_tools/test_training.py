from pathlib import Path

import pytest
import torch

from model_tools.architecture import MobileLLM, ModelShape
from model_tools.checkpoint import load_state
from model_tools.examples import IGNORED, collate
from model_tools.recipe import Recipe, load_recipe
from model_tools.training import Trainer, cell_weight, exact_match

SMALL = ModelShape(
    layers=1,
    width=64,
    heads=1,
    kv_heads=1,
    ffn_width=64,
    vocab_size=768,
    context_tokens=512,
)


def small_recipe(minutes: float) -> Recipe:
    return Recipe(
        name="small",
        shape=SMALL,
        minutes=minutes,
        micro_batch_tokens=640,
        micro_batches=1,
        warmup_steps=5,
        compile=False,
    )


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Trainer, Path]:
    folder = tmp_path_factory.mktemp("run")
    trainer = Trainer(small_recipe(0.05), folder, resume=False)
    trainer.run(lambda _: None)
    return trainer, folder


def test_training_lowers_the_loss(tmp_path: Path) -> None:
    trainer = Trainer(small_recipe(1.0), tmp_path, resume=False)
    batches = iter(trainer.stream)
    losses = [trainer.step([next(batches)], 0.3) for _ in range(40)]
    assert sum(losses[-5:]) / 5 < sum(losses[:5]) / 5 - 0.5


def test_a_run_resumes_where_it_stopped(trained: tuple[Trainer, Path]) -> None:
    _, folder = trained
    saved = load_state(folder)["progress"]
    again = Trainer(small_recipe(0.05), folder, resume=True)
    assert again.progress.step == saved["step"] > 0
    assert again.run(lambda _: None).steps == saved["step"], "its time was already used up"


def test_targets_cover_the_answer_and_nothing_else() -> None:
    batch = collate([([5, 6, 7, 8, 9], 3)], 8)
    assert batch.inputs[0, :4].tolist() == [5, 6, 7, 8]
    assert batch.targets[0].tolist() == [IGNORED, IGNORED, 8, 9, *[IGNORED] * 4]


def test_an_example_counts_as_right_only_if_every_token_is_the_likeliest() -> None:
    class Counting(MobileLLM):
        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            return torch.nn.functional.one_hot(ids + 1, 16).float()

    right, wrong = ([1, 2, 3, 4], 2), ([1, 2, 3, 5], 2)
    assert exact_match(Counting(SMALL), [right, right, wrong, wrong]) == 0.5


def test_weak_cells_are_drawn_more_often_but_none_is_forgotten() -> None:
    assert cell_weight(0.0) > 0
    assert cell_weight(0.5) > cell_weight(0.1)


def test_the_shipped_recipe_reads() -> None:
    folder = Path(__file__).resolve().parents[2] / "model_tools" / "recipes"
    assert load_recipe(folder / "starter_s6.toml").shape.width == 256


def test_a_recipe_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text("name = 'x'\nminutes = 1\nspeed = 3\n[shape]\n")
    with pytest.raises(ValueError, match="speed"):
        load_recipe(path)
