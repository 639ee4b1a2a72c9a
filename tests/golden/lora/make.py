"""What LoRAs make of weights, from the reference implementations.

- `names`: how files call modules, and the weight each name means, by diffusers' own conversions;
- `models`: the weights of SD 1.5's UNet and text encoder, and the modules that kohya's trainer makes
  LoRAs of;
- `kinds`: merged weights of every kind, by peft; Tucker LoRA and LyCORIS' DoRA by their formulas,
  which peft does not have;
- `unet`: a tiny UNet with two of kohya's LoRAs of weights 0.8 and -0.3, by diffusers with peft.

Base weights and LoRA tensors are those of tests/golden/tiny_weights.py by their own names; nothing is
random. Packages: torch, diffusers, transformers, peft, numpy; versions are written into the output.
Run by hand:  python tests/golden/lora/make.py
"""

import json
import sys
from pathlib import Path

import diffusers
import numpy as np
import peft
import torch
import transformers
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from diffusers.loaders.lora_conversion_utils import (
    _convert_non_diffusers_lora_to_diffusers,
    _maybe_map_sgm_blocks_to_diffusers,
)
from diffusers.utils.state_dict_utils import (
    StateDictType,
    convert_state_dict_to_peft,
    convert_unet_state_dict_to_peft,
)
from peft import LoHaConfig, LoKrConfig, LoraConfig, inject_adapter_in_model
from transformers import CLIPTextConfig, CLIPTextModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import fill, shapes, tiny_values  # noqa: E402

torch.set_grad_enabled(False)


def tiny(key, shape):
    return torch.from_numpy(np.ascontiguousarray(tiny_values(key, shape)))


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float32).ravel().tolist()]


# ---- names


def sd1_models():
    with torch.device("meta"):
        unet = UNet2DConditionModel(cross_attention_dim=768, sample_size=64)
        text = CLIPTextModel(
            CLIPTextConfig(
                hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
                vocab_size=49408, max_position_embeddings=77, projection_dim=768,
            )
        )
    prefix = "" if any(k.startswith("text_model.") for k in text.state_dict()) else "text_model."
    return unet, text, prefix


def kohya_modules(model, lora_prefix, key_prefix=""):
    """networks/lora.py create_modules: every Linear and Conv2d, its dots made underscores."""
    return {
        f"{lora_prefix}_{key_prefix}{name}".replace(".", "_"): f"{key_prefix}{name}.weight"
        for name, module in model.named_modules()
        if isinstance(module, (torch.nn.Linear, torch.nn.Conv2d))
    }


def weights_in(model):
    return [key for key in model.state_dict() if key.endswith(".weight")]


def models():
    unet, text, prefix = sd1_models()
    return {
        "unet": weights_in(unet),
        "textEncoder": [prefix + key for key in weights_in(text)],
        "kohya": [*kohya_modules(unet, "lora_unet"), *kohya_modules(text, "lora_te", prefix)],
    }


def weight_of(peft_key):
    return peft_key.split(".lora_")[0].removeprefix("unet.").removeprefix("text_encoder.") + ".weight"


