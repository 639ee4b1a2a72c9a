"""`controlnet --kind qr|line`: what the UNet follows besides the prompt (arXiv:2302.05543). The UNet stays as it is."""

import torch
from diffusers import ControlNetModel

from .average import Average
from .checkpoints import require_checkpoint
from .command import make_parser, parse_run
from .diffusion import guided, make_schedule, sample_ddim, velocity_loss
from .drawings import Order, Pictures, open_drawings
from .hints import canny, woven
from .latents import open_encoded
from .loop import descend, train
from .machine import layout_of
from .optimizer import make_optimizer
from .presets import PICTURE
from .sheets import save_sheet
from .unet import GUIDANCE, SHEET_STEPS, Prompts, draw_batch, load_unet
from .vae import load_vae

# Modules to a side: versions 1 to 6 of QR codes.
MODULES = (21, 25, 29, 33, 37, 41)
SHEET_PICTURES = 16


def make_hint(kind: str, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """:returns: pictures to draw, in [−1, 1], and their hints, in [0, 1]; both [n, 3, side, side]."""
    if kind == "line":
        low = 50 + 100 * torch.rand(1).item()
        return pictures, canny(pictures, low, 2 * low)
    return woven(pictures, MODULES[torch.randint(len(MODULES), (1,)).item()])


def load_controlnet(work, kind: str, device="cpu") -> ControlNetModel:
    """The averaged weights."""
    state = require_checkpoint(work, f"controlnet-{kind}")
    model = ControlNetModel.from_unet(load_unet(work))
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device, memory_format=layout_of(device))


def controlled(unet, net, hints: torch.Tensor):
    """A UNet that is steered by hints, to be called as the UNet is; `guided` calls it with twice the batch."""

    def call(x: torch.Tensor, t: torch.Tensor, states: torch.Tensor):
        shown = hints.repeat(len(x) // len(hints), 1, 1, 1)
        down, middle = net(x, t, states, shown, return_dict=False)
        return unet(x, t, states, down_block_additional_residuals=down, mid_block_additional_residual=middle)

    return call


def main(argv: list[str]) -> None:
    parser = make_parser("controlnet", __doc__)
    parser.add_argument("--kind", choices=("qr", "line"), required=True)
    run = parse_run(parser, argv, steps=8000, batch={"small": 32, "base": 128}, rate=1e-3)
    machine, kind = run.machine, run.options.kind
    name = f"controlnet-{kind}"
    encoded = open_encoded(run.work).to(machine.device)
    pictures = Pictures(open_drawings(run.data / "train", PICTURE[run.size]), machine.device)
    unet = machine.place(load_unet(run.work))
    vae = load_vae(run.work, machine.device)
    model = machine.place(ControlNetModel.from_unet(unet))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.01)
    average = Average(model, 0.999)
    order = Order(len(encoded.latents), run.batch, run.seed)
    schedule = make_schedule(machine.device)

    def predict(x, t, states, hints):
        return controlled(unet, model, hints)(x, t, states).sample

    compute = machine.compiled(predict)

    def step(number: int) -> dict:
        indices = order.indices(number)
        latents, states = draw_batch(encoded, indices, machine.device)
        with torch.no_grad(), machine.autocast():
            wanted, hints = make_hint(kind, pictures.batch(indices))
            if kind == "qr":  # no longer the pictures whose latents are kept
                latents = vae.encode(wanted).latents.float()
        loss, error = velocity_loss(lambda x, t: compute(x, t, states, hints), schedule, latents, machine)
        descend(model, optimizer, loss)
        average.update(model)
        return {"loss": loss, "error": error}

    prompts = Prompts(run, SHEET_PICTURES)
    test = Pictures(open_drawings(run.data / "test", PICTURE[run.size], limit=2000), machine.device)

    def look(done: int) -> None:
        """Hints of test drawings above what is drawn from them and from their prompts."""
        torch.manual_seed(run.seed)
        chosen = torch.tensor([i * len(test) // SHEET_PICTURES for i in range(SHEET_PICTURES)])
        with average.inside(model) as net, torch.no_grad(), machine.autocast():
            _, hints = make_hint(kind, test.batch(chosen))
            steered = guided(controlled(unet, net, hints), prompts.states, prompts.empty, GUIDANCE)
            drawn = vae.decode(sample_ddim(steered, schedule, prompts.noise, SHEET_STEPS)).sample
        rows = torch.cat([hints * 2 - 1, drawn.float()])
        save_sheet(run.folder(name) / "sheets" / f"{done:07d}.png", rows, SHEET_PICTURES)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, name, parts, step, facts={"kind": kind}, on_checkpoint=look)
