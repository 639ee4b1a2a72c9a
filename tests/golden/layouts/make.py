"""Names and shapes of real Stable Diffusion models in both layouts, and tiny ones converted -> golden.json.gz.

Run by hand: python tests/golden/layouts/make.py. Needs diffusers, transformers, torch, numpy (versions in the output).
No weights are needed: models are built from their published configs on the meta device. The LDM names are listed here
from the constructors of LDM's UNetModel, AutoencoderKL, ControlNet and OpenCLIP's text tower; diffusers' own single-file
conversion, run on them, must then give exactly the names and shapes of diffusers' model, or this script fails.
"""

import gzip
import hashlib
import json
import pathlib
import sys
from types import SimpleNamespace

import diffusers
import numpy as np
import torch
import transformers
from diffusers import AutoencoderKL, AutoencoderTiny, ControlNetModel, UNet2DConditionModel
from diffusers.loaders import single_file_utils as reference
from transformers import CLIPTextConfig, CLIPTextModelWithProjection

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import tiny_values  # noqa: E402

Shapes = dict[str, list[int]]


# LDM's names


def linear(path: str, out: int, inner: int, bias: bool = True) -> Shapes:
    return {f"{path}.weight": [out, inner]} | ({f"{path}.bias": [out]} if bias else {})


def conv(path: str, out: int, inner: int, kernel: int = 3) -> Shapes:
    return {f"{path}.weight": [out, inner, kernel, kernel], f"{path}.bias": [out]}


def norm(path: str, width: int) -> Shapes:
    return {f"{path}.weight": [width], f"{path}.bias": [width]}


def ldm_resblock(path: str, inner: int, out: int, time: int) -> Shapes:
    shapes = norm(f"{path}.in_layers.0", inner) | conv(f"{path}.in_layers.2", out, inner)
    shapes |= linear(f"{path}.emb_layers.1", out, time)
    shapes |= norm(f"{path}.out_layers.0", out) | conv(f"{path}.out_layers.3", out, out)
    return shapes | (conv(f"{path}.skip_connection", out, inner, 1) if inner != out else {})


def ldm_transformer(path: str, width: int, context: int, depth: int, linear_projection: bool) -> Shapes:
    project = linear if linear_projection else lambda p, o, i: conv(p, o, i, 1)
    shapes = norm(f"{path}.norm", width) | project(f"{path}.proj_in", width, width)
    for i in range(depth):
        block = f"{path}.transformer_blocks.{i}"
        for name, source in (("attn1", width), ("attn2", context)):
            shapes |= linear(f"{block}.{name}.to_q", width, width, False)
            shapes |= linear(f"{block}.{name}.to_k", width, source, False)
            shapes |= linear(f"{block}.{name}.to_v", width, source, False)
            shapes |= linear(f"{block}.{name}.to_out.0", width, width)
        shapes |= linear(f"{block}.ff.net.0.proj", 8 * width, width) | linear(f"{block}.ff.net.2", width, 4 * width)
        for k in (1, 2, 3):
            shapes |= norm(f"{block}.norm{k}", width)
    return shapes | project(f"{path}.proj_out", width, width)


def ldm_unet(channels, res, attends, context, depth, linear_projection, inner=4, labels=None, decoder=True) -> Shapes:
    first, time = channels[0], 4 * channels[0]
    transformer = lambda path, level: ldm_transformer(path, channels[level], context, depth[level], linear_projection)  # noqa: E731
    shapes = linear("time_embed.0", time, first) | linear("time_embed.2", time, time)
    if labels:
        shapes |= linear("label_emb.0.0", time, labels) | linear("label_emb.0.2", time, time)
    shapes |= conv("input_blocks.0.0", first, inner)
    width, skips, last = first, [first], len(channels) - 1
    for level, out in enumerate(channels):
        for _ in range(res):
            path = f"input_blocks.{len(skips)}"
            shapes |= ldm_resblock(f"{path}.0", width, out, time)
            shapes |= transformer(f"{path}.1", level) if attends[level] else {}
            width = out
            skips.append(width)
        if level != last:
            shapes |= conv(f"input_blocks.{len(skips)}.0.op", width, width)
            skips.append(width)
    shapes |= ldm_resblock("middle_block.0", width, width, time)
    shapes |= transformer("middle_block.1", last)
    shapes |= ldm_resblock("middle_block.2", width, width, time)
    if not decoder:
        for i, skip in enumerate(skips):
            shapes |= conv(f"zero_convs.{i}.0", skip, skip, 1)
        hint = [3, 16, 16, 32, 32, 96, 96, 256, first]
        for i in range(8):
            shapes |= conv(f"input_hint_block.{2 * i}", hint[i + 1], hint[i])
        return shapes | conv("middle_block_out.0", width, width, 1)
    index = 0
    for level in reversed(range(len(channels))):
        for i in range(res + 1):
            path = f"output_blocks.{index}"
            shapes |= ldm_resblock(f"{path}.0", width + skips.pop(), channels[level], time)
            width = channels[level]
            shapes |= transformer(f"{path}.1", level) if attends[level] else {}
            if level and i == res:
                shapes |= conv(f"{path}.{2 if attends[level] else 1}.conv", width, width)
            index += 1
    return shapes | norm("out.0", first) | conv("out.2", 4, first)


