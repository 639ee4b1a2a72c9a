"""What diffusers draws with the shipped models: tests/unit/engine-seedling.test.ts. To be made anew with every export.

Needs torch, diffusers, transformers, peft:

    python tests/golden/seedling/make.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import torch
from diffusers import ControlNetModel, StableDiffusionControlNetPipeline, StableDiffusionPipeline
from PIL import Image

HERE = Path(__file__).parent
MODEL = HERE.parents[2] / "models" / "seedling"
PORTRAIT = "a smiling girl with sunglasses and long brown hair, wearing a striped shirt, on a lavender background"
CASES = [
    {"name": "en", "prompt": PORTRAIT},
    {"name": "zh", "prompt": "晴天的海滩"},
    {"name": "qr", "prompt": PORTRAIT, "control": "seedling-qr"},
    {"name": "luna", "prompt": "Luna, smiling, at the beach", "lora": "luna"},
]
STEPS, GUIDANCE, SEED = 4, 3.0, 7
MODULES = 25


def load(kind, **parts):
    pipeline = kind.from_pretrained(MODEL, torch_dtype=torch.float32, **parts)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def make_hint(side: int) -> Image.Image:
    """As a code's modules would be: light and dark squares."""
    modules = torch.randint(2, (MODULES, MODULES), generator=torch.Generator().manual_seed(SEED)) * 255
    return Image.fromarray(modules.byte().numpy()).resize((side, side), Image.NEAREST).convert("RGB")


for case in CASES:
    pipeline = load(StableDiffusionPipeline)
    side = pipeline.unet.config.sample_size * 8
    more = {}
    if "control" in case:
        net = ControlNetModel.from_pretrained(MODEL / "controlnet" / case["control"], torch_dtype=torch.float32)
        pipeline = load(StableDiffusionControlNetPipeline, controlnet=net)
        more["image"] = make_hint(side)
        more["image"].save(HERE / "hint.png")
    if "lora" in case:
        pipeline.load_lora_weights(MODEL / "loras", weight_name=f"{case['lora']}.safetensors")
    generator = torch.Generator().manual_seed(SEED)
    settings = {"num_inference_steps": STEPS, "guidance_scale": GUIDANCE, "height": side, "width": side}
    picture = pipeline(case["prompt"], negative_prompt="", generator=generator, **settings, **more).images[0]
    picture.save(HERE / f"{case['name']}.png")
golden = {
    "versions": {name: version(name) for name in ["diffusers", "transformers", "torch", "peft"]},
    **{"cases": CASES, "seed": SEED, "steps": STEPS, "guidance": GUIDANCE, "sampler": "lcm"},
}
(HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
