"""Whole pictures of a tiny random Stable Diffusion, as diffusers' pipelines draw them.

Weights follow tests/golden/tiny_weights.py: only configurations, shapes and results are stored.
Needs torch, diffusers, transformers and numpy: python tests/golden/pipelines/make.py (versions in the output).
"""

import base64
import gzip
import json
import sys
import tempfile
from pathlib import Path

import diffusers
import numpy as np
import torch
import transformers
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
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import fill, shapes, tiny_values  # noqa: E402

SIZE = 64
CROSS, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
UNET = dict(
    sample_size=8,
    block_out_channels=[16, 32],
    down_block_types=[CROSS, DOWN],
    up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
    layers_per_block=1,
    cross_attention_dim=32,
    attention_head_dim=4,
    norm_num_groups=4,
)
VAE = dict(
    block_out_channels=[8, 8, 16, 16],
    down_block_types=["DownEncoderBlock2D"] * 4,
    up_block_types=["UpDecoderBlock2D"] * 4,
    layers_per_block=1,
    norm_num_groups=4,
    latent_channels=4,
    scaling_factor=0.18215,
)
TEXT = dict(
    hidden_size=32,
    intermediate_size=64,
    num_hidden_layers=3,
    num_attention_heads=4,
    vocab_size=49408,
    max_position_embeddings=77,
    hidden_act="quick_gelu",
    bos_token_id=49406,
    eos_token_id=49407,
    pad_token_id=49407,
)
SCHEDULER = dict(
    num_train_timesteps=1000,
    beta_start=0.00085,
    beta_end=0.012,
    beta_schedule="scaled_linear",
    steps_offset=1,
    timestep_spacing="leading",
    set_alpha_to_one=False,
    prediction_type="epsilon",
)
CONTROL = {key: value for key, value in UNET.items() if key not in ("sample_size", "up_block_types")} | dict(
    conditioning_embedding_out_channels=[4, 8, 8, 8]
)
PROMPT = "A small cat, sitting in a meadow; 山水"
NEGATIVE = "blurry, dark"


def text_key(key: str) -> str:
    """Checkpoints keep the prefix that newer versions of transformers dropped in memory."""
    return key if key.startswith("text_model.") else f"text_model.{key}"


def tokenizer() -> CLIPTokenizer:
    """OpenAI's, from the merges that ship with the project."""
    merges = gzip.open(HERE.parents[2] / "lib/engine/prompt/clip-merges.txt.gz", "rt", encoding="utf-8").read()
    lines = merges.split("\n")[1 : 49152 - 256 - 2 + 1]
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = {byte: chr(byte) for byte in printable}
    for extra, byte in enumerate(byte for byte in range(256) if byte not in letters):
        letters[byte] = chr(256 + extra)
    base = [letters[byte] for byte in [*printable, *(b for b in range(256) if b not in printable)]]
    tokens = base + [f"{letter}</w>" for letter in base] + ["".join(line.split()) for line in lines]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    folder = Path(tempfile.mkdtemp())
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(lines))
    return CLIPTokenizer.from_pretrained(str(folder), model_max_length=77)


def spread(name: str, *shape: int) -> torch.Tensor:
    """Numbers of [-1, 1], told by the name."""
    return torch.from_numpy(10 * tiny_values(f"input.{name}", (int(np.prod(shape)),)).reshape(shape))


def smooth(name: str) -> torch.Tensor:
    """A soft picture [1, 3, SIZE, SIZE] in [-1, 1]: bytes, so that both sides begin with the same."""
    coarse = spread(name, 1, 3, 4, 4)
    fine = torch.nn.functional.interpolate(coarse, (SIZE, SIZE), mode="bilinear", align_corners=True)
    return ((fine * 127.5 + 127.5).round().clamp(0, 255)) / 127.5 - 1


def mask() -> torch.Tensor:
    ones = torch.zeros(1, 1, SIZE, SIZE)
    ones[..., 16:48, 8:40] = 1
    return ones


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
        "versions": {m.__name__: m.__version__ for m in (torch, diffusers, transformers)},
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
