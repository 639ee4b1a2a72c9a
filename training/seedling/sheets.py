"""Contact sheets: pictures in a grid, to be looked at."""

from pathlib import Path

import torch
from PIL import Image


def to_bytes(pictures: torch.Tensor) -> torch.Tensor:
    """:param pictures: [n, 3, h, w] in [−1, 1]. :returns: uint8 [n, h, w, 3]."""
    return ((pictures.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu()


def save_sheet(path: Path, pictures: torch.Tensor, columns: int, gap: int = 4) -> None:
    """:param pictures: [n, 3, h, w] in [−1, 1], row by row."""
    pixels = to_bytes(pictures)
    count, height, width, _ = pixels.shape
    rows = -(-count // columns)
    sheet = torch.full((rows * (height + gap) + gap, columns * (width + gap) + gap, 3), 255, dtype=torch.uint8)
    for i in range(count):
        top, left = gap + i // columns * (height + gap), gap + i % columns * (width + gap)
        sheet[top : top + height, left : left + width] = pixels[i]
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet.numpy()).save(path)
