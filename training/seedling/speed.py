"""
`speed`: training samples per second of each model, forward and backward, by batch size, precision and memory layout.

Random input; data loading and the optimiser are not counted. The best of several repetitions is printed: other programs
on the machine can only slow it down.
"""

import json
import time

import torch
from diffusers import AutoencoderTiny, ControlNetModel, UNet2DConditionModel
from transformers import CLIPTextModelWithProjection

from .attributes import Head
from .classifier import Classifier
from .clip import Seer
from .command import make_parser, parse_run
from .contrast import embed_texts
from .machine import describe
from .presets import CLASSIFIER, FACTOR, PICTURE, clip_config, unet_config, vae_config

BATCHES = {"cpu": (16, 64), "cuda": (64, 256, 1024)}
# Of the captions' tokens, which are trimmed to the longest of a batch.
TOKENS = 40


def cases(size: str, device: torch.device) -> dict:
    """By name: a model and what it computes of a batch of n."""
    side, latent = PICTURE[size], PICTURE[size] // FACTOR
    width = unet_config(size)["cross_attention_dim"]

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, device=device)

    def text_loss(model, n: int) -> torch.Tensor:
        return embed_texts(model, torch.randint(4000, (n, TOKENS), device=device)).square().mean()

    def clip_loss(model, n: int) -> torch.Tensor:
        return model(random(n, 3, side, side)).square().mean()

    def classifier_loss(model, n: int) -> torch.Tensor:
        return sum(told.square().mean() for told in model(random(n, 3, side, side)).values())

    def vae_loss(model, n: int) -> torch.Tensor:
        window = {"small": 64, "base": 128}[size]
        return model(random(n, 3, window, window)).sample.square().mean()

    def noisy(n: int) -> tuple:
        return random(n, 4, latent, latent), torch.randint(1000, (n,), device=device), random(n, 77, width)

    def unet_loss(model, n: int) -> torch.Tensor:
        return model(*noisy(n)).sample.square().mean()

    def controlnet_loss(model, n: int) -> torch.Tensor:
        down, middle = model(*noisy(n), random(n, 3, side, side), return_dict=False)
        return sum(each.square().mean() for each in (*down, middle))

    unet = UNet2DConditionModel(**unet_config(size))
    return {
        "text": (CLIPTextModelWithProjection(clip_config(size, 4000).text_config), text_loss),
        "clip": (Seer(clip_config(size, 4000)), clip_loss),
        "classifier": (Classifier(CLASSIFIER[size], [Head("any", ["a"] * 500, False)]), classifier_loss),
        "vae": (AutoencoderTiny(**vae_config(size)), vae_loss),
        "unet": (unet, unet_loss),
        "controlnet": (ControlNetModel.from_unet(unet), controlnet_loss),
    }


def measure(model, compute, batch: int, machine, precision, repeats: int) -> float:
    """:returns: samples per second."""
    best = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        with torch.autocast(machine.device.type, dtype=torch.bfloat16, enabled=precision == "bf16"):
            loss = compute(model, batch)
        loss.float().backward()
        model.zero_grad(set_to_none=True)
        if machine.device.type == "cuda":
            torch.cuda.synchronize()
        best = min(best, time.perf_counter() - began)
    return batch / best


def main(argv: list[str]) -> None:
    parser = make_parser("speed", __doc__)
    parser.add_argument("--models", default="text,clip,classifier,vae,unet,controlnet")
    parser.add_argument("--repeats", type=int, default=3)
    run = parse_run(parser, argv)
    machine = run.machine
    print(json.dumps({"machine": describe(machine), "size": run.size, "compiled": machine.compiles}))
    made = cases(run.size, machine.device)
    for name in run.options.models.split(","):
        model, compute = made[name]
        machine.place(model)
        run_it = machine.compiled(compute)
        for layout in ("contiguous", "channels_last"):
            last = layout == "channels_last"
            model.to(memory_format=torch.channels_last if last else torch.contiguous_format)
            for precision in ("fp32", "bf16"):
                speeds = {}
                for batch in (run.options.batch,) if run.options.batch else BATCHES[machine.device.type]:
                    speed = measure(model, run_it, batch, machine, precision, run.options.repeats)
                    speeds[batch] = round(speed, 1)
                weights = sum(each.numel() for each in model.parameters())
                line = {"model": name, "weights": weights, "layout": layout, "precision": precision}
                print(json.dumps({**line, "samples_per_s": speeds}), flush=True)
