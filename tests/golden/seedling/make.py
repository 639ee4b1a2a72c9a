"""What diffusers draws with the shipped models: tests/unit/engine-seedling.test.ts. To be made anew with every export.

Needs torch, diffusers, transformers:

    python tests/golden/seedling/make.py
"""

import json
from importlib.metadata import version
from pathlib import Path

import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline

HERE = Path(__file__).parent
MODEL = HERE.parents[2] / "models" / "seedling"
PROMPTS = {
    "en": "a smiling girl with sunglasses and long brown hair, wearing a striped shirt, on a lavender background",
    "zh": "晴天的海滩",
}
SETTINGS = {"num_inference_steps": 10, "guidance_scale": 3.0}
SEED = 7

pipeline = StableDiffusionPipeline.from_pretrained(MODEL, torch_dtype=torch.float32)
pipeline.set_progress_bar_config(disable=True)
pipeline.scheduler = DDIMScheduler.from_config(pipeline.scheduler.config)
for name, prompt in PROMPTS.items():
    generator = torch.Generator().manual_seed(SEED)
    side = pipeline.unet.config.sample_size * 8
    picture = pipeline(prompt, negative_prompt="", height=side, width=side, generator=generator, **SETTINGS).images[0]
    picture.save(HERE / f"{name}.png")
golden = {
    "versions": {name: version(name) for name in ["diffusers", "transformers", "torch"]},
    **{"prompts": PROMPTS, "seed": SEED, "steps": SETTINGS["num_inference_steps"], "guidance": SETTINGS["guidance_scale"]},
}
(HERE / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