def ldm_vae(channels, res) -> Shapes:
    def resnet(path, inner, out):
        shapes = norm(f"{path}.norm1", inner) | conv(f"{path}.conv1", out, inner)
        shapes |= norm(f"{path}.norm2", out) | conv(f"{path}.conv2", out, out)
        return shapes | (conv(f"{path}.nin_shortcut", out, inner, 1) if inner != out else {})

    def middle(side, width):
        shapes = resnet(f"{side}.mid.block_1", width, width) | norm(f"{side}.mid.attn_1.norm", width)
        for name in ("q", "k", "v", "proj_out"):
            shapes |= conv(f"{side}.mid.attn_1.{name}", width, width, 1)
        return shapes | resnet(f"{side}.mid.block_2", width, width)

    top = channels[-1]
    shapes = conv("encoder.conv_in", channels[0], 3)
    width = channels[0]
    for level, out in enumerate(channels):
        for i in range(res):
            shapes |= resnet(f"encoder.down.{level}.block.{i}", width, out)
            width = out
        if level != len(channels) - 1:
            shapes |= conv(f"encoder.down.{level}.downsample.conv", out, out)
    shapes |= middle("encoder", top) | norm("encoder.norm_out", top) | conv("encoder.conv_out", 8, top)
    shapes |= conv("quant_conv", 8, 8, 1) | conv("post_quant_conv", 4, 4, 1)
    shapes |= conv("decoder.conv_in", top, 4) | middle("decoder", top)
    for level in reversed(range(len(channels))):
        for i in range(res + 1):
            shapes |= resnet(f"decoder.up.{level}.block.{i}", width, channels[level])
            width = channels[level]
        if level:
            shapes |= conv(f"decoder.up.{level}.upsample.conv", width, width)
    return shapes | norm("decoder.norm_out", channels[0]) | conv("decoder.conv_out", 3, channels[0])


def open_clip_text(width, layers, vocabulary, positions=77) -> Shapes:
    shapes = {"positional_embedding": [positions, width], "text_projection": [width, width], "logit_scale": []}
    shapes["token_embedding.weight"] = [vocabulary, width]
    for i in range(layers):
        block = f"transformer.resblocks.{i}"
        shapes |= norm(f"{block}.ln_1", width) | norm(f"{block}.ln_2", width)
        shapes[f"{block}.attn.in_proj_weight"] = [3 * width, width]
        shapes[f"{block}.attn.in_proj_bias"] = [3 * width]
        shapes |= linear(f"{block}.attn.out_proj", width, width)
        shapes |= linear(f"{block}.mlp.c_fc", 4 * width, width) | linear(f"{block}.mlp.c_proj", width, 4 * width)
    return shapes | norm("ln_final", width)


# Both layouts side by side


class Named:
    """Stands for a tensor on its way through the reference's conversion, and remembers where it came from."""

    def __init__(self, name: str, shape: list[int]):
        self.name, self.shape, self.ndim = name, tuple(shape), len(shape)

    def __getitem__(self, index):
        rows, *rest = index if isinstance(index, tuple) else (index,)
        shape = [size for size, at in zip(self.shape[1:], rest) if isinstance(at, slice)]
        if rows == slice(None):
            return Named(self.name, [self.shape[0], *shape])
        start, stop, _ = rows.indices(self.shape[0])
        return Named(f"{self.name}#{start // (stop - start)}", [stop - start, *shape])

    def clone(self):
        return self

    detach = contiguous = clone

    @property
    def T(self):
        return Named(f"{self.name}^T", list(reversed(self.shape)))


