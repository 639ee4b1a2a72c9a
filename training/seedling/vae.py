"""
`vae`: pictures ↔ latents of an eighth of their sides, with diffusers' AutoencoderTiny.

The loss asks for pixels (L1), for edges (gradients at three scales, so that outlines stay crisp) and, where the
classifier is trained already, for its features. The decoder sees slightly noisy latents, as diffusion leaves them. A
penalty brings each channel to mean 0 and deviation 1: nothing is left to scale, and the decoder's clamp at ±3 bends
little.
"""

import json

import torch
from diffusers import AutoencoderTiny
from torch.nn.functional import avg_pool2d, l1_loss

from .average import Average
from .checkpoints import require_checkpoint
from .classifier import load_classifier
from .command import make_parser, parse_run
from .drawings import Order, Pictures, open_drawings
from .loop import descend, train
from .machine import layout_of
from .optimizer import make_optimizer
from .presets import PICTURE, vae_config
from .sheets import save_sheet

LATENT_NOISE = 0.05
GRADIENTS, FEATURES, STANDARD = 1.0, 0.1, 0.1


def gradient_loss(drawn: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """L1 between differences of neighbours, at whole, half and quarter size."""
    loss = 0.0
    for _ in range(3):
        for axis in (2, 3):
            loss = loss + l1_loss(drawn.diff(dim=axis), wanted.diff(dim=axis))
        drawn, wanted = avg_pool2d(drawn, 2), avg_pool2d(wanted, 2)
    return loss / 3


def feature_loss(classifier, drawn: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """L1 between the first two stages' features."""
    with torch.no_grad():
        aims = classifier.maps(wanted)[:2]
    return sum(l1_loss(got.float(), aim.float()) for got, aim in zip(classifier.maps(drawn)[:2], aims))


def standard_loss(latents: torch.Tensor) -> torch.Tensor:
    """How far each channel of a batch is from mean 0 and deviation 1."""
    latents = latents.float()
    mean, deviation = latents.mean((0, 2, 3)), latents.std((0, 2, 3))
    return (mean**2).mean() + (deviation.clamp(min=1e-3).log() ** 2).mean()


def crop(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """The same random window of all of a batch: the network knows no places, and sees more pictures so."""
    height, width = pictures.shape[2:]
    # Multiples of 8 would show the encoder each edge at one phase alone.
    top, left = torch.randint(height - side + 1, (1,)).item(), torch.randint(width - side + 1, (1,)).item()
    return pictures[:, :, top : top + side, left : left + side].contiguous(memory_format=layout_of(pictures.device))


def load_vae(work, device="cpu") -> AutoencoderTiny:
    """The averaged weights; with the larger decoder where it is trained, whose encoder is the same."""
    return _load(work, "decoder" if (work / "decoder" / "checkpoint.pt").exists() else "vae", device)


def load_encoder_vae(work, device="cpu") -> AutoencoderTiny:
    """As it was when the latents were made."""
    return _load(work, "vae", device)


def _load(work, name: str, device) -> AutoencoderTiny:
    state = require_checkpoint(work, name)
    model = AutoencoderTiny(**state["facts"]["config"])
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device, memory_format=layout_of(device))


@torch.no_grad()
def evaluate_vae(model: AutoencoderTiny, pictures: Pictures, machine) -> tuple[dict, torch.Tensor]:
    """PSNR over the pictures and the latents' mean and deviation by channel; the first 16, drawn anew beneath."""
    errors, latents, shown = [], [], []
    for part in torch.arange(len(pictures)).split(32):
        wanted = pictures.batch(part)
        with machine.autocast():
            latent = model.encode(wanted).latents
            drawn = model.decode(latent).sample
        drawn = drawn.float().clamp(-1, 1)
        # Of pixels in [0, 1], which are half as far apart.
        errors.append(((drawn - wanted) / 2).square().mean((1, 2, 3)))
        latents.append(latent.float())
        shown += [wanted, drawn] if len(shown) < 1 else []
    every = torch.cat(latents)
    result = {
        "drawings": len(pictures),
        "psnr": round((-10 * torch.cat(errors).clamp(min=1e-10).log10()).mean().item(), 2),
        "latent_mean": [round(value, 3) for value in every.mean((0, 2, 3)).tolist()],
        "latent_deviation": [round(value, 3) for value in every.std((0, 2, 3)).tolist()],
    }
    return result, torch.cat([each[:16] for each in shown])


def main(argv: list[str]) -> None:
    parser = make_parser("vae", __doc__)
    parser.add_argument("--crop", type=int, help="side of the windows it is trained on, px")
    run = parse_run(parser, argv, steps=20_000, batch={"small": 32, "base": 64}, rate=1e-3)
    machine, side = run.machine, run.options.crop or {"small": 64, "base": 128}[run.size]
    pictures = Pictures(open_drawings(run.data / "train", PICTURE[run.size]), machine.device)
    classifier = None
    if (run.work / "classifier" / "checkpoint.pt").exists():
        classifier, _ = load_classifier(run.work, machine.device)
    config = vae_config(run.size)
    model = machine.place(AutoencoderTiny(**config))
    optimizer = make_optimizer(model, run.rate, weight_decay=1e-4)
    average = Average(model, 0.999)
    order = Order(len(pictures), run.batch, run.seed)

    def losses_of(wanted: torch.Tensor) -> dict:
        latents = model.encode(wanted).latents
        noisy = latents + LATENT_NOISE * torch.randn_like(latents)
        drawn = model.decode(noisy).sample.float()
        losses = {"pixels": l1_loss(drawn, wanted), "gradients": GRADIENTS * gradient_loss(drawn, wanted)}
        losses["standard"] = STANDARD * standard_loss(latents)
        if classifier is not None:
            losses["features"] = FEATURES * feature_loss(classifier, drawn, wanted)
        return losses

    compute = machine.compiled(losses_of)

    def step(number: int) -> dict:
        wanted = crop(pictures.batch(order.indices(number)), side)
        with machine.autocast():
            losses = compute(wanted)
        descend(model, optimizer, sum(losses.values()))
        average.update(model)
        return losses

    def look(done: int) -> None:
        test = Pictures(open_drawings(run.data / "test", PICTURE[run.size], limit=64), machine.device)
        with average.inside(model):
            result, sheet = evaluate_vae(model, test, machine)
        save_sheet(run.folder("vae") / "sheets" / f"{done:07d}.png", sheet, 16)
        (run.folder("vae") / "quality.json").write_text(json.dumps({"step": done, **result}, indent=2) + "\n")
        print(json.dumps(result), flush=True)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "vae", parts, step, facts={"config": config}, on_checkpoint=look)
