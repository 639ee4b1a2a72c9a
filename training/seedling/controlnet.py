"""
`controlnet --kind qr|line`: what the UNet follows besides the prompt (arXiv:2302.05543). The UNet stays as it is.

`line` learns as the UNet did: from noised pictures and their lines. `qr` learns as it is used, see code_control.py.
"""

import torch
from diffusers import ControlNetModel

from . import code_control
from .average import Average
from .checkpoints import require_checkpoint
from .command import make_parser, parse_run
from .diffusion import guided, make_schedule, sample_ddim, velocity_loss
from .drawings import Order, Pictures, open_drawings
from .hints import canny
from .latents import open_encoded
from .loop import descend, train
from .machine import layout_of
from .optimizer import make_optimizer
from .presets import PICTURE
from .sheets import save_sheet
from .unet import GUIDANCE, SHEET_STEPS, Prompts, draw_batch, load_unet
from .vae import load_vae

SHEET_PICTURES = 16


def lines_of(pictures: torch.Tensor) -> torch.Tensor:
    """Edges at random thresholds: in [0, 1], shape of `pictures`, which are in [−1, 1]."""
    low = 50 + 100 * torch.rand(1).item()
    return canny(pictures, low, 2 * low)


def load_controlnet(work, kind: str, device="cpu") -> ControlNetModel:
    """The averaged weights."""
    state = require_checkpoint(work, f"controlnet-{kind}")
    model = ControlNetModel.from_unet(load_unet(work))
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device, memory_format=layout_of(device))


def controlled(unet, net, hints: torch.Tensor):
    """A UNet that is steered by hints, to be called as the UNet is; `guided` calls it with twice the batch."""

    def call(x: torch.Tensor, t: torch.Tensor, states: torch.Tensor, **options):
        shown = hints.repeat(len(x) // len(hints), 1, 1, 1)
        down, middle = net(x, t, states, shown, return_dict=False)
        residuals = {"down_block_additional_residuals": down, "mid_block_additional_residual": middle}
        return unet(x, t, states, **residuals, **options)

    return call


def main(argv: list[str]) -> None:
    parser = make_parser("controlnet", __doc__)
    parser.add_argument("--kind", choices=("qr", "line"), required=True)
    run = parse_run(parser, argv, steps=8000, batch={"small": 32, "base": 128}, rate=1e-3)
    machine, kind = run.machine, run.options.kind
    name = f"controlnet-{kind}"
    encoded = open_encoded(run.work).to(machine.device)
    pictures = Pictures(open_drawings(run.data / "train", PICTURE[run.size]), machine.device)
    drawer = machine.place(load_unet(run.work, "lcm" if kind == "qr" else "unet"))
    vae = load_vae(run.work, machine.device)
    model = machine.place(ControlNetModel.from_unet(load_unet(run.work)))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.01)
    average = Average(model, 0.999)
    order = Order(len(encoded.latents), run.batch, run.seed)
    schedule = make_schedule(machine.device)

    def predict(x, t, states, hints, **options):
        return controlled(drawer, model, hints)(x, t, states, **options)

    compute = machine.compiled(predict)

    def step(number: int) -> dict:
        indices = order.indices(number)
        latents, states = draw_batch(encoded, indices, machine.device)
        batch = pictures.batch(indices)
        if kind == "qr":
            loss, error = code_control.loss(compute, schedule, vae, batch, latents, states, machine)
        else:
            with torch.no_grad():
                lines = lines_of(batch)
            loss, error = velocity_loss(lambda x, t: compute(x, t, states, lines).sample, schedule, latents, machine)
        descend(model, optimizer, loss)
        average.update(model)
        return {"loss": loss, "error": error}

    prompts = Prompts(run, SHEET_PICTURES)
    test = Pictures(open_drawings(run.data / "test", PICTURE[run.size], limit=2000), machine.device)

    def look(done: int) -> None:
        """Hints above what is drawn from them and from prompts: those of test drawings."""
        torch.manual_seed(run.seed)
        chosen = test.batch(torch.tensor([i * len(test) // SHEET_PICTURES for i in range(SHEET_PICTURES)]))
        with average.inside(model) as net, torch.no_grad(), machine.autocast():
            if kind == "qr":
                _, hints = code_control.weave(chosen)
                steered = controlled(drawer, net, hints)
                latents = vae.encode(chosen).latents.float()
                drawn = code_control.draw_into(steered, schedule, latents, prompts.states)
            else:
                hints = lines_of(chosen)
                steered = guided(controlled(drawer, net, hints), prompts.states, prompts.empty, GUIDANCE)
                drawn = sample_ddim(steered, schedule, prompts.noise, SHEET_STEPS)
            drawn = vae.decode(drawn).sample
        rows = torch.cat([hints * 2 - 1, drawn.float()])
        save_sheet(run.folder(name) / "sheets" / f"{done:07d}.png", rows, SHEET_PICTURES)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, name, parts, step, facts={"kind": kind}, on_checkpoint=look)
