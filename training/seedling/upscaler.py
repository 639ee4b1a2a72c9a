"""
`upscaler`: pictures enlarged to clean edges, with Real-ESRGAN's compact network (arXiv:2107.10833, SRVGGNetCompact).

It learns from drawings, as large as they were drawn, and what is left of them: averaged down, and half of them once
through the VAE and the distilled UNet's last step, whose faults it is to mend.
"""

import json

import torch
from torch import nn
from torch.nn.functional import avg_pool2d, interpolate, l1_loss, pixel_shuffle

from .average import Average
from .checkpoints import require_checkpoint
from .command import make_parser, parse_run
from .drawings import Order, Pictures, open_drawings
from .loop import descend, train
from .machine import layout_of
from .optimizer import make_optimizer
from .presets import UPSCALER
from .redrawn import open_redrawn
from .sheets import save_sheet
from .vae import gradient_loss, load_vae

# Of the windows it learns from, pixels of the small picture: networks before it want to see the whole.
WINDOW = 64


class Srvgg(nn.Module):
    """Convolutions and PReLUs under basicsr's names, `body.N`; they learn the difference from enlarged pixels."""

    def __init__(self, features: int, convolutions: int, scale: int):
        super().__init__()
        self.scale = scale
        layers: list[nn.Module] = [nn.Conv2d(3, features, 3, 1, 1), nn.PReLU(features)]
        for _ in range(convolutions):
            layers += [nn.Conv2d(features, features, 3, 1, 1), nn.PReLU(features)]
        self.body = nn.ModuleList([*layers, nn.Conv2d(features, 3 * scale**2, 3, 1, 1)])

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        """:param picture: [n, 3, h, w] in [0, 1]. :returns: [n, 3, scale·h, scale·w], not clamped."""
        h = picture
        for layer in self.body:
            h = layer(h)
        return pixel_shuffle(h, self.scale) + interpolate(picture, scale_factor=self.scale, mode="nearest")


def load_upscaler(work, device="cpu") -> Srvgg:
    """The averaged weights."""
    state = require_checkpoint(work, "upscaler")
    model = Srvgg(**state["facts"]["config"])
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device, memory_format=layout_of(device))


@torch.no_grad()
def shrink(pictures: torch.Tensor, indices: torch.Tensor, scale: int, vae, redrawn) -> torch.Tensor:
    """:param pictures: [n, 3, h, w] in [−1, 1]; the first half of a batch is drawn anew, by what there is."""
    small = avg_pool2d(pictures, scale)
    if vae is None:
        return small
    half = len(small) // 2
    latents = vae.encode(small[:half]).latents
    if redrawn:
        latents = redrawn(latents, indices[:half]).to(latents.dtype)
    return torch.cat([vae.decode(latents).sample.float().clamp(-1, 1), small[half:]])


def window(small: torch.Tensor, large: torch.Tensor, scale: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The same random window of both."""
    top, left = (torch.randint(side - min(WINDOW, side) + 1, ()).item() for side in small.shape[2:])
    of = lambda pictures, by: pictures[:, :, top * by : (top + WINDOW) * by, left * by : (left + WINDOW) * by].contiguous()
    return of(small, 1), of(large, scale)


def main(argv: list[str]) -> None:
    run = parse_run(make_parser("upscaler", __doc__), argv, steps=20_000, batch={"small": 8, "base": 64}, rate=5e-4)
    machine, config = run.machine, UPSCALER[run.size]
    pictures = Pictures(open_drawings(run.data / "train", None), machine.device)
    test = Pictures(open_drawings(run.data / "test", None, limit=32), machine.device)
    vae = load_vae(run.work, machine.device) if (run.work / "vae" / "checkpoint.pt").exists() else None
    model = machine.place(Srvgg(**config))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.0)
    average = Average(model, 0.999)
    order = Order(len(pictures), run.batch, run.seed)
    enlarge, scale = machine.compiled(model), config["scale"]

    redrawn = open_redrawn(run, pictures.drawings.lines) if vae else None

    def step(number: int) -> dict:
        indices = order.indices(number)
        whole = pictures.batch(indices)
        with machine.autocast():
            small, wanted = window(shrink(whole, indices, scale, vae, redrawn), whole, scale)
            drawn = enlarge((small + 1) / 2).float() * 2 - 1
        losses = {"pixels": l1_loss(drawn, wanted), "gradients": gradient_loss(drawn, wanted)}
        descend(model, optimizer, sum(losses.values()))
        average.update(model)
        return losses

    def look(done: int) -> None:
        wanted = test.batch(torch.arange(len(test)))
        small = avg_pool2d(wanted, scale)
        plain = interpolate(small, scale_factor=scale, mode="bicubic").clamp(-1, 1)
        with average.inside(model), torch.no_grad(), machine.autocast():
            drawn = (model((small + 1) / 2).float() * 2 - 1).clamp(-1, 1)
        numbers = {"step": done, "drawings": len(wanted), "psnr": psnr(drawn, wanted), "bicubic psnr": psnr(plain, wanted)}
        (run.folder("upscaler") / "quality.json").write_text(json.dumps(numbers, indent=2) + "\n")
        save_sheet(run.folder("upscaler") / "sheets" / f"{done:07d}.png", torch.cat([plain[:8], drawn[:8]]), 8)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "upscaler", parts, step, facts={"config": config}, on_checkpoint=look)


def psnr(drawn: torch.Tensor, wanted: torch.Tensor) -> float:
    """:param drawn, wanted: in [−1, 1]. :returns: decibels, the mean over the pictures."""
    errors = ((drawn - wanted) / 2).square().mean((1, 2, 3)).clamp(min=1e-10)
    return round((-10 * errors.log10()).mean().item(), 2)
