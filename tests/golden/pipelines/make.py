"""Whole pictures of a tiny random Stable Diffusion, as diffusers' pipelines draw them.

Weights follow tests/golden/tiny_weights.py: only configurations, shapes and results are stored.
Needs torch, diffusers, transformers and numpy: python tests/golden/pipelines/make.py (versions in the output).
"""

import base64
import json
import sys
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
    MultiControlNetModel,
    StableDiffusionControlNetPipeline,
    StableDiffusionImg2ImgPipeline,
    StableDiffusionInpaintPipeline,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from transformers import CLIPTextConfig, CLIPTextModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_pipelines import (  # noqa: E402
    NEGATIVE,
    PROMPT,
    SCHEDULER,
    SIZE,
    TEXT,
    UNET,
    VAE,
    VERSIONS,
    mask,
    smooth,
    text_key,
    tokenizer,
)
from tiny_weights import fill, shapes  # noqa: E402

CONTROL = {key: value for key, value in UNET.items() if key not in ("sample_size", "up_block_types")} | dict(
    conditioning_embedding_out_channels=[4, 8, 8, 8]
)


def main() -> None:
    torch.set_grad_enabled(False)
    text = fill(CLIPTextModel(CLIPTextConfig(**TEXT)).eval(), rename=text_key)
    vae = fill(AutoencoderKL(**VAE).eval())
    unet = fill(UNet2DConditionModel(**UNET).eval())
    unet_inpaint = fill(UNet2DConditionModel(**UNET | dict(in_channels=9)).eval(), salt="inpaint:")
    unet_lcm = fill(UNet2DConditionModel(**UNET | dict(time_cond_proj_dim=16)).eval(), salt="lcm:")
    controls = [fill(ControlNetModel(**CONTROL).eval(), salt=salt) for salt in ("control-a:", "control-b:")]
    parts = dict(text_encoder=text, vae=vae, tokenizer=tokenizer(), safety_checker=None, feature_extractor=None)
    common = dict(prompt=PROMPT, negative_prompt=NEGATIVE, guidance_scale=7.5)
    sized = dict(width=SIZE, height=SIZE)
    cases: dict = {}

    def run(name, kind, scheduler, unet=unet, seed=42, with_controls=None, **settings):
        more = {} if with_controls is None else dict(controlnet=with_controls)
        pipe = kind(unet=unet, scheduler=scheduler, requires_safety_checker=False, **parts, **more)
        pipe.set_progress_bar_config(disable=True)
        draw = lambda output: pipe(  # noqa: E731
            **common | settings, generator=torch.Generator().manual_seed(seed), output_type=output
        ).images
        latents, picture = draw("latent"), draw("np")
        pixels = (picture[0] * 255).round().astype(np.uint8)
        cases[name] = {
            "latents": [float(f"{v:.8g}") for v in latents.flatten().tolist()],
            "picture": base64.b64encode(pixels.tobytes()).decode(),
        }
        print(name, float(latents.std()), pixels.std())

    make = lambda kind, **more: kind.from_config(SCHEDULER | more)  # noqa: E731
    txt2img, img2img = StableDiffusionPipeline, StableDiffusionImg2ImgPipeline
    inpaint, control = StableDiffusionInpaintPipeline, StableDiffusionControlNetPipeline
    run("euler", txt2img, make(EulerDiscreteScheduler), num_inference_steps=6, **sized)
    run("euler-a", txt2img, make(EulerAncestralDiscreteScheduler), num_inference_steps=5, **sized)
    run(
        "dpmpp-2m-karras",
        txt2img,
        make(DPMSolverMultistepScheduler, use_karras_sigmas=True),
        num_inference_steps=6,
        **sized,
    )
    run("v-prediction", txt2img, make(DDIMScheduler, prediction_type="v_prediction"), num_inference_steps=5, **sized)
    run("no-guidance", txt2img, make(EulerDiscreteScheduler), num_inference_steps=4, **sized | dict(guidance_scale=1.0))
    # diffusers looks for the final norm where older transformers had it, and skips in the wanted prompt alone.
    CLIPTextModel.text_model = property(lambda self: self)
    run("clip-skip", txt2img, make(EulerDiscreteScheduler), num_inference_steps=4, clip_skip=1, **sized | dict(guidance_scale=1.0))
    run("img2img", img2img, make(DDIMScheduler), num_inference_steps=8, image=smooth("init"), strength=0.6)
    run(
        "inpaint",
        inpaint,
        make(EulerDiscreteScheduler),
        num_inference_steps=8,
        image=smooth("init"),
        mask_image=mask(),
        strength=0.75,
        **sized,
    )
    run(
        "inpaint-model",
        inpaint,
        make(EulerDiscreteScheduler),
        unet=unet_inpaint,
        num_inference_steps=6,
        image=smooth("init"),
        mask_image=mask(),
        strength=1.0,
        **sized,
    )
    hints = [(smooth(name) + 1) / 2 for name in ("hint-a", "hint-b")]
    run(
        "control",
        control,
        make(EulerDiscreteScheduler),
        with_controls=controls[0],
        num_inference_steps=6,
        image=hints[0],
        controlnet_conditioning_scale=0.8,
        control_guidance_end=0.7,
    )
    run(
        "control-guess",
        control,
        make(EulerDiscreteScheduler),
        with_controls=controls[0],
        num_inference_steps=5,
        image=hints[0],
        controlnet_conditioning_scale=0.9,
        guess_mode=True,
    )
    run(
        "two-controls",
        control,
        make(EulerDiscreteScheduler),
        with_controls=MultiControlNetModel(controls),
        num_inference_steps=6,
        image=hints,
        controlnet_conditioning_scale=[0.5, 1.2],
        control_guidance_start=[0.0, 0.3],
    )
    run("lcm", txt2img, make(LCMScheduler), unet=unet_lcm, num_inference_steps=4, **sized)
    out = {
        "versions": VERSIONS,
        "prompt": PROMPT,
        "negative": NEGATIVE,
        "size": SIZE,
        "scheduler": SCHEDULER,
        "parts": {
            "unet": {"config": UNET, "shapes": shapes(unet)},
            "vae": {"config": VAE, "shapes": shapes(vae)},
            "text_encoder": {"config": TEXT, "shapes": shapes(text, rename=text_key)},
            "controlnet": {"config": CONTROL, "shapes": shapes(controls[0])},
            "unet-inpaint": {"config": UNET | dict(in_channels=9), "shapes": shapes(unet_inpaint)},
            "unet-lcm": {"config": UNET | dict(time_cond_proj_dim=16), "shapes": shapes(unet_lcm)},
        },
        "cases": cases,
    }
    (HERE / "golden.json").write_text(json.dumps(out, ensure_ascii=False, separators=(",", ":")) + "\n")


main()
