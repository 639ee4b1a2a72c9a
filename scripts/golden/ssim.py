"""Makes tests/golden/ssim/ssim.json: structural similarity of two formula-made pictures under several changes.

Run with scikit-image 0.26 and numpy 2; the test draws the same pictures by the same formulas.
"""
import json
import math
import numpy as np
import skimage
from skimage.metrics import structural_similarity

WIDTH, HEIGHT = 97, 64


def picture(change):
    data = np.zeros((HEIGHT, WIDTH), np.uint8)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            value = 128 + 60 * math.sin(x / 7) + 50 * math.cos(y / 5 + x / 11)
            data[y, x] = int(min(255, max(0, change(value, x, y))))
    return data


CHANGES = {
    "same": lambda v, x, y: v,
    "brighter": lambda v, x, y: v + 20,
    "flatter": lambda v, x, y: 128 + (v - 128) * 0.5,
    "dots": lambda v, x, y: 255 if x % 9 < 3 and y % 9 < 3 else v,
    "inverted": lambda v, x, y: 255 - v,
}
base = picture(CHANGES["same"])
values = {
    name: structural_similarity(
        base, picture(change), gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255
    )
    for name, change in CHANGES.items()
}
golden = {"source": f"scikit-image {skimage.__version__}", "width": WIDTH, "height": HEIGHT, "ssim": values}
with open("tests/golden/ssim/ssim.json", "w", encoding="utf-8") as file:
    json.dump(golden, file, indent=2)
    file.write("\n")
