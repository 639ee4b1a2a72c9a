"""Weights of a tiny network that Python and TypeScript make alike, bit for bit, from a tensor's name and shape.

The twin of tests/support/tiny-weights.ts, which says how the numbers are made. Needs numpy; `fill` needs torch.
Golden makers reach it with `sys.path.insert(0, <tests/golden>)` and `from tiny_weights import fill`.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np


def tiny_values(key: str, shape: Sequence[int]) -> np.ndarray:
    """float32 of `shape`."""
    offset, scale = _distribution(key, shape)
    count = math.prod(shape)
    counter = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B9)
    bits = _mix(counter + np.uint32(_fnv1a(key)))
    u = (bits >> np.uint32(8)).astype(np.float64) / 2**23 - 1
    return (offset + scale * u).astype(np.float32).reshape(shape)


def fill(module, salt: str = "", rename: Callable[[str], str] = lambda key: key):
    """Loads tiny values into every parameter of a torch module, by its state-dict name; buffers are left alone.

    `rename` gives the name that a checkpoint uses where the module's own differs; `salt` is put before that name.
    Returns the module.
    """
    import torch

    with torch.no_grad():
        for name, parameter in module.named_parameters():
            values = tiny_values(salt + rename(name), tuple(parameter.shape))
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(values)).reshape(parameter.shape))
    return module


def shapes(module, rename: Callable[[str], str] = lambda key: key) -> dict[str, list[int]]:
    """What `writeTinyCheckpoint` needs to write the same weights."""
    return {rename(name): list(parameter.shape) for name, parameter in module.named_parameters()}


def _distribution(key: str, shape: Sequence[int]) -> tuple[float, float]:
    if len(shape) == 2 and key.endswith("embedding.weight"):
        return 0.0, 0.5
    if len(shape) >= 2:
        return 0.0, math.sqrt(3 / math.prod(shape[1:]))
    return (1.0 if len(shape) == 1 and key.endswith(("weight", "running_var")) else 0.0), 0.1


def _fnv1a(text: str) -> int:
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def _mix(x: np.ndarray) -> np.ndarray:
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))
