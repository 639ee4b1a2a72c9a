"""
`decoder`: a larger decoder for the latents as they are, which draws them crisply.

The encoder stays what it is, and with it the latents and all that was trained on them. What the VAE's loss leaves soft,
because it cannot be told from four numbers for 64 pixels, is to look to CLIP, patch by patch, as the drawing does: a
cat's latents become a cat (as in arXiv:1603.08155). The classifier is not asked: it is the judge of what comes out.

Once there is a distilled UNet, half of the latents are what it makes of them in its last step. A decoder that has met none
but the encoder's takes the UNet's unevenness for detail, and draws snow into plain skies.

A discriminator besides (arXiv:1611.07004, weighed as in arXiv:2012.09841) was tried and is not kept: it knew every
picture after 1,000 steps, and what was drawn fell from 26.0 to 18.9 dB within 1,100 more.
"""

import json
from pathlib import Path

import torch
from diffusers import AutoencoderTiny
from torch.nn.functional import l1_loss, layer_norm, mse_loss
from transformers import CLIPModel

from .average import Average
from .clip import load_clip
from .command import Run, make_parser, parse_run
from .drawings import Order, Pictures, open_drawings
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE, decoder_config
from .redrawn import open_redrawn
from .sheets import save_sheet
from .vae import GRADIENTS, LATENT_NOISE, evaluate_vae, gradient_loss, load_encoder_vae

# What CLIP sees: behind these of its layers, weighed so.
DEPTHS = (2, 4, 6)
SIGHT = 0.3


def load_seer(run: Run, device):
    """CLIP's vision tower, of an export or of the work folder."""
    folder = run.options.clip
    whole = CLIPModel.from_pretrained(folder, dtype=torch.float32) if folder else load_clip(run.work)
    return whole.vision_model.eval().requires_grad_(False).to(device)


def sight_loss(seer, drawn: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How unlike CLIP sees two batches of pictures: the mean square between its normalised tokens, at three depths."""
    with torch.no_grad():
        aims = seer(pixel_values=wanted, output_hidden_states=True).hidden_states
    told = seer(pixel_values=drawn, output_hidden_states=True).hidden_states
    pairs = [(told[at].float(), aims[at].float()) for at in DEPTHS]
    return sum(mse_loss(layer_norm(a, a.shape[-1:]), layer_norm(b, b.shape[-1:])) for a, b in pairs) / len(DEPTHS)


def main(argv: list[str]) -> None:
    parser = make_parser("decoder", __doc__)
    parser.add_argument("--clip", type=Path, help="an exported CLIP; WORK/clip unless told")
    run = parse_run(parser, argv, steps=20_000, batch={"small": 8, "base": 64}, rate=2e-3)
    machine = run.machine
    pictures = Pictures(open_drawings(run.data / "train", PICTURE[run.size]), machine.device)
    encoder = load_encoder_vae(run.work, machine.device)
    seer = load_seer(run, machine.device)
    config = decoder_config(run.size)
    model = AutoencoderTiny(**config)
    model.encoder.load_state_dict(encoder.encoder.state_dict())
    model.encoder.requires_grad_(False)
    machine.place(model)
    optimizer = make_optimizer(model, run.rate, weight_decay=1e-4)
    average = Average(model, 0.999)
    order = Order(len(pictures), run.batch, run.seed)

    redrawn = open_redrawn(run, pictures.drawings.lines)

    def step(number: int) -> dict:
        indices = order.indices(number)
        wanted = pictures.batch(indices)
        with machine.autocast():
            with torch.no_grad():
                latents = model.encode(wanted).latents
            latents = latents + LATENT_NOISE * torch.randn_like(latents)
            if redrawn:
                half = len(latents) // 2
                latents = torch.cat([redrawn(latents[:half], indices[:half]).to(latents.dtype), latents[half:]])
            drawn = model.decode(latents).sample.float()
            pixels = l1_loss(drawn, wanted) + GRADIENTS * gradient_loss(drawn, wanted)
            sight = sight_loss(seer, drawn, wanted)
        descend(model, optimizer, pixels + SIGHT * sight)
        average.update(model)
        return {"pixels": pixels, "sight": sight}

    def look(done: int) -> None:
        test = Pictures(open_drawings(run.data / "test", PICTURE[run.size], limit=64), machine.device)
        with average.inside(model):
            result, sheet = evaluate_vae(model, test, machine)
        save_sheet(run.folder("decoder") / "sheets" / f"{done:07d}.png", sheet, 16)
        (run.folder("decoder") / "quality.json").write_text(json.dumps({"step": done, **result}, indent=2) + "\n")
        print(json.dumps(result), flush=True)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "decoder", parts, step, facts={"config": config}, on_checkpoint=look)
