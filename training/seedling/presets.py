"""Sizes of the models. `small` is trained on CPUs for 128² pictures, `base` on one GPU for 256²."""

from transformers import CLIPConfig

PICTURE = {"small": 128, "base": 256}
# Pixels to a latent's side.
FACTOR = 8
POSITIONS = 77

_TOWER = {
    "small": {"hidden_size": 256, "intermediate_size": 1024, "num_attention_heads": 4},
    "base": {"hidden_size": 384, "intermediate_size": 1536, "num_attention_heads": 6},
}
# Of the text tower and the vision tower. Captions of one world are read sooner than pictures.
_LAYERS = {"small": (4, 6), "base": (6, 8)}


def clip_config(size: str, vocabulary: int) -> CLIPConfig:
    """:param vocabulary: tokens; the last two are start and end of text, as in CLIP's own."""
    marks = {"bos_token_id": vocabulary - 2, "eos_token_id": vocabulary - 1, "pad_token_id": vocabulary - 1}
    width = _TOWER[size]["hidden_size"]
    common = {**_TOWER[size], "projection_dim": width, "hidden_act": "quick_gelu"}
    text_layers, vision_layers = _LAYERS[size]
    # 64 patches at 128², 256 at 256².
    vision = {**common, "num_hidden_layers": vision_layers, "image_size": PICTURE[size], "patch_size": 16}
    text = {**common, **marks, "num_hidden_layers": text_layers, "vocab_size": vocabulary}
    text["max_position_embeddings"] = POSITIONS
    return CLIPConfig(text_config=text, vision_config=vision, projection_dim=width)


# Diffusers' AutoencoderTiny; its stages are all of one width.
VAE = {
    "small": {"channels": 32, "encoder_blocks": (0, 1, 2, 2), "decoder_blocks": (2, 2, 2, 0)},
    "base": {"channels": 64, "encoder_blocks": (1, 3, 3, 3), "decoder_blocks": (3, 3, 3, 1)},
}


def vae_config(size: str) -> dict:
    preset = VAE[size]
    stages = len(preset["encoder_blocks"])
    return {
        "latent_channels": 4,
        "encoder_block_out_channels": (preset["channels"],) * stages,
        "decoder_block_out_channels": (preset["channels"],) * stages,
        "num_encoder_blocks": preset["encoder_blocks"],
        "num_decoder_blocks": preset["decoder_blocks"],
        "upsampling_scaling_factor": 2,
        # Latents are trained to mean 0 and deviation 1: nothing is left to scale.
        "scaling_factor": 1.0,
    }


# Of the decoder that is trained afterwards. What the latents mean is made out at their own size, where depth costs little.
DECODER = {
    "small": {"channels": 64, "blocks": (4, 6, 2, 0)},
    "base": {"channels": 96, "blocks": (4, 6, 3, 0)},
}


def decoder_config(size: str) -> dict:
    """The VAE's, with a larger decoder."""
    blocks = DECODER[size]["blocks"]
    widths = (DECODER[size]["channels"],) * len(blocks)
    return {**vae_config(size), "decoder_block_out_channels": widths, "num_decoder_blocks": blocks}


UNET = {
    # 12.0 M weights, on 16×16 latents, 8×8 and 4×4.
    "small": {"channels": (96, 128, 192), "layers": 1},
    # 35.9 M, on 32×32, 16×16 and 8×8.
    "base": {"channels": (128, 192, 256), "layers": 2},
}


def unet_config(size: str) -> dict:
    channels = UNET[size]["channels"]
    return {
        "sample_size": PICTURE[size] // FACTOR,
        "in_channels": 4,
        "out_channels": 4,
        "block_out_channels": channels,
        "layers_per_block": UNET[size]["layers"],
        # At the finest level words would cost most and say least.
        "down_block_types": ("DownBlock2D", *("CrossAttnDownBlock2D",) * (len(channels) - 1)),
        "up_block_types": (*("CrossAttnUpBlock2D",) * (len(channels) - 1), "UpBlock2D"),
        # Named a head's width by mistake, it is the number of heads: of 32 channels each.
        "attention_head_dim": tuple(width // 32 for width in channels),
        "cross_attention_dim": _TOWER[size]["hidden_size"],
        "use_linear_projection": False,
    }


# Residual networks: stages of this width, two blocks each, every one but the first halving the sides.
CLASSIFIER = {"small": (48, 96, 192, 320), "base": (64, 128, 256, 384)}

# As the classifier, of latents, whose sides are small already.
READER = {"small": (96, 160, 256), "base": (96, 160, 256, 320)}

# Real-ESRGAN's SRVGGNetCompact.
UPSCALER = {
    "small": {"features": 32, "convolutions": 8, "scale": 4},
    "base": {"features": 48, "convolutions": 12, "scale": 4},
}
