"""The noise of the reference implementations, for tests/unit/engine-noise.test.ts.

torch's CPU generator, Philox as CUDA runs it (written here in numpy from Salmon et al., SC '11, and checked against
the numbers the A1111 web UI documents), slerp over columns, numpy's SeedSequence and torchsde's Brownian tree as
k-diffusion calls it. Needs torch, numpy, torchsde, k-diffusion. Run by hand:

    python tests/golden/noise/make.py && npx biome check --write tests/golden/noise
"""

import json
import pathlib
import sys
import types
from importlib.metadata import version

import numpy as np
import torch

# k-diffusion imports CLIP for its evaluation, which is not used here and may not load.
sys.modules["clip"] = types.ModuleType("clip")
from k_diffusion.sampling import BrownianTreeNoiseSampler

SEEDS = [0, 1, 42, 1234567890, 2**32 - 1, 2**32 + 7, 2**53 - 1, 2**63 + 5, -1, -12345]


def numbers(values):
    """float32 values so short that they still read back as the same float32."""
    return [float(f"{float(value):.9g}") for value in np.asarray(values, dtype=np.float64).reshape(-1)]


def torch_calls(seed, shapes):
    generator = torch.Generator().manual_seed(seed)
    return [{"shape": shape, "values": numbers(torch.randn(shape, generator=generator))} for shape in shapes]


def philox_words(counter, key):
    """Philox4x32-10 on uint64 arrays that hold uint32 values."""
    c, k = [np.array(word, dtype=np.uint64) for word in counter], list(key)
    low = np.uint64(0xFFFFFFFF)
    for _ in range(10):
        p0, p1 = np.uint64(0xD2511F53) * c[0], np.uint64(0xCD9E8D57) * c[2]
        c = [(p1 >> np.uint64(32)) ^ c[1] ^ np.uint64(k[0]), p1 & low, (p0 >> np.uint64(32)) ^ c[3] ^ np.uint64(k[1]), p0 & low]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


def philox_randn(seed, call, count):
    zeros = np.zeros(count, dtype=np.uint64)
    words = philox_words([zeros + np.uint64(call), zeros, np.arange(count, dtype=np.uint64), zeros], [seed & 0xFFFFFFFF, seed >> 32])
    unit, angle = np.float32(2.3283064e-10), np.float32(2.3283064e-10 * 6.2831855)
    u = words[0] * np.float64(unit) + np.float64(unit / np.float32(2))
    v = words[1] * np.float64(angle) + np.float64(angle / np.float32(2))
    return (np.sqrt(-2 * np.log(u)) * np.sin(v)).astype(np.float32)


def slerp(strength, low, high):
    """A1111's: angles over dimension 1 of [C, H, W]."""
    cosine = (low / low.norm(dim=1, keepdim=True) * (high / high.norm(dim=1, keepdim=True))).sum(1)
    omega = torch.acos(cosine)
    parts = [(torch.sin(weight * omega) / torch.sin(omega)).unsqueeze(1) for weight in (1 - strength, strength)]
    return parts[0] * low + parts[1] * high


def variation(strength):
    shape = [2, 4, 3]
    low, high = (torch.randn(shape, generator=torch.Generator().manual_seed(seed)) for seed in (42, 7))
    return {"seed": 42, "variationSeed": 7, "strength": strength, "shape": shape, "values": numbers(slerp(strength, low, high))}


def brownian(seeds, shape, levels):
    x = torch.zeros([len(seeds), *shape])
    sigmas = torch.tensor(levels)
    sampler = BrownianTreeNoiseSampler(x, sigmas.min(), sigmas.max(), seed=seeds)
    pairs = list(zip(sigmas[:-1], sigmas[1:])) + [(sigmas[0], sigmas[3]), (torch.tensor(2.5), torch.tensor(1.25))]
    queries = [{"sigma": float(a), "next": float(b), "values": numbers(sampler(a, b))} for a, b in pairs]
    return {"seeds": seeds, "shape": shape, "sigmaMin": float(sigmas.min()), "sigmaMax": float(sigmas.max()), "queries": queries}


def seed_sequence(entropy, key, pool, words):
    state = np.random.SeedSequence(entropy, spawn_key=key, pool_size=pool).generate_state(words)
    return {"entropy": str(entropy), "spawnKey": key, "poolSize": pool, "words": [int(word) for word in state]}


known = philox_randn(0, 0, 12)
expected = [-0.92466259, -0.42534415, -2.6438457, 0.14518388, -0.12086647, -0.57972564, -0.62285122, -0.32838709, -1.07454231, -0.36314407, -1.67105067, 2.26550497]
# The documented numbers come from constants in double; the code that draws pictures has them in float32.
assert np.abs(known - np.array(expected)).max() < 3e-7, "not the numbers A1111 documents"

big = torch.randn([1, 4, 64, 64], generator=torch.Generator().manual_seed(42)).reshape(-1)
golden = {
    "made_with": {"torch": torch.__version__, "numpy": np.__version__, "torchsde": version("torchsde"), "k-diffusion": version("k-diffusion")},
    "torchCpu": [{"seed": str(seed), "calls": torch_calls(seed, [[16], [3]])} for seed in SEEDS]
    + [{"seed": "5", "calls": torch_calls(5, [[3], [2, 2], [17], [1], [31], [1, 2, 4, 4], [15], [40]])}],
    "torchCpuLatent": {"seed": 42, "shape": [1, 4, 64, 64], "every": 257, "values": numbers(big[::257])},
    "philox": [
        {"seed": str(seed), "calls": [{"shape": [n], "values": numbers(philox_randn(seed, call, n))} for call, n in enumerate([12, 5])]}
        for seed in [0, 1, 42, 2**32 + 7, 2**63 + 5]
    ],
    "variation": [variation(strength) for strength in (0.1, 0.5, 1.0)],
    "seedSequence": [
        seed_sequence(entropy, key, pool, 6)
        for entropy, key, pool in [(0, [], 4), (42, [], 24), (2**40 + 3, [], 24), (42, [0, 0], 24), (42, [5, 3], 24), (2**40 + 3, [1023, 10], 24), (2**40 + 3, [1, 2, 3], 4)]
    ],
    "brownian": [
        brownian([42, 43], [1, 4, 4], [14.614642, 9.5, 4.25, 1.5, 0.4, 0.029167]),
        brownian([0], [20], [14.0, 7.0, 3.5, 0.1]),
    ],
}
path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes")
