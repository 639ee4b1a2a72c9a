"""What transformers' CLIP, with its image processor, makes of texts and pictures: tests/unit/engine-clip-embedder.test.ts.

A tiny network with CLIP's whole vocabulary, weights told by names (tests/golden/tiny_weights.py), saw-tooth pictures told
by a formula. Token ids are CLIP's own, as tests/golden/tokenizer has them. Needs torch, torchvision, transformers:

    python tests/golden/clip-embedder/make.py
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import fill, shapes

TOWER = {"hidden_size": 24, "intermediate_size": 40, "num_attention_heads": 3, "num_hidden_layers": 2}
TEXTS = {"a photo of a cat": [320, 1125, 539, 320, 2368], "dog": [1929], "": []}
START, END = 49406, 49407
SIDE = 12


def waves(width, height):
    """The twin is in tests/unit/engine-clip-embedder.test.ts."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y) % 256).astype(np.uint8)


def unit(rows):
    return [[float(f"{value:.9g}") for value in row] for row in (rows / rows.norm(dim=1, keepdim=True)).tolist()]


torch.set_grad_enabled(False)
config = {
    "model_type": "clip",
    "projection_dim": 20,
    "text_config": {**TOWER, "vocab_size": END + 1, "max_position_embeddings": 9, "eos_token_id": END},
    "vision_config": {**TOWER, "image_size": SIDE, "patch_size": 4},
}
for tower in ("text_config", "vision_config"):
    config[tower]["projection_dim"] = config["projection_dim"]
model = fill(CLIPModel(CLIPConfig(**config))).eval()
processor = CLIPImageProcessor(size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE})
sizes = [[40, 30], [17, 23], [12, 12]]
# Each by itself, unpadded: what lies behind the end does not count.
texts = [
    model.text_projection(model.text_model(torch.tensor([[START, *ids, END]])).pooler_output)[0]
    for ids in TEXTS.values()
]
pictures = [
    model.visual_projection(model.vision_model(**processor(waves(*size), return_tensors="pt")).pooler_output)[0]
    for size in sizes
]
golden = {
    "versions": {name: version(name) for name in ["transformers", "torch", "torchvision"]},
    "config": config,
    "shapes": shapes(model),
    "preprocessor": {"size": {"shortest_edge": SIDE}, "crop_size": {"height": SIDE, "width": SIDE}},
    "texts": dict(zip(TEXTS, unit(torch.stack(texts)))),
    "sizes": sizes,
    "pictures": unit(torch.stack(pictures)),
}
(HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
