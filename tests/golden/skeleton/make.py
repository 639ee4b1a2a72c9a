"""The skeletons that ControlNet's published openpose annotator draws, with OpenCV's own ellipses and circles.

Needs opencv-python-headless and numpy (the versions used are written into golden.json):
    python tests/golden/skeleton/make.py
The drawing follows controlnet_aux's open_pose/util.py (draw_bodypose). Pictures are kept as packed bits of what is not
black and as the colours in the order of the pixels, run by run.
"""

import json
import math
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).parent
SEED = 20261122
LIMBS = [[2, 3], [2, 6], [3, 4], [4, 5], [6, 7], [7, 8], [2, 9], [9, 10], [10, 11], [2, 12], [12, 13], [13, 14]]
LIMBS += [[2, 1], [1, 15], [15, 17], [1, 16], [16, 18]]
HUES = [(255, 0, 0), (255, 85, 0), (255, 170, 0), (255, 255, 0), (170, 255, 0), (85, 255, 0), (0, 255, 0)]
HUES += [(0, 255, 85), (0, 255, 170), (0, 255, 255), (0, 170, 255), (0, 85, 255), (0, 0, 255), (85, 0, 255)]
HUES += [(170, 0, 255), (255, 0, 255), (255, 0, 170), (255, 0, 85)]


def skeleton(width, height, keypoints):
    canvas = np.zeros((height, width, 3), np.uint8)
    for (a, b), hue in zip(LIMBS, HUES):
        first, second = keypoints[a - 1], keypoints[b - 1]
        if first is None or second is None:
            continue
        (x0, y0), (x1, y1) = first, second
        centre = (int((x0 + x1) / 2), int((y0 + y1) / 2))
        length = ((x0 - x1) ** 2 + (y0 - y1) ** 2) ** 0.5
        turn = int(math.degrees(math.atan2(y0 - y1, x0 - x1)))
        polygon = cv2.ellipse2Poly(centre, (int(length / 2), 4), turn, 0, 360, 1)
        cv2.fillConvexPoly(canvas, polygon, [int(value * 0.6) for value in hue])
    for keypoint, hue in zip(keypoints, HUES):
        if keypoint is not None:
            cv2.circle(canvas, (int(keypoint[0]), int(keypoint[1])), 4, hue, thickness=-1)
    return canvas


def runs(canvas):
    """[colour, how many, …], row by row."""
    codes = (canvas.astype(np.int64) @ np.array([65536, 256, 1])).ravel()
    starts = np.flatnonzero(np.concatenate([[True], codes[1:] != codes[:-1]]))
    lengths = np.diff(np.append(starts, len(codes)))
    return [int(number) for pair in zip(codes[starts], lengths) for number in pair]


def case(name, width, height, keypoints):
    keypoints = [None if point is None else [round(float(v), 3) for v in point] for point in keypoints]
    drawn = runs(skeleton(width, height, keypoints))
    return {"name": name, "width": width, "height": height, "keypoints": keypoints, "runs": drawn}


random = np.random.default_rng(SEED)
standing = [(64, 20), (64, 40), (48, 41), (40, 62), (36, 84), (80, 40), (88, 61), (93, 85), (54, 86), (52, 112)]
standing += [(51, 140), (73, 86), (75, 113), (77, 141), (60, 16), (68, 16), (55, 18.5), (73, 18.5)]
inside = random.uniform([12, 12], [100, 116], (18, 2)).tolist()
some = [point if i % 3 else None for i, point in enumerate(random.uniform([12, 12], [100, 116], (18, 2)).tolist())]
golden = {
    "versions": {"opencv": cv2.__version__, "numpy": np.__version__},
    "cases": [
        case("standing", 128, 160, standing),
        case("in every direction", 112, 128, inside),
        case("with keypoints unseen", 112, 128, some),
        case("in one place", 24, 24, [(11.5, 12.5)] * 18),
        case("over the border", 60, 48, [(random.uniform(-4, 64), random.uniform(-4, 52)) for _ in range(18)]),
    ],
}
(HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
