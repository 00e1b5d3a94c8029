"""Muon for hidden matrices, AdamW for the rest, and the warm-up/stable/decay schedule."""

from torch import nn
from torch.optim import AdamW, Muon, Optimizer

from model_tools.architecture import MobileLLM
from model_tools.recipe import Recipe


def build_optimizers(model: MobileLLM, recipe: Recipe) -> tuple[Optimizer, Optimizer]:
    """Muon over every 2-D weight of the blocks, AdamW over embedding and norms."""
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, weight in model.named_parameters():
        is_hidden_matrix = weight.ndim == 2 and "embed_tokens" not in name
        (matrices if is_hidden_matrix else others).append(weight)
    muon = Muon(matrices, lr=recipe.muon_lr, momentum=0.95, weight_decay=recipe.weight_decay)
    adam = AdamW(others, lr=recipe.adam_lr, betas=(0.9, 0.95), weight_decay=0.0)
    return muon, adam


def rate_factor(recipe: Recipe, *, step: int, progress: float) -> float:
    """The share of the peak learning rate at `step`, when `progress` (0..1) of the run is done."""
    warmup = min(1.0, (step + 1) / recipe.warmup_steps)
    decay = min(1.0, max(0.0, (1.0 - progress) / (1.0 - recipe.decay_from)))
    return warmup * decay


def set_rates(optimizers: tuple[Optimizer, Optimizer], recipe: Recipe, factor: float) -> None:
    """Set both learning rates to `factor` of their peaks."""
    for optimizer, peak in zip(optimizers, (recipe.muon_lr, recipe.adam_lr), strict=True):
        for group in optimizer.param_groups:
            group["lr"] = peak * factor


def clip_gradients(model: nn.Module, largest_norm: float = 1.0) -> float:
    """Scale gradients down to `largest_norm`; returns their norm before."""
    return float(nn.utils.clip_grad_norm_(model.parameters(), largest_norm))
