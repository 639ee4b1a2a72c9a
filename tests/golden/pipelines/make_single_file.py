"""Names and shapes of a small Stable Diffusion 1, as single files can be told apart by: context 768, heads of 64.

Needs torch, diffusers and transformers: python tests/golden/pipelines/make_single_file.py
"""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

CROSS, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
UNET = dict(
    sample_size=64,
    block_out_channels=[32, 64],
    down_block_types=[CROSS, DOWN],
    up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
    layers_per_block=1,
    cross_attention_dim=768,
    attention_head_dim=8,
)
VAE = dict(
    block_out_channels=[32, 32, 32, 32],
    down_block_types=["DownEncoderBlock2D"] * 4,
    up_block_types=["UpDecoderBlock2D"] * 4,
    layers_per_block=1,
    latent_channels=4,
)
TEXT = dict(
    hidden_size=768,
    intermediate_size=32,
    num_hidden_layers=1,
    num_attention_heads=12,
    vocab_size=49408,
    hidden_act="quick_gelu",
    bos_token_id=49406,
    eos_token_id=49407,
    pad_token_id=49407,
)


def part(config: dict, module: torch.nn.Module, rename=lambda key: key) -> dict:
    return {"config": config, "shapes": {rename(k): list(v.shape) for k, v in module.named_parameters()}}


def text_key(key: str) -> str:
    return key if key.startswith("text_model.") else f"text_model.{key}"


with torch.device("meta"):
    parts = {
        "unet": part(UNET, UNet2DConditionModel(**UNET)),
        "vae": part(VAE, AutoencoderKL(**VAE)),
        "text_encoder": part(TEXT, CLIPTextModel(CLIPTextConfig(**TEXT)), text_key),
    }
out = Path(__file__).parent / "single-file.json"
out.write_text(json.dumps(parts, separators=(",", ":")) + "\n")
