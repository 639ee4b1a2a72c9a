"""Numbers of the reference safetensors package, and of numpy's and torch's roundings -> golden.json.

Run by hand: python tests/golden/safetensors/make.py. Needs safetensors, numpy and torch (versions in the output).
"""

import base64
import hashlib
import json
import pathlib
import sys

import numpy as np
import safetensors
import safetensors.torch
import torch

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from tiny_weights import _mix, tiny_values  # noqa: E402


def sha256(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


TINY = {
    "text_model.embeddings.token_embedding.weight": [49, 32],
    "vision_model.embeddings.patch_embedding.weight": [8, 3, 4, 4],
    "vision_model.embeddings.class_embedding": [32],
    "down_blocks.0.resnets.0.conv1.weight": [32, 16, 3, 3],
    "down_blocks.0.resnets.0.norm1.weight": [321],
    "down_blocks.0.resnets.0.norm1.bias": [321],
    "mid_block.attentions.0.proj_in.weight": [1000, 77],
    "logit_scale": [],
    "schlüssel.weight": [5, 5],
}

FLOATS = [0.0, -0.0, 1.0, -2.5, 0.1, 65504.0, 6e-8, 1e-7, 3.0e-5, float("inf"), float("-inf"), float("nan")]


def tensors() -> dict[str, torch.Tensor]:
    floats = torch.tensor(FLOATS, dtype=torch.float64)
    small = torch.tensor([0.0, -1.0, 1.5, 0.017578125, 448.0, -0.001953125, float("nan")])
    infinite = torch.tensor([float("inf"), float("-inf"), 57344.0, 2.0**-16])
    return {
        "b.f64": floats.reshape(3, 4),
        "a.f32": floats.float(),
        "z.f16": floats.half().reshape(2, 6),
        "f.bf16": floats.bfloat16(),
        "e.e4m3": small.to(torch.float8_e4m3fn),
        "e.e5m2": torch.cat([small, infinite]).to(torch.float8_e5m2),
        "i64": torch.tensor([-(2**40), 7, 2**31, 2**53 - 1]),
        "i32": torch.tensor([[-(2**31), 2**31 - 1, 5]], dtype=torch.int32),
        "i16": torch.tensor([-32768, 32767], dtype=torch.int16),
        "i8": torch.tensor([-128, 127, 3], dtype=torch.int8),
        "u64": torch.tensor([2**63 - 1], dtype=torch.uint64),
        "u32": torch.tensor([2**32 - 1], dtype=torch.uint32),
        "u16": torch.tensor([65535], dtype=torch.uint16),
        "u8": torch.tensor([255, 0], dtype=torch.uint8),
        "yes": torch.tensor([True, False, True]),
        "scalar": torch.tensor(2.6592),
        "nothing": torch.zeros(0, 3),
        'name "quoted" ü': torch.ones(1),
    }


def number(value: float):
    return value if np.isfinite(value) else str(value)


def roundings() -> dict[str, str]:
    """float32 of every bit pattern the mixer gives for 0 … 2^20 − 1, NaN left out, rounded by numpy and torch."""
    bits = _mix(np.arange(2**20, dtype=np.uint32))
    values = bits.view(np.float32)
    # Half of them where half precision's subnormals lie.
    values[::2] = (values[::2].view(np.uint32) & np.uint32(0x87FFFFFF) | np.uint32(0x30000000)).view(np.float32)
    values = values[~np.isnan(values)]
    with np.errstate(over="ignore"):
        half = values.astype(np.float16)
    brain = torch.from_numpy(values).bfloat16().view(torch.int16).numpy()
    every_half = np.arange(65536, dtype=np.uint16).view(np.float16).astype(np.float32)
    return {
        "half": sha256(half),
        "bfloat16": sha256(brain),
        "widened": sha256(every_half[~np.isnan(every_half)]),
    }


def main() -> None:
    stored = tensors()
    metadata = {"format": "pt"}
    file = safetensors.torch.save(stored, metadata)
    golden = {
        "versions": {
            "safetensors": safetensors.__version__,
            "numpy": np.__version__,
            "torch": torch.__version__,
        },
        "file": base64.b64encode(file).decode(),
        "metadata": metadata,
        "values": {
            key: {"shape": list(value.shape), "values": [number(x) for x in value.float().flatten().tolist()]}
            for key, value in stored.items()
        },
        "roundings": roundings(),
        "tiny": {key: {"shape": shape, "sha256": sha256(tiny_values(key, shape))} for key, shape in TINY.items()},
    }
    (HERE / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