def side_by_side(ldm: Shapes, convert, model: torch.nn.Module, rename=lambda name: name) -> dict:
    converted = convert({name: Named(name, shape) for name, shape in ldm.items()})
    expected = {rename(name): list(value.shape) for name, value in model.state_dict().items()}
    got = {name: list(value.shape) for name, value in converted.items()}
    assert got == expected, [name for name in got | expected if got.get(name) != expected.get(name)][:9]
    return {"ldm": ldm, "pairs": {name: value.name for name, value in converted.items()}, "shapes": got}


UNET_FIELDS = [
    "in_channels", "block_out_channels", "layers_per_block", "down_block_types", "up_block_types", "mid_block_type",
    "cross_attention_dim", "attention_head_dim", "use_linear_projection", "addition_embed_type",
    "projection_class_embeddings_input_dim", "addition_time_embed_dim",
]  # fmt: skip
VAE_FIELDS = ["in_channels", "out_channels", "latent_channels", "block_out_channels", "layers_per_block"]
VAE_FIELDS += ["down_block_types", "up_block_types", "scaling_factor", "use_quant_conv"]


def fields(model, names) -> dict:
    return {name: model.config[name] for name in names if name in model.config}


def unet(config: dict, **ldm) -> dict:
    with torch.device("meta"):
        model = UNet2DConditionModel(**config)
    both = side_by_side(
        ldm_unet(**ldm), lambda c: reference.convert_ldm_unet_checkpoint(prefixed(c), dict(model.config)), model
    )
    return both | {"config": fields(model, UNET_FIELDS)}


def prefixed(checkpoint: dict, prefix: str = "model.diffusion_model.") -> dict:
    return {prefix + name: value for name, value in checkpoint.items()}


def vae(channels, res) -> dict:
    blocks = len(channels)
    with torch.device("meta"):
        model = AutoencoderKL(
            block_out_channels=channels, layers_per_block=res, latent_channels=4,
            down_block_types=["DownEncoderBlock2D"] * blocks, up_block_types=["UpDecoderBlock2D"] * blocks,
        )  # fmt: skip
    both = side_by_side(
        ldm_vae(channels, res), lambda c: reference.convert_ldm_vae_checkpoint(c, dict(model.config)), model
    )
    return both | {"config": fields(model, VAE_FIELDS)}


def controlnet(config: dict, **ldm) -> dict:
    with torch.device("meta"):
        model = ControlNetModel(**config)
    both = side_by_side(
        ldm_unet(**ldm, decoder=False),
        lambda c: reference.convert_controlnet_checkpoint(prefixed(c, "control_model."), dict(model.config)),
        model,
    )
    names = [n for n in UNET_FIELDS if n != "up_block_types"]
    return both | {"config": fields(model, [*names, "conditioning_channels", "conditioning_embedding_out_channels"])}


