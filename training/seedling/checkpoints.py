"""Checkpoints that are whole or not there: written beside, then renamed."""

import os
from pathlib import Path

import torch


def save_checkpoint(path: Path, state: dict) -> None:
    """Atomic: a run that is killed while writing leaves the former checkpoint."""
    beside = path.with_suffix(".partial")
    with open(beside, "wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def load_checkpoint(path: Path, device: torch.device | str = "cpu") -> dict | None:
    """:returns: None where there is none yet. Tensors, numbers, texts, lists and dicts alone are read."""
    if not path.exists():
        return None
    return torch.load(path, map_location=device, weights_only=True)


def require_checkpoint(work: Path, name: str) -> dict:
    """The checkpoint of another command. Raises FileNotFoundError, naming the command to run first."""
    state = load_checkpoint(work / name / "checkpoint.pt")
    if state is None:
        raise FileNotFoundError(f"{work / name} holds no checkpoint: run `python -m seedling {name}` first")
    return state
