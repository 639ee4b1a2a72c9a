"""
`decoder`: a larger decoder for the latents as they are, which draws them crisply.

The encoder stays what it is, and with it the latents and all that was trained on them. What the VAE's loss leaves soft,
because it cannot be told from four numbers for 64 pixels, is drawn the way drawings are: a discriminator looks at
patches (arXiv:1611.07004), its gradient weighed against the other losses' at the last layer (arXiv:2012.09841).
"""

import json

import torch
from diffusers import AutoencoderTiny
from torch import nn
from torch.nn.functional import l1_loss, leaky_relu

from .average import Average
from .classifier import load_classifier
from .command import make_parser, parse_run
from .drawings import Order, Pictures, open_drawings
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE, decoder_config
from .sheets import save_sheet
from .vae import FEATURES, GRADIENTS, LATENT_NOISE, crop, evaluate_vae, feature_loss, gradient_loss, load_encoder_vae

# Steps before the discriminator has a say, so that it judges drawings, not noise.
ALONE = 1000
ADVERSARIAL = 0.5
WIDTHS = (32, 64, 128)


class Discriminator(nn.Module):
    """Real or drawn, of overlapping patches of 30 pixels."""

    def __init__(self):
        super().__init__()
        pairs = list(zip((3, *WIDTHS), WIDTHS))
        self.layers = nn.ModuleList(nn.Conv2d(a, b, 4, 2, 1) for a, b in pairs)
        self.norms = nn.ModuleList(nn.GroupNorm(8, b) for b in WIDTHS[1:])
        self.judge = nn.Conv2d(WIDTHS[-1], 1, 3, 1, 1)

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        h = leaky_relu(self.layers[0](pictures), 0.2)
        for layer, norm in zip(self.layers[1:], self.norms):
            h = leaky_relu(norm(layer(h)), 0.2)
        return self.judge(h).float()


def balance(model: nn.Module, told: torch.Tensor, fooled: torch.Tensor) -> torch.Tensor:
    """The weight that makes both losses pull alike at the last layer."""
    last = model.decoder.layers[-1].weight
    pulls = [torch.autograd.grad(loss, last, retain_graph=True)[0].norm() for loss in (told, fooled)]
    return (pulls[0] / (pulls[1] + 1e-4)).clamp(0, 1e4).detach()


def main(argv: list[str]) -> None:
    run = parse_run(make_parser("decoder", __doc__), argv, steps=20_000, batch={"small": 8, "base": 64}, rate=2e-3)
    machine, side = run.machine, {"small": 64, "base": 128}[run.size]
    pictures = Pictures(open_drawings(run.data / "train", PICTURE[run.size]), machine.device)
    encoder = load_encoder_vae(run.work, machine.device)
    classifier = None
    if (run.work / "classifier" / "checkpoint.pt").exists():
        classifier, _ = load_classifier(run.work, machine.device)
    config = decoder_config(run.size)
    model = AutoencoderTiny(**config)
    model.encoder.load_state_dict(encoder.encoder.state_dict())
    model.encoder.requires_grad_(False)
    machine.place(model)
    critic = machine.place(Discriminator())
    optimizer = make_optimizer(model, run.rate, weight_decay=1e-4)
    critic_optimizer = make_optimizer(critic, run.rate / 4, betas=(0.5, 0.99), weight_decay=0.0)
    average = Average(model, 0.999)
    order = Order(len(pictures), run.batch, run.seed)

    def step(number: int) -> dict:
        wanted = crop(pictures.batch(order.indices(number)), side)
        with machine.autocast():
            with torch.no_grad():
                latents = model.encode(wanted).latents
            drawn = model.decode(latents + LATENT_NOISE * torch.randn_like(latents)).sample.float()
            told = l1_loss(drawn, wanted) + GRADIENTS * gradient_loss(drawn, wanted)
            if classifier is not None:
                told = told + FEATURES * feature_loss(classifier, drawn, wanted)
            loss, losses = told, {"told": told}
            if number >= ALONE:
                fooled = -critic(drawn).mean()
                loss = told + ADVERSARIAL * balance(model, told, fooled) * fooled
                losses["fooled"] = fooled
        descend(model, optimizer, loss)
        average.update(model)
        with machine.autocast():
            real, false = critic(wanted), critic(drawn.detach())
            seen = (torch.relu(1 - real) + torch.relu(1 + false)).mean()
        descend(critic, critic_optimizer, seen)
        return {**losses, "critic": seen}

    def look(done: int) -> None:
        test = Pictures(open_drawings(run.data / "test", PICTURE[run.size], limit=64), machine.device)
        with average.inside(model):
            result, sheet = evaluate_vae(model, test, machine)
        save_sheet(run.folder("decoder") / "sheets" / f"{done:07d}.png", sheet, 16)
        (run.folder("decoder") / "quality.json").write_text(json.dumps({"step": done, **result}, indent=2) + "\n")
        print(json.dumps(result), flush=True)

    parts = {
        **{"model": model, "optimizer": optimizer, "average": average},
        **{"critic": critic, "critic_descent": critic_optimizer},
    }
    train(run, "decoder", parts, step, facts={"config": config}, on_checkpoint=look)