def text(width, layers, kept, vocabulary, prefix) -> dict:
    config = CLIPTextConfig(
        vocab_size=vocabulary, hidden_size=width, intermediate_size=4 * width, num_hidden_layers=kept,
        num_attention_heads=max(1, width // 64), hidden_act="gelu", projection_dim=width,
        bos_token_id=0, eos_token_id=2, pad_token_id=1,
    )  # fmt: skip
    with torch.device("meta"):
        model = CLIPTextModelWithProjection(config)
    if prefix == "cond_stage_model.model.":
        del model.text_projection

    def convert(checkpoint):
        stand_in = SimpleNamespace(config=config)
        return reference.convert_open_clip_checkpoint(stand_in, prefixed(checkpoint, prefix), prefix=prefix)

    both = side_by_side(open_clip_text(width, layers, vocabulary), convert, model)
    names = ["vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads"]
    return both | {"config": {n: getattr(config, n) for n in [*names, "max_position_embeddings", "hidden_act"]}}


CROSS3 = dict(
    down_block_types=["CrossAttnDownBlock2D"] * 3 + ["DownBlock2D"],
    up_block_types=["UpBlock2D"] + ["CrossAttnUpBlock2D"] * 3,
)
SDXL = dict(
    down_block_types=["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
    up_block_types=["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
    block_out_channels=[320, 640, 1280], cross_attention_dim=2048, attention_head_dim=[5, 10, 20],
    transformer_layers_per_block=[1, 2, 10], use_linear_projection=True, addition_embed_type="text_time",
    addition_time_embed_dim=256, projection_class_embeddings_input_dim=2816,
)  # fmt: skip
FULL = [320, 640, 1280, 1280]
ATTENDS = [True, True, True, False]
SD1 = CROSS3 | dict(block_out_channels=FULL, cross_attention_dim=768, attention_head_dim=8)
SD2 = SD1 | dict(cross_attention_dim=1024, attention_head_dim=[5, 10, 20, 20], use_linear_projection=True)
TINY = dict(
    block_out_channels=[32, 64], layers_per_block=1, cross_attention_dim=16, attention_head_dim=8,
    down_block_types=["CrossAttnDownBlock2D", "DownBlock2D"], up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
)  # fmt: skip


def models() -> dict:
    sd1 = dict(channels=FULL, res=2, attends=ATTENDS, context=768, depth=[1] * 4, linear_projection=False)
    sd2 = sd1 | dict(context=1024, linear_projection=True)
    sdxl = dict(
        channels=FULL[:3], res=2, attends=[False, True, True], context=2048, depth=[1, 2, 10],
        linear_projection=True, labels=2816,
    )  # fmt: skip
    tiny = dict(channels=[32, 64], res=1, attends=[True, False], context=16, depth=[1, 1], linear_projection=False)
    return {
        "sd1.unet": unet(SD1, **sd1),
        "sd1-inpaint.unet": unet(SD1 | dict(in_channels=9), **sd1, inner=9),
        "sd2.unet": unet(SD2, **sd2),
        "sdxl.unet": unet(SDXL, **sdxl),
        "distilled.unet": unet(SD1 | dict(layers_per_block=1), **(sd1 | dict(res=1))),
        "tiny.unet": unet(TINY, **tiny),
        "sd1.controlnet": controlnet({k: v for k, v in SD1.items() if k != "up_block_types"}, **sd1),
        "sd1.vae": vae([128, 256, 512, 512], 2),
        "tiny.vae": vae([32, 64], 1),
        "sd2.text": text(1024, 24, 23, 49408, "cond_stage_model.model."),
        "sdxl.text2": text(1280, 32, 32, 49408, "conditioner.embedders.1.model."),
        "tiny-sd2.text": text(16, 24, 23, 49, "cond_stage_model.model."),
        "tiny-sdxl.text2": text(16, 2, 2, 49, "conditioner.embedders.1.model."),
    }


def convert_tiny(name: str, model: dict) -> dict[str, str]:
    """What the reference makes of tiny values under LDM's names: a hash for each tensor."""
    source = {key: torch.from_numpy(np.array(tiny_values(key, shape))) for key, shape in model["ldm"].items()}
    if name.endswith("unet"):
        out = reference.convert_ldm_unet_checkpoint(prefixed(source), dict(model["config"]))
    elif name.endswith("vae"):
        out = reference.convert_ldm_vae_checkpoint(source, dict(model["config"]))
    else:
        prefix = "cond_stage_model.model." if "sd2" in name else "conditioner.embedders.1.model."
        stand_in = SimpleNamespace(config=SimpleNamespace(hidden_size=model["config"]["hidden_size"]))
        out = reference.convert_open_clip_checkpoint(stand_in, prefixed(source, prefix), prefix=prefix)
    digest = lambda value: hashlib.sha256(value.contiguous().numpy().tobytes()).hexdigest()[:16]  # noqa: E731
    return {key: digest(value) for key, value in out.items()}


def taesd() -> dict:
    with torch.device("meta"):
        model = AutoencoderTiny()
    names = [
        "in_channels", "out_channels", "latent_channels", "encoder_block_out_channels", "decoder_block_out_channels",
        "num_encoder_blocks", "num_decoder_blocks", "scaling_factor",
    ]  # fmt: skip
    shapes = {name: list(value.shape) for name, value in model.state_dict().items()}
    return {"shapes": shapes, "config": fields(model, names)}


def main() -> None:
    every = models()
    golden = {
        "versions": {
            "diffusers": diffusers.__version__,
            "transformers": transformers.__version__,
            "torch": torch.__version__,
            "numpy": np.__version__,
        },
        "models": every,
        "taesd": taesd(),
        "tiny": {name: convert_tiny(name, model) for name, model in every.items() if name.startswith("tiny")},
    }
    text_ = json.dumps(golden, separators=(",", ":")).encode()
    (HERE / "golden.json.gz").write_bytes(gzip.compress(text_, 9, mtime=0))


main()
