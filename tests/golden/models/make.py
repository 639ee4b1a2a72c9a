"""The engine's models at tiny sizes, for tests/unit/engine-models-*.test.ts: one .json for each model.

Autoencoders of diffusers and CLIP, SigLIP, Depth Anything and ViTPose of transformers, built from configurations; Real-ESRGAN's two networks
are written here from their papers (arXiv:1809.00219, arXiv:2107.10833). Weights and pictures are those of
tests/golden/tiny_weights.py, told by names alone, so that nothing but shapes and outputs is kept. float32 on the CPU.
Needs torch, numpy, diffusers, transformers. Run by hand, for all models or those named:

    python tests/golden/models/make.py [clip-text …]
"""

import json
import math
import pathlib
import sys
from importlib.metadata import version

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import fill, shapes, tiny_values

# Numbers kept of one output.
LIMIT = 192


def tiny_input(name, shape):
    """Uniform in [-1, 1]; `tinyInput` of tests/support/run-model.ts is the twin."""
    return torch.from_numpy((tiny_values(name, [math.prod(shape)]) * np.float32(10)).reshape(shape))


def kept(output):
    """Every n-th number, n odd so that no axis of even size is left out, and the greatest magnitude of all."""
    flat = output.detach().float().numpy().reshape(-1)
    every = max(1, math.ceil(len(flat) / LIMIT)) | 1
    return {
        "shape": list(output.shape),
        "every": every,
        "scale": float(f"{np.abs(flat).max():.9g}"),
        "values": [float(f"{value:.9g}") for value in flat[::every]],
    }


def case(name, config, module, outputs, **rest):
    return {
        "name": name,
        "config": config,
        **rest,
        "shapes": shapes(module),
        "outputs": {key: kept(value) for key, value in outputs.items()},
    }


