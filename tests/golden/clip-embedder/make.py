"""What transformers' CLIP and SigLIP make of texts and pictures: tests/unit/engine-clip-embedder.test.ts.

Tiny networks, CLIP's with its whole vocabulary, SigLIP's with that of tests/golden/tokenizer-siglip; weights told by names
(tests/golden/tiny_weights.py), saw-tooth pictures told by a formula. CLIP's token ids are its own, as
tests/golden/tokenizer has them. Needs torch, torchvision, transformers:

    python tests/golden/clip-embedder/make.py
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from transformers import (
    CLIPConfig,
    CLIPImageProcessor,
    CLIPModel,
    SiglipConfig,
    SiglipImageProcessor,
    SiglipModel,
)

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import fill, shapes

TOWER = {"hidden_size": 24, "intermediate_size": 40, "num_attention_heads": 3, "num_hidden_layers": 2}
TEXTS = {"a photo of a cat": [320, 1125, 539, 320, 2368], "dog": [1929], "": []}
START, END = 49406, 49407
PAD, EOS = 0, 1
SIDE = 12
SIZES = [[40, 30], [17, 23], [12, 12]]


def waves(width, height):
    """The twin is in tests/unit/engine-clip-embedder.test.ts."""
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * x * 3 + y * 7 * (c + 1) + x * y) % 256).astype(np.uint8)


def unit(rows):
    return [[float(f"{value:.9g}") for value in row] for row in (rows / rows.norm(dim=1, keepdim=True)).tolist()]


def clip():
    config = {
        "model_type": "clip",
        "projection_dim": 20,
        "text_config": {**TOWER, "vocab_size": END + 1, "max_position_embeddings": 9, "eos_token_id": END},
        "vision_config": {**TOWER, "image_size": SIDE, "patch_size": 4},
    }
    for tower in ("text_config", "vision_config"):
        config[tower]["projection_dim"] = config["projection_dim"]
    model = fill(CLIPModel(CLIPConfig(**config))).eval()
    preprocessor = {"size": {"shortest_edge": SIDE}, "crop_size": {"height": SIDE, "width": SIDE}}
    processor = CLIPImageProcessor(**preprocessor)
    # Each by itself, unpadded: what lies behind the end does not count.
    texts = [
        model.text_projection(model.text_model(torch.tensor([[START, *ids, END]])).pooler_output)[0]
        for ids in TEXTS.values()
    ]
    pictures = [
        model.visual_projection(model.vision_model(**processor(waves(*size), return_tensors="pt")).pooler_output)[0]
        for size in SIZES
    ]
    return case(config, model, preprocessor, dict(zip(TEXTS, texts)), pictures)


def siglip():
    lessons = json.loads((HERE.parent / "tokenizer-siglip" / "golden.json").read_text())
    vocabulary = max(lessons["tokenizer"]["model"]["vocab"].values()) + 1
    config = {
        "model_type": "siglip",
        "text_config": {**TOWER, "vocab_size": vocabulary, "max_position_embeddings": 16, "projection_size": 24},
        "vision_config": {**TOWER, "image_size": SIDE, "patch_size": 4},
    }
    model = fill(SiglipModel(SiglipConfig(**config))).eval()
    preprocessor = {"size": {"height": SIDE, "width": SIDE}, "resample": 2}
    processor = SiglipImageProcessor(**preprocessor)
    texts = {}
    for text in lessons["texts"][:2] + lessons["texts"][4:5]:
        ids = [*text["ids"], EOS]
        ids += [PAD] * (16 - len(ids))
        texts[text["text"]] = model.text_model(torch.tensor([ids])).pooler_output[0]
    pictures = [
        model.vision_model(**processor(waves(*size), return_tensors="pt")).pooler_output[0] for size in SIZES
    ]
    return case(config, model, preprocessor, texts, pictures)


def case(config, model, preprocessor, texts, pictures):
    return {
        **{"config": config, "shapes": shapes(model), "preprocessor": preprocessor},
        "texts": dict(zip(texts, unit(torch.stack(list(texts.values()))))),
        "pictures": unit(torch.stack(pictures)),
    }


torch.set_grad_enabled(False)
golden = {
    "versions": {name: version(name) for name in ["transformers", "torch", "torchvision"]},
    "sizes": SIZES,
    "clip": clip(),
    "siglip": siglip(),
}
(HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
