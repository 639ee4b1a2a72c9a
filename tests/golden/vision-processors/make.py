"""What transformers' image processors make of small pictures: for CLIP, Depth Anything (DPT's) and ViTPose.

Needs transformers, torch, torchvision, safetensors, numpy, scipy (the versions used are written into golden.json):
    python tests/golden/vision-processors/make.py
Pictures are saw-tooth waves told by a formula, so that only outputs are kept: resized bytes (base64) and keypoints. Heatmaps
are Gaussian peaks at places told here, some of them beside the border, one of them with nothing in it. Whole pipelines
run on the tiny models of tests/golden/models, which transformers opens from files as they are published.
"""

import base64
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import (
    CLIPImageProcessor,
    DepthAnythingForDepthEstimation,
    DPTImageProcessor,
    VitPoseForPoseEstimation,
    VitPoseImageProcessor,
)

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import tiny_values
MEAN, STD = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def waves(width, height):
    """The twin is in tests/unit/engine-vision-processors.test.ts."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y) % 256).astype(np.uint8)


def pixels(values):
    """Bytes of a normalised [3, H, W]."""
    planes = values.numpy().transpose(1, 2, 0) * STD + MEAN
    raw = np.rint(planes * 255).clip(0, 255).astype(np.uint8)
    return base64.b64encode(raw.tobytes()).decode()


def clip(width, height, shortest_edge, crop):
    processor = CLIPImageProcessor(
        **{"size": {"shortest_edge": shortest_edge}, "crop_size": {"height": crop, "width": crop}},
        **{"do_normalize": False, "do_rescale": False},
    )
    values = processor(waves(width, height), return_tensors="pt").pixel_values[0]
    raw = values.numpy().transpose(1, 2, 0).astype(np.uint8)
    return {
        **{"width": width, "height": height, "shortestEdge": shortest_edge, "crop": crop},
        "pixels": base64.b64encode(raw.tobytes()).decode(),
    }


def depth(width, height):
    size = {"height": 56, "width": 56}
    processor = DPTImageProcessor(
        **{"size": size, "keep_aspect_ratio": True, "ensure_multiple_of": 14, "resample": 3},
        **{"image_mean": list(MEAN), "image_std": list(STD)},
    )
    values = processor(waves(width, height), return_tensors="pt").pixel_values[0]
    rows = torch.from_numpy(np.sin(np.arange(5 * 7)).astype(np.float32)).reshape(1, 1, 5, 7)
    resized = processor.post_process_depth_estimation(
        SimpleNamespace(predicted_depth=rows[:, 0]), target_sizes=[(height, width)]
    )[0]["predicted_depth"]
    near = (resized - resized.min()) / (resized.max() - resized.min()) * 255
    return {
        **{"width": width, "height": height, "size": list(values.shape[:0:-1]), "pixels": pixels(values)},
        "hint": base64.b64encode(near.round().to(torch.uint8).numpy().tobytes()).decode(),
    }


PEAKS = [(3.3, 4.7), (0.2, 0.1), (11.4, 15.2), (6.5, 8.5), (11.0, 2.2), (5.1, 15.4)]


def heatmaps():
    y, x = np.mgrid[0:16, 0:12]
    maps = [np.exp(-((x - px) ** 2 + (y - py) ** 2) / 4) for px, py in PEAKS]
    return np.stack([*maps, -np.ones((16, 12))]).astype(np.float32)[None]


def pose(width, height, box):
    processor = VitPoseImageProcessor(size={"height": 32, "width": 24})
    values = processor(waves(width, height), boxes=[[box]], return_tensors="pt").pixel_values[0]
    outputs = SimpleNamespace(heatmaps=torch.from_numpy(heatmaps()))
    [[person]] = processor.post_process_pose_estimation(outputs, boxes=[[box]])
    keypoints = torch.cat([person["keypoints"], person["scores"][:, None]], 1)
    return {
        **{"width": width, "height": height, "box": box, "pixels": pixels(values)},
        "keypoints": [[float(f"{number:.9g}") for number in row] for row in keypoints.tolist()],
    }


def tiny_model(kind, name):
    """One of tests/golden/models, out of the files that the hub would have."""
    cases = json.loads((HERE.parent / "models" / f"{name}.json").read_text())["cases"]
    config, shapes, salt = cases[0]["config"], cases[0]["shapes"], cases[0].get("salt", "")
    with tempfile.TemporaryDirectory() as folder:
        labels = {"id2label": {str(i): str(i) for i in range(17)}} if name == "vitpose" else {}
        (Path(folder) / "config.json").write_text(json.dumps({**config, **labels}))
        weights = {key: tiny_values(salt + key, shape) for key, shape in shapes.items()}
        save_file(weights, Path(folder) / "model.safetensors", metadata={"format": "pt"})
        return kind.from_pretrained(folder).eval()


def whole_depth(width, height):
    processor = DPTImageProcessor(
        **{"size": {"height": 56, "width": 56}, "keep_aspect_ratio": True, "ensure_multiple_of": 7, "resample": 3},
        **{"image_mean": list(MEAN), "image_std": list(STD)},
    )
    outputs = tiny_model(DepthAnythingForDepthEstimation, "depth-anything")(
        **processor(waves(width, height), return_tensors="pt")
    )
    [found] = processor.post_process_depth_estimation(outputs, target_sizes=[(height, width)])
    depth = found["predicted_depth"]
    near = (depth - depth.min()) / (depth.max() - depth.min()) * 255
    return {
        **{"width": width, "height": height},
        "hint": base64.b64encode(near.round().to(torch.uint8).numpy().tobytes()).decode(),
    }


def whole_pose(width, height):
    processor = VitPoseImageProcessor(size={"height": 40, "width": 24})
    boxes = [[[0, 0, width, height]]]
    inputs = processor(waves(width, height), boxes=boxes, return_tensors="pt")
    outputs = tiny_model(VitPoseForPoseEstimation, "vitpose")(**inputs)
    [[person]] = processor.post_process_pose_estimation(outputs, boxes=boxes)
    keypoints = torch.cat([person["keypoints"], person["scores"][:, None]], 1)
    return {
        **{"width": width, "height": height},
        "keypoints": [[float(f"{number:.9g}") for number in row] for row in keypoints.tolist()],
    }


torch.set_grad_enabled(False)
golden = {
    "versions": {name: version(name) for name in ["transformers", "torch", "torchvision", "numpy", "scipy"]},
    "peaks": PEAKS,
    "clip": [clip(70, 40, 32, 32), clip(33, 90, 48, 40), clip(20, 23, 31, 30)],
    "depth": [depth(70, 40), depth(33, 90), depth(20, 23)],
    "pose": [pose(40, 30, [0, 0, 40, 30]), pose(50, 60, [12.5, 7, 11, 40])],
    "whole": {"depth": whole_depth(60, 40), "pose": whole_pose(50, 70)},
}
(HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
