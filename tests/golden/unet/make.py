"""UNet2DCondition and ControlNet of tiny random weights, one call each, as diffusers computes them.

Weights and inputs follow tests/golden/tiny_weights.py, so only shapes and outputs are stored;
of the full-size networks the shapes alone.
Needs torch, diffusers and numpy: python tests/golden/unet/make.py (versions are recorded in the output).
"""

import gzip
import json
import sys
from pathlib import Path

import diffusers
import torch
from diffusers import ControlNetModel, UNet2DConditionModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import fill, shapes, tiny_values  # noqa: E402

CROSS, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
BASE = dict(
    sample_size=16,
    block_out_channels=[32, 64],
    down_block_types=[CROSS, DOWN],
    up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
    layers_per_block=2,
    cross_attention_dim=24,
    attention_head_dim=4,
    norm_num_groups=8,
)
UNETS = {
    "sd1": BASE,
    "sd2": BASE | dict(use_linear_projection=True, attention_head_dim=[2, 4], cross_attention_dim=40),
    "three-levels": BASE
    | dict(
        block_out_channels=[16, 32, 48],
        down_block_types=[CROSS, CROSS, DOWN],
        up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
        layers_per_block=1,
    ),
    "no-middle": BASE | dict(mid_block_type=None, layers_per_block=1),
    "inpaint": BASE | dict(in_channels=9),
    "lcm": BASE | dict(time_cond_proj_dim=20),
    "sdxl": BASE
    | dict(
        use_linear_projection=True,
        down_block_types=[DOWN, CROSS],
        up_block_types=["CrossAttnUpBlock2D", "UpBlock2D"],
        attention_head_dim=[2, 4],
        transformer_layers_per_block=[1, 2],
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=8 * 6 + 10,
    ),
}
# Distilled: transformers of other depths on the way up and from layer to layer, a middle without attention.
SSD = UNETS["sdxl"] | dict(
    mid_block_type="UNetMidBlock2D",
    layers_per_block=[1, 2],
    transformer_layers_per_block=[1, [2, 1]],
    reverse_transformer_layers_per_block=[[1, 3, 0], 1],
)
UNETS |= {
    "ssd": SSD,
    # Its middle is as deep as the first layer of the last block; what is written of more layers than there are is not read.
    "uneven-middle": BASE
    | dict(
        block_out_channels=[32],
        down_block_types=[CROSS],
        up_block_types=["CrossAttnUpBlock2D"],
        transformer_layers_per_block=[[2, 1, 7]],
        reverse_transformer_layers_per_block=[[1, 2, 0]],
    ),
    # KOALA's: as deep in every layer, and no middle. Whatever the activation, the added condition goes through SiLU.
    "koala": UNETS["sdxl"] | dict(mid_block_type=None, layers_per_block=1, act_fn="relu"),
}
FULL_SIZE = dict(
    sample_size=128,
    block_out_channels=[320, 640, 1280],
    down_block_types=[DOWN, CROSS, CROSS],
    up_block_types=["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
    mid_block_type="UNetMidBlock2D",
    cross_attention_dim=2048,
    attention_head_dim=[5, 10, 20],
    use_linear_projection=True,
    addition_embed_type="text_time",
    addition_time_embed_dim=256,
    projection_class_embeddings_input_dim=2816,
)
FULL_SIZES = {
    "SSD-1B": FULL_SIZE
    | dict(
        transformer_layers_per_block=[1, [2, 2], [4, 4]],
        reverse_transformer_layers_per_block=[[4, 4, 10], [2, 1, 1], 1],
    ),
    "Vega": FULL_SIZE | dict(transformer_layers_per_block=[1, 1, 2]),
}
CONTROL = {key: value for key, value in BASE.items() if key not in ("sample_size", "up_block_types")} | dict(
    conditioning_embedding_out_channels=[8, 16, 24]
)
# Without reverse_transformer_layers_per_block, as a ControlNet has no way up.
SSD_CONTROL = CONTROL | dict(
    mid_block_type="UNetMidBlock2D", layers_per_block=1, transformer_layers_per_block=[[2], 1]
)


def inputs(config: dict, height: int, width: int) -> dict:
    given = {
        "sample": spread("sample", 2, config.get("in_channels", 4), height, width),
        "timestep": torch.tensor([601.0, 37.0]),
        "encoder_hidden_states": spread("context", 2, 5, config["cross_attention_dim"]),
    }
    if "time_cond_proj_dim" in config:
        given["timestep_cond"] = spread("cond", 2, config["time_cond_proj_dim"])
    if "addition_embed_type" in config:
        given["added_cond_kwargs"] = {
            "text_embeds": spread("text", 2, 10),
            "time_ids": torch.tensor([[64.0, 48, 0, 8, 64, 48], [32, 32, 4, 0, 32, 32]]),
        }
    return given


def spread(name: str, *shape: int) -> torch.Tensor:
    """Numbers of [-1, 1], told by the name: ten times what the rule gives to a tensor that is no weight."""
    count = 1
    for size in shape:
        count *= size
    return torch.from_numpy(10 * tiny_values(f"input.{name}", (count,)).reshape(shape))


def rounded(values: torch.Tensor) -> list[float]:
    return [float(f"{value:.8g}") for value in values.flatten().tolist()]


def sparse(values: torch.Tensor) -> list[float]:
    """Every third number, which is enough to tell."""
    return rounded(values.flatten()[::3])


def controls(config: dict, salt: str, given: dict, picture: torch.Tensor) -> tuple[ControlNetModel, tuple, dict]:
    """A ControlNet, what it gives at a strength of 0.7, and that for the test."""
    control = fill(ControlNetModel(**config).eval(), salt=salt)
    down, mid = control(**given, controlnet_cond=picture, conditioning_scale=0.7, return_dict=False)
    told = {
        "config": config,
        "shapes": shapes(control),
        "down": [rounded(value.flatten()[::41]) for value in down],
        "mid": sparse(mid),
    }
    return control, (down, mid), told


def full_size(config: dict) -> dict:
    with torch.device("meta"):
        return {"config": config, "shapes": shapes(UNet2DConditionModel(**config))}


def main() -> None:
    torch.set_grad_enabled(False)
    out: dict = {"versions": {"torch": torch.__version__, "diffusers": diffusers.__version__}, "unets": {}}
    for name, config in UNETS.items():
        unet = fill(UNet2DConditionModel(**config).eval())
        # 10 × 7 is odd on the way down: skips, not factors, say how large the way up is.
        sample = unet(**inputs(config, 10, 7)).sample
        out["unets"][name] = {"config": config, "shapes": shapes(unet), "sample": sparse(sample)}
    given = inputs(BASE, 8, 6)
    picture = spread("picture", 2, 3, 32, 24) * 0.5 + 0.5
    control, (down, mid), told = controls(CONTROL, "control:", given, picture)
    guess = control(**given, controlnet_cond=picture, conditioning_scale=0.7, guess_mode=True, return_dict=False)
    unet = fill(UNet2DConditionModel(**BASE).eval())
    sample = unet(**given, down_block_additional_residuals=down, mid_block_additional_residual=mid).sample
    out["controlnet"] = told | {
        "guess": [float(f"{value.double().abs().mean():.8g}") for value in (*guess[0], guess[1])],
        "sample": sparse(sample),
    }
    out["ssdControlnet"] = controls(SSD_CONTROL, "ssd:", given, picture)[2]
    out["fullSizes"] = {name: full_size(config) for name, config in FULL_SIZES.items()}
    text = json.dumps(out, separators=(",", ":")).encode()
    (HERE / "golden.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))


main()
