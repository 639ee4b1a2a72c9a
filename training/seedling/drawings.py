"""Drawings as the drawing program leaves them: shards of raw RGB with their captions."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import avg_pool2d

from .machine import layout_of

LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Drawings:
    """
    :ivar shards: uint8 [n, size, size, 3] each, mapped from files; sRGB.
    :ivar lines: one object a drawing: kind, record (attributes), en, zh (captions).
    """

    shards: list[np.ndarray]
    lines: list[dict]
    size: int

    def __len__(self) -> int:
        return len(self.lines)

    def pixels(self, indices: torch.Tensor | list[int]) -> torch.Tensor:
        """:returns: uint8 [n, size, size, 3]."""
        starts = np.cumsum([0] + [len(shard) for shard in self.shards])
        at = np.asarray(indices)
        shard = np.searchsorted(starts, at, side="right") - 1
        return torch.from_numpy(np.stack([self.shards[s][i - starts[s]] for s, i in zip(shard, at)]))


def open_drawings(folder: Path, size: int | None, limit: int | None = None) -> Drawings:
    """
    All complete shards in the order of their names, or the first `limit` drawings. Drawings larger than `size` are
    averaged down once, and kept beside their shards in `at-SIZE/`; None takes them as large as they are.
    """
    shards, lines = [], []
    for captions in sorted(folder.glob("captions-*.jsonl")):
        pictures = folder / captions.name.replace("captions-", "pictures-").replace(".jsonl", ".bin")
        rows = [json.loads(line) for line in captions.read_text(encoding="utf8").splitlines()]
        if not rows or not pictures.exists():
            continue
        side = round((pictures.stat().st_size / len(rows) / 3) ** 0.5)
        if side * side * 3 * len(rows) != pictures.stat().st_size:
            continue  # still being drawn
        size = size or side
        shards.append(_map_shard(pictures, len(rows), side, size))
        lines += rows
        if limit and len(lines) >= limit:
            shards[-1] = shards[-1][: len(rows) - len(lines) + limit]
            lines = lines[:limit]
            break
    if not lines:
        raise FileNotFoundError(f"{folder} holds no drawings: draw some first, see training/README.md")
    return Drawings(shards, lines, size or 0)


def join(parts: list[Drawings]) -> Drawings:
    """Several folders' drawings as one, of one size."""
    lines = [line for part in parts for line in part.lines]
    return Drawings([shard for part in parts for shard in part.shards], lines, parts[0].size)


def _map_shard(path: Path, count: int, side: int, size: int) -> np.ndarray:
    if side == size:
        return np.memmap(path, np.uint8, "r", shape=(count, side, side, 3))
    if side % size:
        raise ValueError(f"{path} holds drawings of {side}², which do not average to {size}²")
    small = path.parent / f"at-{size}" / path.name
    if not small.exists() or small.stat().st_size != count * size * size * 3:
        small.parent.mkdir(exist_ok=True)
        source = np.memmap(path, np.uint8, "r", shape=(count, side, side, 3))
        with open(small.with_suffix(".partial"), "wb") as file:
            for start in range(0, count, 64):
                part = torch.from_numpy(np.array(source[start : start + 64])).permute(0, 3, 1, 2).float()
                part = avg_pool2d(part, side // size).round().byte().permute(0, 2, 3, 1)
                file.write(part.contiguous().numpy().tobytes())
        os.replace(small.with_suffix(".partial"), small)
    return np.memmap(small, np.uint8, "r", shape=(count, size, size, 3))


class Pictures:
    """Batches of drawings on the device; on a GPU all of them lie there, so that no step waits for a copy."""

    def __init__(self, drawings: Drawings, device: torch.device):
        self.drawings = drawings
        self.device = device
        self.resident = None
        if device.type == "cuda":
            self.resident = torch.cat([torch.from_numpy(np.array(shard)).to(device) for shard in drawings.shards])

    def __len__(self) -> int:
        return len(self.drawings)

    def batch(self, indices: torch.Tensor) -> torch.Tensor:
        """:returns: float32 [n, 3, size, size] in [−1, 1]."""
        if self.resident is not None:
            pixels = self.resident[indices.to(self.device)]
        else:
            pixels = self.drawings.pixels(indices).to(self.device)
        pictures = pixels.permute(0, 3, 1, 2).float().div_(127.5).sub_(1)
        return pictures.contiguous(memory_format=layout_of(self.device))


class Order:
    """Which samples a step sees: all of them, shuffled anew for every pass, told by the step's number alone."""

    def __init__(self, count: int, batch: int, seed: int):
        self.count, self.batch, self.seed = count, batch, seed
        self._kept: tuple[int, torch.Tensor] | None = None

    def _pass(self, number: int) -> torch.Tensor:
        if self._kept is None or self._kept[0] != number:
            generator = torch.Generator().manual_seed(self.seed * 7919 + number)
            self._kept = (number, torch.randperm(self.count, generator=generator))
        return self._kept[1]

    def indices(self, step: int) -> torch.Tensor:
        """:returns: int64 [batch]; a set smaller than a batch repeats."""
        first = step * self.batch
        parts, left = [], self.batch
        while left:
            number, at = divmod(first, self.count)
            part = self._pass(number)[at : at + left]
            parts.append(part)
            first, left = first + len(part), left - len(part)
        return torch.cat(parts)
