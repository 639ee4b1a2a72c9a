"""Whole pictures of a tiny random Stable Diffusion XL, as diffusers' pipelines draw them.

Sizes are such that a single file tells them: heads of 64, 32 groups, 256 features a time id.
Weights follow tests/golden/tiny_weights.py: only configurations, shapes and results are stored.
Needs torch, diffusers, transformers, peft and numpy: python tests/golden/pipelines-xl/make.py (versions in the output).
"""

import sys
from pathlib import Path

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    StableDiffusionXLControlNetPipeline,
    StableDiffusionXLImg2ImgPipeline,
    StableDiffusionXLInpaintPipeline,
    StableDiffusionXLPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_pipelines import (  # noqa: E402
    CROSS,
    DOWN,
    NEGATIVE,
    PROMPT,
    SCHEDULER,
    SIZE,
    TEXT,
    kohya_shapes,
    lora_tensors,
    mask,
    picture_of,
    smooth,
    text_key,
    tokenizer,
    write_golden,
)
from tiny_weights import fill, shapes  # noqa: E402

# A single file's text encoders have heads of 64, OpenCLIP's a projection of another width.
TEXT_1 = TEXT | dict(hidden_size=64, num_attention_heads=1, projection_dim=64)
TEXT_2 = TEXT | dict(
    hidden_size=128,
    intermediate_size=96,
    num_attention_heads=2,
    hidden_act="gelu",
    projection_dim=96,
    pad_token_id=0,
)
UNET = dict(
    sample_size=8,
    block_out_channels=[32, 64],
    down_block_types=[DOWN, CROSS],
    up_block_types=["CrossAttnUpBlock2D", "UpBlock2D"],
    layers_per_block=1,
    transformer_layers_per_block=[1, 2],
    cross_attention_dim=64 + 128,
    attention_head_dim=[1, 1],
    use_linear_projection=True,
    addition_embed_type="text_time",
    addition_time_embed_dim=256,
    projection_class_embeddings_input_dim=96 + 6 * 256,
)
CONTROL = {key: value for key, value in UNET.items() if key not in ("sample_size", "up_block_types")} | dict(
    conditioning_embedding_out_channels=[4, 8, 8, 8]
)
VAE = dict(
    block_out_channels=[32, 32, 32, 32],
    down_block_types=["DownEncoderBlock2D"] * 4,
    up_block_types=["UpDecoderBlock2D"] * 4,
    layers_per_block=1,
    latent_channels=4,
    scaling_factor=0.13025,
)
# Module by kohya's name for XL (LDM's paths in the UNet), and its width in and out.
LORA = {
    "lora_te1_text_model_encoder_layers_0_self_attn_out_proj": (64, 64),
    "lora_te2_text_model_encoder_layers_1_self_attn_out_proj": (128, 128),
    "lora_unet_input_blocks_3_1_transformer_blocks_1_attn2_to_k": (192, 64),
    "lora_unet_middle_block_1_transformer_blocks_0_attn1_to_q": (64, 64),
}


def main() -> None:
    torch.set_grad_enabled(False)
    text = fill(CLIPTextModel(CLIPTextConfig(**TEXT_1)).eval(), rename=text_key)
    text_2 = fill(CLIPTextModelWithProjection(CLIPTextConfig(**TEXT_2)).eval(), salt="2:", rename=text_key)
    vae = fill(AutoencoderKL(**VAE).eval())
    unet = fill(UNet2DConditionModel(**UNET).eval())
    control = fill(ControlNetModel(**CONTROL).eval(), salt="control-a:")
    euler = EulerDiscreteScheduler.from_config(SCHEDULER)
    parts = dict(unet=unet, vae=vae, text_encoder=text, text_encoder_2=text_2)
    words = dict(tokenizer=tokenizer(), tokenizer_2=tokenizer(pad_token="!"))
    cases: dict = {}

    def pipeline(kind, scheduler=euler, **settings):
        return kind(**parts, **words, scheduler=scheduler, add_watermarker=False, **settings)

    def run(name, pipe, **settings):
        common = dict(prompt=PROMPT, negative_prompt=NEGATIVE, guidance_scale=5.0, num_inference_steps=5)
        print(name, end=" ")
        cases[name] = {"picture": picture_of(pipe, **common | settings)}

    sized = dict(width=SIZE, height=SIZE)
    ancestral = EulerAncestralDiscreteScheduler.from_config(SCHEDULER | dict(timestep_spacing="trailing"))
    # Higher than wide: sizes are told height first.
    run("euler", pipeline(StableDiffusionXLPipeline), width=48, height=64)
    run("no-negative", pipeline(StableDiffusionXLPipeline), negative_prompt=None, **sized)
    encodes = pipeline(StableDiffusionXLPipeline, force_zeros_for_empty_prompt=False)
    run("no-negative-encoded", encodes, negative_prompt=None, **sized)
    run("turbo", pipeline(StableDiffusionXLPipeline, ancestral), num_inference_steps=1, guidance_scale=0.0, **sized)
    run("clip-skip", pipeline(StableDiffusionXLPipeline), clip_skip=1, guidance_scale=1.0, **sized)
    init = dict(image=smooth("init"), strength=0.6)
    run("img2img", pipeline(StableDiffusionXLImg2ImgPipeline), **init | dict(num_inference_steps=8))
    run("inpaint", pipeline(StableDiffusionXLInpaintPipeline), mask_image=mask(), **init, **sized)
    hint = (smooth("hint-a") + 1) / 2
    controlled = pipeline(StableDiffusionXLControlNetPipeline, controlnet=control)
    run("control", controlled, image=hint, controlnet_conditioning_scale=0.8)

    # Named before adapters are put between.
    named = {
        "unet": {"config": UNET, "shapes": shapes(unet)},
        "vae": {"config": VAE, "shapes": shapes(vae)},
        "text_encoder": {"config": TEXT_1, "shapes": shapes(text, rename=text_key)},
        "text_encoder_2": {"config": TEXT_2, "salt": "2:", "shapes": shapes(text_2, rename=text_key)},
        "controlnet": {"config": CONTROL, "salt": "control-a:", "shapes": shapes(control)},
    }
    adapted = pipeline(StableDiffusionXLPipeline)
    adapted.load_lora_weights(lora_tensors("lora:", kohya_shapes(LORA)), adapter_name="lora")
    adapted.set_adapters("lora", 0.7)
    run("lora", adapted, **sized)

    write_golden(
        HERE / "golden.json",
        {
            "prompt": PROMPT,
            "negative": NEGATIVE,
            "size": SIZE,
            "scheduler": SCHEDULER,
            "parts": named,
            "loras": {"lora": kohya_shapes(LORA)},
            "cases": cases,
        },
    )


main()
