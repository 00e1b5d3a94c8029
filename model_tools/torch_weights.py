"""Weights that torch saved (`.pt`, `.bin`); the only part of conversion that imports torch."""

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from model_tools.errors import ConversionError
from model_tools.weights import without_wrapper

_NESTED_UNDER = ("model_state_dict", "state_dict", "model")


class TorchWeights:
    """One or several files of torch tensors as `Weights`, mapped rather than read."""

    def __init__(self, paths: list[Path]) -> None:
        """Open `paths` without running any code they may carry.

        Raises:
            ConversionError: a file is damaged, or holds more than tensors.
        """
        self._tensors: dict[str, torch.Tensor] = {}
        for path in paths:
            for name, tensor in _tensors(path).items():
                self._tensors[without_wrapper(name)] = tensor

    @property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """Every name with its shape."""
        return {name: tuple(tensor.shape) for name, tensor in self._tensors.items()}

    def rows(self, name: str, start: int, stop: int) -> np.ndarray:
        """Rows `start` to `stop` of an array along its first axis, float32."""
        return self._tensors[name][start:stop].to(torch.float32).contiguous().numpy()

    def close(self) -> None:
        """Let go of the mapped files."""
        self._tensors.clear()


def _tensors(path: Path) -> dict[str, torch.Tensor]:
    try:
        loaded: Any = _load(path)
    except (pickle.UnpicklingError, OSError, RuntimeError, ValueError, EOFError) as error:
        raise ConversionError(
            f"{path.name} is not a file of plain torch tensors.",
            hint="Files that carry code are not opened; save the state_dict alone.",
        ) from error
    for key in _NESTED_UNDER:
        if isinstance(loaded, dict) and isinstance(loaded.get(key), dict):
            loaded = loaded[key]
    if not isinstance(loaded, dict):
        raise ConversionError(f"{path.name} holds no named tensors.")
    found = {
        str(name): tensor.detach()
        for name, tensor in loaded.items()
        if isinstance(tensor, torch.Tensor) and tensor.is_floating_point()
    }
    if not found:
        raise ConversionError(f"{path.name} holds no named tensors.")
    return found


def _load(path: Path) -> Any:  # noqa: ANN401 - whatever was saved
    try:
        return torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except RuntimeError:
        # Files of before torch 1.6 are not archives and cannot be mapped.
        return torch.load(path, map_location="cpu", weights_only=True)
