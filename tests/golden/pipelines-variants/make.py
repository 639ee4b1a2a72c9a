"""Whole pictures of tiny relatives of Stable Diffusion 1, as diffusers' pipelines draw them: with two LoRAs at once,
Stable Diffusion 2 (velocity, OpenCLIP, linear projections), SD-Turbo's single step.

Weights follow tests/golden/tiny_weights.py: only configurations, shapes and results are stored.
Needs torch, diffusers, transformers, peft and numpy: python tests/golden/pipelines-variants/make.py (versions in the
output).
"""

import sys
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig, CLIPTextModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_pipelines import (  # noqa: E402
    NEGATIVE,
    PROMPT,
    RANK,
    SCHEDULER,
    SIZE,
    TEXT,
    UNET,
    VAE,
    kohya_shapes,
    lora_tensors,
    picture_of,
    text_key,
    tokenizer,
    write_golden,
)
from tiny_weights import fill, shapes  # noqa: E402

UNET_2 = UNET | dict(attention_head_dim=[2, 4], use_linear_projection=True)
TEXT_2 = TEXT | dict(hidden_act="gelu", num_attention_heads=2, pad_token_id=0)
VELOCITY = dict(prediction_type="v_prediction")
WEIGHTS = [0.8, 1.5]
ATTENTION = "down_blocks.0.attentions.0.transformer_blocks.0"
# Module and its width in and out; both LoRAs change the first of each network.
UNET_MODULES = {
    f"{ATTENTION}.attn2.to_k": (32, 16),
    f"{ATTENTION}.attn1.to_q": (16, 16),
    "up_blocks.1.attentions.1.transformer_blocks.0.attn2.to_v": (32, 16),
}
TEXT_MODULES = {
    "text_model.encoder.layers.0.self_attn.out_proj": (32, 32),
    "text_model.encoder.layers.2.self_attn.v_proj": (32, 32),
}


def kohya() -> dict[str, list[int]]:
    unet = {f"lora_unet_{path.replace('.', '_')}": size for path, size in list(UNET_MODULES.items())[:2]}
    text = {f"lora_te_{path.replace('.', '_')}": size for path, size in list(TEXT_MODULES.items())[:1]}
    return kohya_shapes(unet | text)


def peft() -> dict[str, list[int]]:
    named = {f"unet.{path}": UNET_MODULES[path] for path in [*UNET_MODULES][::2]}
    named |= {f"text_encoder.{path}": size for path, size in TEXT_MODULES.items()}
    return {
        key: shape
        for name, (wide, out) in named.items()
        for key, shape in {f"{name}.lora_A.weight": [RANK, wide], f"{name}.lora_B.weight": [out, RANK]}.items()
    }


def main() -> None:
    torch.set_grad_enabled(False)
    vae = fill(AutoencoderKL(**VAE).eval())
    text = fill(CLIPTextModel(CLIPTextConfig(**TEXT)).eval(), rename=text_key)
    unet = fill(UNet2DConditionModel(**UNET).eval())
    text_2 = fill(CLIPTextModel(CLIPTextConfig(**TEXT_2)).eval(), rename=text_key)
    unet_2 = fill(UNet2DConditionModel(**UNET_2).eval())
    parts = dict(vae=vae, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    first = dict(unet=unet, text_encoder=text, tokenizer=tokenizer()) | parts
    second = dict(unet=unet_2, text_encoder=text_2, tokenizer=tokenizer(pad_token="!")) | parts
    cases: dict = {}

    def run(name, pipe, **settings):
        common = dict(
            prompt=PROMPT, negative_prompt=NEGATIVE, guidance_scale=7.5, num_inference_steps=5, width=SIZE, height=SIZE
        )
        print(name, end=" ")
        cases[name] = {"picture": picture_of(pipe, **common | settings)}

    turbo = EulerAncestralDiscreteScheduler.from_config(SCHEDULER | dict(timestep_spacing="trailing"))
    euler, ddim = EulerDiscreteScheduler.from_config(SCHEDULER), DDIMScheduler.from_config(SCHEDULER | VELOCITY)
    run("sd2", StableDiffusionPipeline(scheduler=ddim, **second))
    run("turbo", StableDiffusionPipeline(scheduler=turbo, **second), num_inference_steps=1, guidance_scale=0.0)
    run("turbo-four", StableDiffusionPipeline(scheduler=turbo, **second), num_inference_steps=4, guidance_scale=0.0)

    loras = {"kohya": kohya(), "peft": peft()}
    pipe = StableDiffusionPipeline(scheduler=euler, **first)
    for name, wanted in loras.items():
        pipe.load_lora_weights(lora_tensors(f"{name}:", wanted), adapter_name=name)
    pipe.set_adapters([*loras], WEIGHTS)
    run("two-loras", pipe)

    write_golden(
        HERE / "golden.json",
        {
            "prompt": PROMPT,
            "negative": NEGATIVE,
            "size": SIZE,
            "scheduler": SCHEDULER,
            "parts": {
                "unet": {"config": UNET_2, "shapes": shapes(unet_2)},
                "vae": {"config": VAE, "shapes": shapes(vae)},
                "text_encoder": {"config": TEXT_2, "shapes": shapes(text_2, rename=text_key)},
            },
            "loras": loras,
            "cases": cases,
        },
    )


main()
