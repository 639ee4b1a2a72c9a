"""What makers of whole pictures share: tiny configurations, CLIP's tokenizer, soft pictures, and how a case is kept.

Needs torch, diffusers, transformers and numpy. Reached as `tiny_weights` is.
"""

import base64
import gzip
import json
import tempfile
from pathlib import Path

import diffusers
import numpy as np
import torch
import transformers
from transformers import CLIPTokenizer

from tiny_weights import tiny_values

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
# Of LoRAs.
RANK = 4
ALPHA = 6.0
PROMPT = "A small cat, sitting in a meadow; 山水"
NEGATIVE = "blurry, dark"
VERSIONS = {m.__name__: m.__version__ for m in (torch, diffusers, transformers)}


def text_key(key: str) -> str:
    """Checkpoints keep the prefix that newer versions of transformers dropped in memory."""
    return key if key.startswith(("text_model.", "text_projection.")) else f"text_model.{key}"


def tokenizer(**settings) -> CLIPTokenizer:
    """OpenAI's, from the merges that ship with the project."""
    root = Path(__file__).parents[2]
    merges = gzip.open(root / "lib/engine/prompt/clip-merges.txt.gz", "rt", encoding="utf-8").read()
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
    return CLIPTokenizer.from_pretrained(str(folder), model_max_length=77, **settings)


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


def picture_of(pipe, seed: int = 42, **settings) -> str:
    """What a pipeline draws: bytes, RGB, row by row, in base64."""
    pipe.set_progress_bar_config(disable=True)
    picture = pipe(**settings, generator=torch.Generator().manual_seed(seed), output_type="np").images[0]
    pixels = (picture * 255).round().astype(np.uint8)
    print(pixels.shape, "deviation", pixels.std())
    return base64.b64encode(pixels.tobytes()).decode()


def kohya_shapes(modules: dict[str, tuple[int, int]]) -> dict[str, list[int]]:
    """Names and shapes of a LoRA as kohya's trainer writes it, for modules [width in, width out] by its names."""
    return {
        key: shape
        for name, (wide, out) in modules.items()
        for key, shape in {
            f"{name}.lora_down.weight": [RANK, wide],
            f"{name}.lora_up.weight": [out, RANK],
            f"{name}.alpha": [],
        }.items()
    }


def lora_tensors(salt: str, wanted: dict[str, list[int]]) -> dict[str, torch.Tensor]:
    """Tiny values by name and shape, and ALPHA."""
    return {
        key: torch.tensor(ALPHA) if key.endswith(".alpha") else torch.from_numpy(tiny_values(salt + key, shape).copy())
        for key, shape in wanted.items()
    }


def write_golden(path: Path, golden: dict) -> None:
    path.write_text(json.dumps({"versions": VERSIONS} | golden, ensure_ascii=False, separators=(",", ":")) + "\n")