def names():
    """[key of the down or A matrix in a file, key of the weight that it changes]"""
    scalar = torch.zeros(1, 1)
    pairs = []
    attention = "down_blocks.1.attentions.0.transformer_blocks.0"

    # Attention processors, with and without the network's name.
    for layer in ["attn1.processor.to_q_lora", "attn2.processor.to_out_lora"]:
        old = f"{attention}.{layer}.down.weight"
        new = weight_of(next(iter(convert_unet_state_dict_to_peft({old: scalar}))))
        pairs += [[old, new], [f"unet.{old}", new]]
    # diffusers' second form.
    for module in [f"{attention}.attn1.to_k", f"{attention}.ff.net.2", "mid_block.resnets.0.conv1"]:
        old = f"{module}.lora.down.weight"
        pairs.append([f"unet.{old}", weight_of(next(iter(convert_unet_state_dict_to_peft({old: scalar}))))])
    layer = "text_model.encoder.layers.3"
    for module in ["self_attn.to_q_lora", "self_attn.to_out_lora"]:
        old = f"{layer}.{module}.down.weight"
        new = next(iter(convert_state_dict_to_peft({old: scalar}, StateDictType.DIFFUSERS_OLD)))
        pairs.append([f"text_encoder.{old}", weight_of(new)])
    for module in ["self_attn.v_proj", "mlp.fc1"]:
        old = f"{layer}.{module}.lora_linear_layer.down.weight"
        pairs.append([f"text_encoder.{old}", weight_of(next(iter(convert_state_dict_to_peft({old: scalar}))))])

    # peft's own files, with and without an adapter's name.
    unet, _, _ = sd1_models()
    inject_adapter_in_model(LoraConfig(r=1, target_modules=["to_v", "conv_shortcut"]), unet)
    for key in peft.get_peft_model_state_dict(unet):
        if "mid_block" in key or "up_blocks.3.resnets.2" in key:
            if "lora_A" in key:
                pairs += [[f"{p}{key}", weight_of(key)] for p in ["base_model.model.", "unet.", ""]]
                pairs.append([key.replace("lora_A", "lora_A.default"), weight_of(key)])

    # SDXL's names are LDM's.
    sdxl = UNet2DConditionModel(
        block_out_channels=(32, 64, 64), layers_per_block=2, cross_attention_dim=32, attention_head_dim=8,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=(1, 2, 2), use_linear_projection=True,
        addition_embed_type="text_time", addition_time_embed_dim=8, projection_class_embeddings_input_dim=80,
    )
    ldm = []
    for module in SDXL_MODULES:
        state = {f"lora_unet_{module}.{end}": scalar.clone() for end in ["lora_down.weight", "lora_up.weight"]}
        state[f"lora_unet_{module}.alpha"] = torch.tensor(1.0)
        mapped = _maybe_map_sgm_blocks_to_diffusers(dict(state), sdxl.config)
        converted, _ = _convert_non_diffusers_lora_to_diffusers(mapped)
        down = next(k for k in converted if ".down." in k or "lora_A" in k)
        as_peft = next(iter(convert_unet_state_dict_to_peft({down.removeprefix("unet."): scalar})))
        ldm.append([f"lora_unet_{module}.lora_down.weight", weight_of(as_peft)])
    known = set(sdxl.state_dict())
    assert all(weight in known for _, weight in ldm), [w for _, w in ldm if w not in known]
    return {"sd1": pairs, "sdxl": ldm, "sdxlWeights": weights_in(sdxl)}


SDXL_MODULES = [
    "input_blocks_0_0",
    "input_blocks_1_0_in_layers_2",
    "input_blocks_4_0_emb_layers_1",
    "input_blocks_4_0_skip_connection",
    "input_blocks_4_1_proj_in",
    "input_blocks_4_1_transformer_blocks_1_attn1_to_q",
    "input_blocks_8_1_transformer_blocks_0_attn2_to_out_0",
    "middle_block_0_out_layers_3",
    "middle_block_1_transformer_blocks_1_ff_net_0_proj",
    "output_blocks_0_1_transformer_blocks_0_attn2_to_v",
    "output_blocks_5_1_transformer_blocks_1_ff_net_2",
    "time_embed_0",
    "time_embed_2",
    "label_emb_0_0",
    "label_emb_0_2",
    "out_2",
]

# ---- kinds


