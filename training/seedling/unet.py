"""`unet`: draws latents from prompts, with diffusers' UNet2DConditionModel. See diffusion.py for what it learns."""

import torch
from diffusers import UNet2DConditionModel

from .average import Average
from .captions import encode
from .checkpoints import require_checkpoint
from .command import Run, make_parser, parse_run
from .diffusion import guided, make_schedule, sample_ddim, velocity_loss
from .drawings import LANGUAGES, Order, open_drawings
from .latents import Encoded, open_encoded
from .loop import descend, train
from .machine import layout_of
from .optimizer import make_optimizer
from .presets import FACTOR, PICTURE, unet_config
from .sheets import save_sheet
from .text import load_text
from .tokenizer import load_tokenizer
from .vae import load_vae

# Share of samples that are told nothing, so that guidance knows what nothing looks like.
EMPTY_PROMPTS = 0.1
GUIDANCE = 3.0
SHEET_STEPS = 20
SHEET_PICTURES = 32


def load_unet(work, name: str = "unet", device="cpu") -> UNet2DConditionModel:
    """The averaged weights."""
    state = require_checkpoint(work, name)
    model = UNet2DConditionModel(**state["facts"]["config"])
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device, memory_format=layout_of(device))


def choose_rows(encoded: Encoded, indices: torch.Tensor) -> torch.Tensor:
    """:returns: int64 [n]: the row of `states` that each drawing's prompt has, 0 for the empty one."""
    rows = encoded.rows[indices.to(encoded.rows.device)]
    choice = torch.randint(rows.shape[1], (len(rows), 1), device=rows.device)
    row = rows.gather(1, choice)[:, 0]
    return row.masked_fill(torch.rand(len(row), device=row.device) < EMPTY_PROMPTS, 0)


def read_batch(encoded: Encoded, indices: torch.Tensor, rows: torch.Tensor, device) -> tuple[torch.Tensor, torch.Tensor]:
    """:returns: latents float32 [n, 4, h, w] and states [n, 77, width]; they stay half as wide until they are there."""
    latents = encoded.latents[indices.to(encoded.latents.device)]
    return latents.to(device).float(), encoded.states[rows].to(device).float()


def draw_batch(encoded: Encoded, indices: torch.Tensor, device) -> tuple[torch.Tensor, torch.Tensor]:
    """As `read_batch`, of one of each drawing's captions, or of the empty prompt."""
    return read_batch(encoded, indices, choose_rows(encoded, indices), device)


class Prompts:
    """Prompts of the test set, encoded once, and the noise that they are always drawn from."""

    def __init__(self, run: Run, count: int = SHEET_PICTURES):
        device = run.machine.device
        lines = open_drawings(run.data / "test", PICTURE[run.size], limit=2000).lines
        # Spread over the set; languages in turn.
        chosen = [lines[i * len(lines) // count] for i in range(count)]
        self.texts = [line[LANGUAGES[i % 2]][0] for i, line in enumerate(chosen)]
        tower = load_text(run.work, device)
        ids = encode(load_tokenizer(run.work), ["", *self.texts]).to(device)
        with torch.no_grad():
            states = tower(input_ids=ids).last_hidden_state
        self.empty, self.states = states[0], states[1:]
        side = PICTURE[run.size] // FACTOR
        self.noise = torch.randn(count, 4, side, side, generator=torch.Generator().manual_seed(run.seed)).to(device)


def save_prompts_sheet(run: Run, name: str, done: int, prompts: Prompts, latents: torch.Tensor, vae) -> None:
    """A sheet, and a text beside it with what the pictures were to show."""
    folder = run.folder(name) / "sheets"
    with torch.no_grad():
        pictures = vae.decode(latents).sample
    save_sheet(folder / f"{done:07d}.png", pictures, 8)
    (folder / "prompts.txt").write_text("\n".join(prompts.texts) + "\n", encoding="utf8")


def main(argv: list[str]) -> None:
    batch = {"small": 64, "base": 512}
    run = parse_run(make_parser("unet", __doc__), argv, steps=60_000, batch=batch, rate=5e-4)
    machine = run.machine
    encoded = open_encoded(run.work).to(machine.device)
    config = unet_config(run.size)
    config["cross_attention_dim"] = encoded.states.shape[2]
    model = machine.place(UNet2DConditionModel(**config))
    optimizer = make_optimizer(model, run.rate)
    average = Average(model, 0.9995)
    order = Order(len(encoded.latents), run.batch, run.seed)
    schedule = make_schedule(machine.device)
    predict = machine.compiled(model)
    prompts, vae = Prompts(run), load_vae(run.work, machine.device)

    def step(number: int) -> dict:
        latents, states = draw_batch(encoded, order.indices(number), machine.device)
        loss, error = velocity_loss(lambda x, t: predict(x, t, states).sample, schedule, latents, machine)
        descend(model, optimizer, loss)
        average.update(model)
        return {"loss": loss, "error": error}

    def look(done: int) -> None:
        with average.inside(model) as unet, torch.no_grad(), machine.autocast():
            predict = guided(unet, prompts.states, prompts.empty, GUIDANCE)
            latents = sample_ddim(predict, schedule, prompts.noise, SHEET_STEPS)
        save_prompts_sheet(run, "unet", done, prompts, latents, vae)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "unet", parts, step, facts={"config": config}, on_checkpoint=look)
