"""Toy drawings in the drawing program's format: coloured shapes, for tests alone."""

import json
import random
from pathlib import Path

import numpy as np

COLOURS = {
    "red": ((220, 50, 60), "红色"),
    "green": ((60, 170, 90), "绿色"),
    "blue": ((50, 90, 210), "蓝色"),
    "yellow": ((245, 205, 70), "黄色"),
}
SHAPES = {"circle": "圆形", "square": "方块", "stripe": "条纹"}
GROUNDS = {"white": ((250, 250, 245), "白色"), "night": ((30, 32, 60), "夜色"), "sand": ((230, 200, 160), "沙色")}


def draw(shape: str, colour, ground, size: int, rng: random.Random) -> np.ndarray:
    """:returns: uint8 [size, size, 3]."""
    y, x = np.mgrid[:size, :size] / size
    centre, radius = (rng.uniform(0.35, 0.65), rng.uniform(0.35, 0.65)), rng.uniform(0.15, 0.3)
    across, down = np.abs(x - centre[0]), np.abs(y - centre[1])
    inside = {"circle": np.hypot(across, down), "square": np.maximum(across, down), "stripe": down * 2}[shape] < radius
    return np.where(inside[..., None], np.uint8(colour), np.uint8(ground))


def write_toys(folder: Path, count: int, size: int, seed: int, shard: int = 64) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    for start in range(0, count, shard):
        pixels, lines = [], []
        for index in range(start, min(count, start + shard)):
            shape, colour, ground = (rng.choice(list(each)) for each in (SHAPES, COLOURS, GROUNDS))
            pixels.append(draw(shape, COLOURS[colour][0], GROUNDS[ground][0], size, rng))
            en = f"a {colour} {shape} on {ground}"
            zh = f"{GROUNDS[ground][1]}背景上的{COLOURS[colour][1]}{SHAPES[shape]}"
            record = {"thing": shape, "thingColour": colour, "ground": ground, "things": [{"id": shape}, {"id": colour}]}
            texts = {"en": [en, f"{shape}, {colour}", f"Flat drawing: {en}."], "zh": [zh, f"一幅画，{zh}。", zh]}
            lines.append(json.dumps({"index": index, "kind": "thing", "record": record, **texts, "told": record}, ensure_ascii=False))
        name = f"{start // shard:04d}"
        (folder / f"pictures-{name}.bin").write_bytes(np.stack(pixels).tobytes())
        (folder / f"captions-{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