class Two(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = torch.nn.Linear(8, 12)
        self.conv = torch.nn.Conv2d(4, 6, 3)


TARGETS = shapes(Two())


def base(key):
    return tiny(key, TARGETS[key])


def by_peft(name, config, rename, *, alpha=None, weight=1.0, dtype="F32"):
    """`rename` gives a tensor's name in the file from peft's, or None where the file has none of it."""
    model = fill(Two())
    inject_adapter_in_model(config, model)
    tensors = {}
    for key, parameter in model.named_parameters():
        if "default" not in key:
            continue
        plain = rename(key.replace(".default", ""))
        values = tiny(plain, tuple(parameter.shape))
        if dtype != "F32":
            values = values.to({"F16": torch.float16, "BF16": torch.bfloat16}[dtype]).float()
        parameter.data.copy_(values)
        tensors[plain] = list(parameter.shape)
    merged = {}
    for module in ["linear", "conv"]:
        layer = getattr(model, module)
        if not hasattr(layer, "merge"):
            continue
        layer.set_scale("default", weight)
        layer.merge()
        merged[f"{module}.weight"] = rounded(layer.get_base_layer().weight)
    alphas = {f"lora_unet_{m.split('.')[0]}.alpha": alpha for m in merged} if alpha is not None else {}
    return {"name": name, "dtype": dtype, "tensors": tensors, "alphas": alphas, "weight": weight, "merged": merged}


def kohya(key):
    return f"lora_unet_{key.replace('lora_A', 'lora_down').replace('lora_B', 'lora_up')}"


def lycoris(key):
    return f"lora_unet_{key}"


def as_peft(key):
    return f"base_model.model.{key}"


def by_formula(name, tensors, alphas, weight, merge):
    numbers = {key: tiny_values(key, shape).astype(np.float64) for key, shape in tensors.items()}
    merged = {key: rounded(value) for key, value in merge(numbers).items()}
    return {"name": name, "dtype": "F32", "tensors": tensors, "alphas": alphas, "weight": weight, "merged": merged}


def tucker_lora():
    """lycoris/functional/general.py rebuild_tucker, with LoCon's up and down as 1x1 kernels."""
    m = "lora_unet_conv"
    tensors = {
        f"{m}.lora_up.weight": [6, 3, 1, 1],
        f"{m}.lora_mid.weight": [3, 3, 3, 3],
        f"{m}.lora_down.weight": [3, 4, 1, 1],
    }

    def merge(t):
        up, mid, down = (t[f"{m}.lora_{part}.weight"] for part in ["up", "mid", "down"])
        delta = np.einsum("i j k l, p i, j r -> p r k l", mid, up[:, :, 0, 0], down[:, :, 0, 0])
        return {"conv.weight": base("conv.weight").double().numpy() + 0.7 * (1.5 / 3) * delta}

    return by_formula("tucker", tensors, {f"{m}.alpha": 1.5}, 0.7, merge)


def lycoris_dora(axis, weight):
    """lycoris/modules/locon.py apply_weight_decompose with its multiplier; `axis` of the kept dimension."""
    tensors, alphas = {}, {}
    for module, (out, inner, kernel) in {"linear": (12, 8, []), "conv": (6, 4, [3, 3])}.items():
        m = f"lora_unet_{module}"
        ones = [1] * len(kernel)
        tensors[f"{m}.lora_up.weight"] = [out, 2, *ones]
        tensors[f"{m}.lora_down.weight"] = [2, inner, *kernel]
        tensors[f"{m}.dora_scale"] = [out, 1, *ones] if axis == 0 else [1, inner, *ones]
        alphas[f"{m}.alpha"] = 1.0

    def merge(t):
        result = {}
        for module in ["linear", "conv"]:
            m, w = f"lora_unet_{module}", base(f"{module}.weight").double().numpy()
            up, down = t[f"{m}.lora_up.weight"], t[f"{m}.lora_down.weight"]
            changed = w + (1.0 / 2) * (up.reshape(len(up), 2) @ down.reshape(2, -1)).reshape(w.shape)
            others = tuple(i for i in range(w.ndim) if i != axis)
            norm = np.sqrt((changed**2).sum(axis=others, keepdims=True)) + np.finfo(np.float32).eps
            whole = changed * (t[f"{m}.dora_scale"] / norm)
            result[f"{module}.weight"] = w + weight * (whole - w)
        return result

    return by_formula(f"dora by {'rows' if axis == 0 else 'columns'}", tensors, alphas, weight, merge)


def full_difference():
    tensors = {
        "lora_unet_linear.diff": [12, 8],
        "lora_unet_linear.diff_b": [12],
        "lora_unet_conv.diff": [6, 4, 3, 3],
    }

    def merge(t):
        return {
            "linear.weight": base("linear.weight").numpy() - 0.4 * t["lora_unet_linear.diff"],
            "linear.bias": base("linear.bias").numpy() - 0.4 * t["lora_unet_linear.diff_b"],
            "conv.weight": base("conv.weight").numpy() - 0.4 * t["lora_unet_conv.diff"],
        }

    return by_formula("full difference", tensors, {}, -0.4, merge)


def kinds():
    both = ["linear", "conv"]
    lora = dict(target_modules=both, init_lora_weights=False)
    other = dict(target_modules=both, init_weights=True)
    return [
        by_peft("lora", LoraConfig(r=3, lora_alpha=1.5, **lora), kohya, alpha=1.5, weight=0.8),
        by_peft("lora, alpha left out", LoraConfig(r=3, lora_alpha=3, **lora), as_peft, weight=-0.6),
        by_peft("lora in halves", LoraConfig(r=3, lora_alpha=1.5, **lora), kohya, alpha=1.5, dtype="F16"),
        by_peft("lora in brain floats", LoraConfig(r=3, lora_alpha=1.5, **lora), kohya, alpha=1.5, dtype="BF16"),
        by_peft("loha", LoHaConfig(r=2, alpha=1, **other), lycoris, alpha=1, weight=0.8),
        by_peft("loha, tucker", LoHaConfig(r=2, alpha=1, use_effective_conv2d=True, **other), lycoris, alpha=1),
        by_peft("lokr", LoKrConfig(r=1, alpha=0.5, **other), lycoris, alpha=0.5, weight=0.8),
        by_peft("lokr, both factored", LoKrConfig(r=1, alpha=0.5, decompose_both=True, decompose_factor=4, **other),
                lycoris, alpha=0.5),
        by_peft("lokr, tucker", LoKrConfig(r=1, alpha=0.5, use_effective_conv2d=True, **other), lycoris, alpha=0.5),
        by_peft("lokr of whole matrices", LoKrConfig(r=8, alpha=8, **other), lycoris, alpha=3),
        by_peft("dora", LoraConfig(r=2, lora_alpha=2, use_dora=True, **lora), as_peft),
        tucker_lora(),
        lycoris_dora(0, 1.0),
        lycoris_dora(1, 0.8),
        full_difference(),
    ]


# ---- a UNet

CONFIG = dict(
    sample_size=8, in_channels=4, out_channels=4, block_out_channels=[32, 64], layers_per_block=1,
    down_block_types=["CrossAttnDownBlock2D", "DownBlock2D"], up_block_types=["UpBlock2D", "CrossAttnUpBlock2D"],
    cross_attention_dim=32, attention_head_dim=2,
)


def kohya_lora(model, keep, rank, alpha, salt):
    """A LoRA as kohya's trainer writes it, of the modules whose names contain one of `keep`."""
    tensors, alphas = {}, {}
    for name, module in model.named_modules():
        if not any(part in name for part in keep):
            continue
        m = "lora_unet_" + name.replace(".", "_")
        if isinstance(module, torch.nn.Linear):
            tensors[f"{m}.lora_down.weight"] = [rank, module.in_features]
            tensors[f"{m}.lora_up.weight"] = [module.out_features, rank]
        elif isinstance(module, torch.nn.Conv2d):
            tensors[f"{m}.lora_down.weight"] = [rank, module.in_channels, *module.kernel_size]
            tensors[f"{m}.lora_up.weight"] = [module.out_channels, rank, 1, 1]
        else:
            continue
        alphas[f"{m}.alpha"] = alpha
    return {"salt": salt, "tensors": tensors, "alphas": alphas}


def state_dict(lora):
    numbers = {k: tiny(lora["salt"] + k, s) for k, s in lora["tensors"].items()}
    return numbers | {k: torch.tensor(a) for k, a in lora["alphas"].items()}


def unet():
    model = fill(UNet2DConditionModel(**CONFIG)).eval()
    weights = shapes(model)
    loras = [
        kohya_lora(model, [".to_q", ".to_k", ".to_v", ".to_out.0"], 4, 2.0, "first:"),
        kohya_lora(model, ["conv1", "conv2", "conv_shortcut", "samplers.0.conv", "proj_in", "ff.net"], 3, 1.0, "second:"),
    ]
    inputs = {"sample": [2, 4, 8, 8], "encoder_hidden_states": [2, 7, 32]}
    x, context = (tiny(key, shape) for key, shape in inputs.items())
    run = lambda: model(x, 321, context, return_dict=False)[0]
    without = run()
    for i, lora in enumerate(loras):
        converted, alphas = StableDiffusionPipeline.lora_state_dict(state_dict(lora))
        model.load_lora_adapter(converted, network_alphas=alphas, prefix="unet", adapter_name=f"lora{i}")
        adapted = sum(1 for name, _ in model.named_modules() if name.endswith(f"lora_A.lora{i}"))
        assert adapted == len(lora["alphas"]), (adapted, len(lora["alphas"]))
    model.set_adapters(["lora0", "lora1"], [0.8, -0.3])
    output = run()
    return {
        "config": CONFIG, "weights": weights, "loras": loras, "loraWeights": [0.8, -0.3], "inputs": inputs,
        "timestep": 321, "without": rounded(without[0]), "output": rounded(output),
    }


def main():
    golden = {
        "versions": {m.__name__: m.__version__ for m in (torch, diffusers, transformers, peft, np)},
        "names": names(),
        "models": models(),
        "targets": TARGETS,
        "kinds": kinds(),
        "unet": unet(),
    }
    (HERE / "golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
