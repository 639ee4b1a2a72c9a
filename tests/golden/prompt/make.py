"""Emphasis applied to embeddings: weights times vectors, each chunk's mean restored, in float32.

The embeddings are no random numbers but a formula that the test repeats: value i is
((i * 2654435761) mod 2**32) / 2**32 - 0.4, rounded to float32.

Packages: numpy. Run by hand:  python tests/golden/prompt/make.py
"""

import json
from pathlib import Path

import numpy as np

CHUNKS, POSITIONS, WIDTH = 3, 77, 4
index = np.arange(CHUNKS * POSITIONS * WIDTH, dtype=np.uint64)
embeddings = (((index * 2654435761) % 2**32) / 2**32 - 0.4).astype(np.float32)
embeddings = embeddings.reshape(CHUNKS, POSITIONS, WIDTH)

weights = np.ones((CHUNKS, POSITIONS), np.float32)
weights[0, 1:6] = [1.1, 1.21, 0.5, 1.5, 0]
weights[2, 10:40] = 1 / 1.1
weights[2, 40:50] = -0.25


def rounded(values):
    return [float(f"{v:.9g}") for v in values.reshape(-1)]


weighted = embeddings * weights[:, :, None]
restored = weighted * (embeddings.mean((1, 2)) / weighted.mean((1, 2)))[:, None, None]
golden = {
    "versions": {"numpy": np.__version__},
    "shape": [1, CHUNKS * POSITIONS, WIDTH],
    "weights": [rounded(row) for row in weights],
    "noNorm": rounded(weighted),
    "original": rounded(restored),
}
out = Path(__file__).parent / "golden.json"
out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(out.stat().st_size, "bytes")
