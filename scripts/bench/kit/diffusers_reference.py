"""The same networks in diffusers, timed in the same minute as ours; called by `npm run bench -- engine`.

Usage: diffusers_reference.py FOLDER PART THREADS RUNS. Prints one JSON object: times in ms, peak memory in MB, and where
the output was written (float32) for the comparison. Needs torch, diffusers and transformers.
"""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import torch
from diffusers import AutoencoderKL, AutoencoderTiny, ControlNetModel, UNet2DConditionModel

FOLDER, PART, THREADS, RUNS = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
DTYPE = torch.bfloat16 if PART.endswith("-bf16") else torch.float32
NAME = PART.removesuffix("-bf16")


def ramp(*shape: int, period: int) -> torch.Tensor:
    """The bench's inputs: sines over the index, alike on both sides."""
    count = 1
    for size in shape:
        count *= size
    index = torch.arange(count, dtype=torch.float64)
    return (torch.sin(index * 0.7 + index * index * 1e-3 % period) * 1.4).float().reshape(shape)


def calls():
    load = dict(torch_dtype=DTYPE, low_cpu_mem_usage=True)
    latent, context = ramp(1, 4, 64, 64, period=97), ramp(1, 77, 768, period=89)
    if NAME == "unet":
        net = UNet2DConditionModel.from_pretrained(FOLDER / "unet", **load).eval()
        return lambda: net(latent.to(DTYPE), torch.tensor([601.0]), context.to(DTYPE)).sample
    if NAME == "controlnet":
        net = ControlNetModel.from_pretrained(FOLDER / "controlnet", **load).eval()
        picture = (ramp(1, 3, 512, 512, period=83) / 2.8 + 0.5).to(DTYPE)
        return lambda: net(
            latent.to(DTYPE), torch.tensor([601.0]), context.to(DTYPE), picture, return_dict=False
        )[1]
    kind = AutoencoderKL if NAME == "vae" else AutoencoderTiny
    net = kind.from_pretrained(FOLDER / NAME, **load).eval()
    # As pictures are: outside of [-1, 1] there is nothing to compare.
    return lambda: net.decode(latent.to(DTYPE)).sample.clamp(-1, 1)


torch.set_num_threads(THREADS)
with torch.no_grad():
    call = calls()
    output = call()
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        output = call()
        times.append((time.perf_counter() - began) * 1000)
target = FOLDER / f"{PART}.reference.bin"
output.float().contiguous().numpy().astype("<f4").tofile(target)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"medianMs": statistics.median(times), "peakMb": peak, "output": str(target)}))
