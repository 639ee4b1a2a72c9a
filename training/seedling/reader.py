"""
`reader`: tells a drawing's attributes from its latents, an eighth of the sides of what the classifier looks at.

It is who the distilled UNet learns from, besides its teacher, that what was asked for is to be seen (`lcm`): a reward in
latents' own space, as in arXiv:2403.11027. The judge of drawn pictures is another network, of pixels, that it never meets.
"""

import json
from dataclasses import asdict

import torch
from torch import nn

from .attributes import Head, answers, find_heads
from .average import Average
from .classifier import THINGS, Classifier, accuracies, judge, load_classifier, loss_of
from .command import make_parser, parse_run
from .drawings import Order, Pictures, open_drawings
from .latents import open_encoded
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE, READER
from .vae import load_vae

# What a UNet tells is never as clean as what the encoder made: up to so much noise is read through.
NOISE = 0.5


def make_reader(widths: tuple[int, ...], heads: list[Head]) -> Classifier:
    return Classifier(widths, heads, nn.Conv2d(4, widths[0], 3, 1, 1))


def load_reader(work, device="cpu") -> tuple[Classifier, list[Head]]:
    """The averaged weights."""
    return load_classifier(work, device, "reader", make_reader)


def told_answers(lines: list[dict], heads: list[Head]) -> dict[str, torch.Tensor]:
    """As `answers`, of what the captions tell: what a prompt does not say is nobody's to ask for."""
    return answers([{"kind": line["kind"], "record": line["told"]} for line in lines], heads)


class Encodings:
    """Pictures as `judge` wants them: as latents."""

    def __init__(self, pictures: Pictures, vae):
        self.pictures, self.vae = pictures, vae

    def __len__(self) -> int:
        return len(self.pictures)

    def batch(self, indices: torch.Tensor) -> torch.Tensor:
        return self.vae.encode(self.pictures.batch(indices)).latents


def main(argv: list[str]) -> None:
    run = parse_run(make_parser("reader", __doc__), argv, steps=3000, batch={"small": 192, "base": 512}, rate=1e-3)
    machine = run.machine
    encoded = open_encoded(run.work).to(machine.device)
    lines = open_drawings(run.data / "train", PICTURE[run.size]).lines
    heads = find_heads(lines)
    wanted = {name: table.to(machine.device) for name, table in answers(lines, heads).items()}
    widths = READER[run.size]
    model = machine.place(make_reader(widths, heads))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.05)
    average = Average(model, 0.999)
    order = Order(len(encoded.latents), run.batch, run.seed)
    read = machine.compiled(model)

    def step(number: int) -> dict:
        here = order.indices(number).to(encoded.latents.device)
        latents = encoded.latents[here].to(machine.device).float()
        share = NOISE * torch.rand(len(latents), 1, 1, 1, device=machine.device)
        with machine.autocast():
            told = read(latents + share * torch.randn_like(latents))
        loss = loss_of(heads, told, {name: table[here] for name, table in wanted.items()}, things=THINGS)
        descend(model, optimizer, loss)
        average.update(model)
        return {"loss": loss}

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "reader", parts, step, facts={"heads": [asdict(head) for head in heads], "widths": list(widths)})

    best, heads = load_reader(run.work, machine.device)
    test = open_drawings(run.data / "test", PICTURE[run.size], limit=2000)
    shown = Encodings(Pictures(test, machine.device), load_vae(run.work, machine.device))
    result = accuracies(heads, judge(best, shown, machine), answers(test.lines, heads))
    result = {"drawings": len(test), **{name: round(value, 4) for name, value in result.items()}}
    (run.folder("reader") / "accuracy.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))