def autoencoder_kl():
    from diffusers import AutoencoderKL

    def made(name, size, **config):
        model = fill(AutoencoderKL(**config)).eval()
        channels, factor = config["latent_channels"], 2 ** (len(config["block_out_channels"]) - 1)
        picture = tiny_input("picture", [2, 3, *size])
        latent = tiny_input("latent", [2, channels, size[0] // factor, size[1] // factor]) * 3
        outputs = {"moments": model.encode(picture).latent_dist.parameters, "picture": model.decode(latent).sample}
        return case(name, config, model, outputs, picture=list(picture.shape), latent=list(latent.shape))

    down, up = "DownEncoderBlock2D", "UpDecoderBlock2D"
    return [
        made(
            "as Stable Diffusion has it",
            (16, 24),
            block_out_channels=[8, 16, 16],
            layers_per_block=2,
            down_block_types=[down] * 3,
            up_block_types=[up] * 3,
            norm_num_groups=4,
            latent_channels=4,
        ),
        made(
            "without the convolutions around the latent and without attention",
            (10, 8),
            block_out_channels=[8, 12],
            layers_per_block=1,
            down_block_types=[down] * 2,
            up_block_types=[up] * 2,
            norm_num_groups=2,
            latent_channels=3,
            act_fn="gelu",
            use_quant_conv=False,
            use_post_quant_conv=False,
            mid_block_add_attention=False,
        ),
    ]


def autoencoder_tiny():
    from diffusers import AutoencoderTiny

    def made(name, size, **config):
        model = fill(AutoencoderTiny(**config)).eval()
        channels, stages = config["latent_channels"], len(config["num_encoder_blocks"]) - 1
        picture = tiny_input("picture", [2, 3, *size])
        latent = tiny_input("latent", [2, channels, size[0] >> stages, size[1] >> stages]) * 4
        outputs = {"latent": model.encode(picture).latents, "picture": model.decode(latent).sample}
        return case(name, config, model, outputs, picture=list(picture.shape), latent=list(latent.shape))

    return [
        made(
            "as TAESD has it",
            (16, 24),
            encoder_block_out_channels=[8] * 4,
            decoder_block_out_channels=[8] * 4,
            num_encoder_blocks=[1, 3, 3, 3],
            num_decoder_blocks=[3, 3, 3, 1],
            latent_channels=4,
        ),
        made(
            "another depth, width and activation",
            (12, 8),
            encoder_block_out_channels=[6] * 3,
            decoder_block_out_channels=[10] * 3,
            num_encoder_blocks=[1, 2, 1],
            num_decoder_blocks=[2, 1, 1],
            latent_channels=7,
            act_fn="silu",
        ),
    ]


CLIP = {"hidden_size": 32, "intermediate_size": 48, "num_attention_heads": 4, "projection_dim": 12}


def clip_text():
    from transformers import CLIPTextConfig, CLIPTextModelWithProjection

    def made(name, ids, half=False, **config):
        config = {**CLIP, "vocab_size": 64, "max_position_embeddings": 16, "num_hidden_layers": 3, **config}
        model = CLIPTextModelWithProjection(CLIPTextConfig(**config, attn_implementation="eager"))
        model = fill(model).eval()
        if half:
            model = model.half().float()
        ids_tensor = torch.tensor(ids)
        out = model(ids_tensor, output_hidden_states=True)
        norm = model.text_model.final_layer_norm
        states = out.hidden_states
        assert torch.equal(norm(states[-1]), out.last_hidden_state)
        outputs = {
            "hidden": out.last_hidden_state,
            "skip_1": norm(states[-2]),
            "skip_2_unnormalized": states[-3],
            "pooler_output": model.text_model(ids_tensor).pooler_output,
            "text_embeds": out.text_embeds,
        }
        values = tiny_input("override", [*ids_tensor.shape, config["hidden_size"]])
        mask = torch.zeros([*ids_tensor.shape, 1], dtype=torch.bool)
        mask[0, 2:4] = True
        mask[1, 1] = True
        swap = model.text_model.embeddings.token_embedding.register_forward_hook(
            lambda module, inputs, output: torch.where(mask, values, output)
        )
        outputs["overridden"] = model(ids_tensor).last_hidden_state
        swap.remove()
        return case(name, config, model, outputs, ids=ids, mask=mask.int().reshape(-1).tolist(), half=half)

    text, longer = [62, 5, 17, 9, 63], [62, 40, 3, 3, 21, 33, 8, 63]
    padded = [tokens + [63] * (12 - len(tokens)) for tokens in (text, longer)]
    # 61 is a token added after the end of text.
    added = [[58, 61, 17, 9, 60] + [0] * 7, [58, 40, 61, 3, 21, 33, 8, 60] + [0] * 4]
    return [
        made("OpenAI's, whose configuration gives no true end of text", padded, hidden_act="quick_gelu", eos_token_id=2),
        made("OpenCLIP's, with tokens added after the end of text", added, hidden_act="gelu", eos_token_id=60),
        made("weights in half precision", padded, half=True, hidden_act="quick_gelu", eos_token_id=63),
    ]


def clip_vision():
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    def made(name, **config):
        config = {**CLIP, "num_hidden_layers": 2, "image_size": 12, "patch_size": 4, **config}
        model = fill(CLIPVisionModelWithProjection(CLIPVisionConfig(**config, attn_implementation="eager"))).eval()
        picture = tiny_input("picture", [3, 3, 12, 12])
        embeds = model(picture).image_embeds
        outputs = {"image_embeds": embeds, "normalized": embeds / embeds.norm(dim=-1, keepdim=True)}
        return case(name, config, model, outputs, picture=list(picture.shape))

    return [
        made("OpenAI's", hidden_act="quick_gelu"),
        made("OpenCLIP's, with a patch that leaves a margin", hidden_act="gelu", patch_size=5),
    ]


def siglip():
    from transformers import SiglipConfig, SiglipModel

    tower = {"hidden_size": 24, "intermediate_size": 40, "num_attention_heads": 3, "num_hidden_layers": 2}
    text_config = {**tower, "vocab_size": 50, "max_position_embeddings": 9, "projection_size": 20}
    vision_config = {**tower, "image_size": 12, "patch_size": 3}
    config = {"model_type": "siglip", "text_config": text_config, "vision_config": vision_config}
    model = fill(SiglipModel(SiglipConfig(text_config=text_config, vision_config=vision_config))).eval()
    ids = [[7, 12, 3, 44, 1, 0, 0, 0, 0], [9, 9, 30, 31, 32, 2, 18, 1, 0]]
    picture = tiny_input("picture", [3, 3, 12, 12])
    text_embeds = model.text_model(torch.tensor(ids)).pooler_output
    image_embeds = model.vision_model(picture).pooler_output
    outputs = {
        "text_embeds": text_embeds,
        "text_normalized": text_embeds / text_embeds.norm(dim=-1, keepdim=True),
        "image_embeds": image_embeds,
        "image_normalized": image_embeds / image_embeds.norm(dim=-1, keepdim=True),
    }
    return [case("both towers", config, model, outputs, ids=ids, picture=list(picture.shape))]


class DenseBlock(nn.Module):
    def __init__(self, features, growth):
        super().__init__()
        for i in range(5):
            out = growth if i < 4 else features
            setattr(self, f"conv{i + 1}", nn.Conv2d(features + i * growth, out, 3, padding=1))

    def forward(self, x):
        seen = [x]
        for i in range(4):
            seen.append(F.leaky_relu(getattr(self, f"conv{i + 1}")(torch.cat(seen, 1)), 0.2))
        return x + 0.2 * self.conv5(torch.cat(seen, 1))


class ResidualInResidual(nn.Module):
    def __init__(self, features, growth):
        super().__init__()
        self.rdb1, self.rdb2, self.rdb3 = (DenseBlock(features, growth) for _ in range(3))

    def forward(self, x):
        return x + 0.2 * self.rdb3(self.rdb2(self.rdb1(x)))


class RRDBNet(nn.Module):
    def __init__(self, scale, features, growth, blocks):
        super().__init__()
        self.fold = 4 // scale
        self.conv_first = nn.Conv2d(3 * self.fold**2, features, 3, padding=1)
        self.body = nn.Sequential(*(ResidualInResidual(features, growth) for _ in range(blocks)))
        for name in ["conv_body", "conv_up1", "conv_up2", "conv_hr"]:
            setattr(self, name, nn.Conv2d(features, features, 3, padding=1))
        self.conv_last = nn.Conv2d(features, 3, 3, padding=1)

    def forward(self, picture):
        first = self.conv_first(F.pixel_unshuffle(picture, self.fold))
        h = first + self.conv_body(self.body(first))
        for conv in (self.conv_up1, self.conv_up2):
            h = F.leaky_relu(conv(F.interpolate(h, scale_factor=2, mode="nearest")), 0.2)
        return self.conv_last(F.leaky_relu(self.conv_hr(h), 0.2))


def rrdbnet():
    def made(scale):
        model = fill(RRDBNet(scale, features=8, growth=4, blocks=2)).eval()
        picture = tiny_input("picture", [2, 3, 8, 12])
        return case(f"enlarges {scale} times", {"scale": scale}, model, {"picture": model(picture)}, picture=[2, 3, 8, 12])

    return [made(4), made(2), made(1)]


class SRVGGNetCompact(nn.Module):
    def __init__(self, scale, features, convolutions):
        super().__init__()
        self.scale = scale
        layers = [nn.Conv2d(3, features, 3, padding=1), nn.PReLU(features)]
        for _ in range(convolutions):
            layers += [nn.Conv2d(features, features, 3, padding=1), nn.PReLU(features)]
        self.body = nn.Sequential(*layers, nn.Conv2d(features, 3 * scale**2, 3, padding=1))

    def forward(self, picture):
        base = F.interpolate(picture, scale_factor=self.scale, mode="nearest")
        return base + F.pixel_shuffle(self.body(picture), self.scale)


def srvgg():
    def made(scale):
        model = fill(SRVGGNetCompact(scale, features=8, convolutions=2)).eval()
        picture = tiny_input("picture", [2, 3, 6, 9])
        return case(f"enlarges {scale} times", {"scale": scale}, model, {"picture": model(picture)}, picture=[2, 3, 6, 9])

    return [made(4), made(3)]


def hub_name(key):
    """As saved: transformers 5 calls DINOv2's attention otherwise than its files do."""
    for own, hub in {"q": "query", "k": "key", "v": "value"}.items():
        key = key.replace(f"attention.{own}_proj", f"attention.attention.{hub}")
    return key.replace("attention.o_proj", "attention.output.dense")


def depth_anything():
    from transformers import DepthAnythingConfig, DepthAnythingForDepthEstimation, Dinov2Config

    def made(name, size, backbone, salt="", **config):
        backbone = {
            **{"model_type": "dinov2", "hidden_size": 16, "num_hidden_layers": 4, "num_attention_heads": 2},
            **{"image_size": 28, "patch_size": 7, "reshape_hidden_states": False},
            **backbone,
        }
        config = {"patch_size": 7, "reassemble_hidden_size": 16, "fusion_hidden_size": 8, "head_hidden_size": 4, **config}
        told = {key: value for key, value in backbone.items() if key != "model_type"}
        whole = DepthAnythingConfig(backbone_config=Dinov2Config(**told), **config)
        model = fill(DepthAnythingForDepthEstimation(whole), salt, hub_name).eval()
        picture = tiny_input("picture", [2, 3, *size])
        depth = model(picture).predicted_depth.unsqueeze(1)
        # The last activation cuts off what is below nothing.
        assert (depth > 0).float().mean() > 0.5
        config = {"model_type": "depth_anything", **config, "backbone_config": backbone}
        made_case = case(name, config, model, {"depth": depth}, picture=list(picture.shape))
        return {**made_case, "shapes": shapes(model, hub_name), "salt": salt}

    return [
        made(
            "relative, of four feature maps, on another grid than its positions are stored for",
            (35, 21),
            {"out_indices": [1, 2, 3, 4]},
            salt="a:",
            reassemble_factors=[4, 2, 1, 0.5],
            neck_hidden_sizes=[4, 6, 8, 10],
        ),
        made(
            "metric, of two, without the last norm, on its own grid",
            (28, 28),
            {"out_indices": [2, 4], "apply_layernorm": False, "hidden_act": "gelu_new", "mlp_ratio": 2},
            reassemble_factors=[2, 1],
            neck_hidden_sizes=[6, 8],
            depth_estimation_type="metric",
            max_depth=20,
        ),
    ]


def vitpose():
    from transformers import VitPoseBackboneConfig, VitPoseConfig, VitPoseForPoseEstimation

    def made(name, **config):
        backbone = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": [40, 24]}
        backbone = {**backbone, "patch_size": [8, 8], "out_indices": [2], "mlp_ratio": 2}
        whole = VitPoseConfig(backbone_config=VitPoseBackboneConfig(**backbone), num_labels=17, **config)
        model = fill(VitPoseForPoseEstimation(whole)).eval()
        statistics = [(key, value) for key, value in model.named_buffers() if ".running_" in key]
        for key, value in statistics:
            value.copy_(torch.from_numpy(tiny_values(key, list(value.shape))))
        picture = tiny_input("picture", [2, 3, 40, 24])
        backbone = {"model_type": "vitpose_backbone", **backbone}
        config = {"model_type": "vitpose", **config, "backbone_config": backbone}
        made_case = case(name, config, model, {"heatmaps": model(picture).heatmaps}, picture=list(picture.shape))
        buffers = {key: list(value.shape) for key, value in statistics}
        return {**made_case, "shapes": {**shapes(model), **buffers}}

    return [
        made("with the simple decoder", use_simple_decoder=True, scale_factor=4),
        made("with the classic decoder", use_simple_decoder=False),
    ]


MODELS = {
    "autoencoder-kl": autoencoder_kl,
    "autoencoder-tiny": autoencoder_tiny,
    "clip-text": clip_text,
    "clip-vision": clip_vision,
    "siglip": siglip,
    "depth-anything": depth_anything,
    "vitpose": vitpose,
    "rrdbnet": rrdbnet,
    "srvgg": srvgg,
}

if __name__ == "__main__":
    versions = {name: version(name) for name in ["torch", "numpy", "diffusers", "transformers"]}
    with torch.no_grad():
        for name in sys.argv[1:] or MODELS:
            golden = {"versions": versions, "cases": MODELS[name]()}
            (HERE / f"{name}.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
