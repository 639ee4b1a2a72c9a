"""What OpenCV makes of small pictures: Canny's edges, grey, area and cubic resampling.

Needs opencv-python-headless, numpy and pillow (the versions used are written into golden.json):
    python tests/golden/annotators/make.py
Pictures: the sample riviera.webp made small (rich), random bytes (ties and every direction), shapes with straight and
diagonal borders (equal neighbours), and slivers of one and two pixels (borders). Bytes are base64, edges packed as bits.
"""

import base64
import json
from pathlib import Path

import cv2
import numpy as np
import PIL
from PIL import Image

HERE = Path(__file__).parent
SEED = 20261122
THRESHOLDS = [(100, 200), (50, 150), (200, 100), (0, 30), (99.5, 200.5), (300, 900)]


def shapes() -> np.ndarray:
    picture = np.full((48, 56, 3), (200, 180, 120), np.uint8)
    cv2.rectangle(picture, (6, 6), (24, 30), (40, 60, 200), -1)
    cv2.circle(picture, (38, 26), 13, (230, 40, 40), -1)
    cv2.line(picture, (0, 47), (55, 31), (0, 0, 0), 2)
    picture[40:, 44:] = (179, 190, 122)  # nearly the background's brightness, another colour
    return picture


def pictures() -> dict[str, np.ndarray]:
    random = np.random.default_rng(SEED)
    sample = Image.open(HERE.parents[2] / "public/samples/riviera.webp").convert("RGB")
    return {
        "riviera": np.asarray(sample.crop((300, 200, 940, 680)).resize((96, 72), Image.Resampling.BOX)),
        "noise": random.integers(0, 256, (37, 41, 3), dtype=np.uint8),
        "faint noise": random.integers(100, 140, (23, 31, 3), dtype=np.uint8),
        "shapes": shapes(),
        "row": random.integers(0, 256, (1, 19, 3), dtype=np.uint8),
        "column": random.integers(0, 256, (17, 1, 3), dtype=np.uint8),
        "two": random.integers(0, 256, (2, 2, 3), dtype=np.uint8),
    }


def text(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def bits(edges: np.ndarray) -> str:
    assert set(np.unique(edges)) <= {0, 255}
    return text(np.packbits(edges.ravel() > 0))


def entry(picture: np.ndarray) -> dict:
    height, width, _ = picture.shape
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return {
        "width": width,
        "height": height,
        "rgb": text(picture),
        "grey": text(grey),
        "canny": [
            {"low": low, "high": high, "grey": bits(cv2.Canny(grey, low, high)), "colour": bits(cv2.Canny(picture, low, high))}
            for low, high in THRESHOLDS
        ],
    }


def resampled(picture: np.ndarray) -> list[dict]:
    sizes = [(24, 18, cv2.INTER_AREA), (61, 40, cv2.INTER_AREA), (130, 97, cv2.INTER_CUBIC)]
    return [
        {"width": width, "height": height, "rgb": text(cv2.resize(picture, (width, height), interpolation=how))}
        for width, height, how in sizes
    ]


def main() -> None:
    made = pictures()
    golden = {
        "versions": {"opencv": cv2.__version__, "numpy": np.__version__, "pillow": PIL.__version__},
        "seed": SEED,
        "pictures": {name: entry(picture) for name, picture in made.items()},
        "resampled": {"of": "riviera", "to": resampled(made["riviera"])},
    }
    (HERE / "golden.json").write_text(json.dumps(golden) + "\n")


if __name__ == "__main__":
    main()
