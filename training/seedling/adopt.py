"""
`adopt`: makes of an export a work folder to go on from: tokenizer, text tower, VAE, classifier, UNet, whole and
distilled, and ControlNets.

What a GPU or a longer night adds need not begin at nothing. Weights come back in half precision, and without their
optimiser's state. The distilled UNet without its guidance embedding is what the UNet of many steps goes on from. How long
each was trained is read from the export's card, so that the next card counts on.
"""

import inspect
import json
import re
import shutil
from functools import partial
from pathlib import Path

import torch
from diffusers import AutoencoderTiny, ControlNetModel, UNet2DConditionModel
from safetensors.torch import load_file
from transformers import CLIPModel

from .cards import kept_parts
from .checkpoints import save_checkpoint
from .command import make_parser, parse_run
from .contrast import LOGIT_SCALE
from .export import TOKENIZER

TRAINED = re.compile(r"Trained for (\d+) minutes, ([\d,]+) steps, ([\d,]+) samples, on: (.*)\.$")
GUIDANCE_WEIGHT = "time_embedding.cond_proj.weight"


def plain(model) -> dict:
    """What a diffusers model is made with again; its configuration tells of more."""
    return {key: value for key, value in model.config.items() if key in inspect.signature(type(model)).parameters}


def read_text(models: Path) -> tuple[dict, dict]:
    """Without the questions that it was taught by."""
    whole = CLIPModel.from_pretrained(models / "clip" / "seedling", dtype=torch.float32)
    tower = {f"tower.{name}": tensor for name, tensor in whole.state_dict().items() if name.startswith("text_")}
    facts = {"config": whole.config.text_config.to_dict(), "heads": []}
    return facts, {**tower, "logit_scale": torch.tensor(LOGIT_SCALE)}


def read_vae(models: Path) -> tuple[dict, dict]:
    vae = AutoencoderTiny.from_pretrained(models / "vae", torch_dtype=torch.float32)
    return {"config": plain(vae)}, vae.state_dict()


def read_classifier(models: Path) -> tuple[dict, dict]:
    config = json.loads((models / "judge" / "config.json").read_text(encoding="utf8"))
    heads = [{key: head[key] for key in ("name", "classes", "several")} for head in config["heads"]]
    weights = load_file(models / "judge" / "model.safetensors")
    return {"heads": heads, "widths": config["widths"]}, {name: tensor.float() for name, tensor in weights.items()}


def read_lcm(models: Path) -> tuple[dict, dict]:
    unet = UNet2DConditionModel.from_pretrained(models / "unet", torch_dtype=torch.float32)
    return {"config": plain(unet)}, unet.state_dict()


def read_unet(models: Path) -> tuple[dict, dict]:
    facts, weights = read_lcm(models)
    kept = {name: tensor for name, tensor in weights.items() if name != GUIDANCE_WEIGHT}
    return {"config": {**facts["config"], "time_cond_proj_dim": None}}, kept


def read_controlnet(kind: str, models: Path) -> tuple[dict, dict]:
    net = ControlNetModel.from_pretrained(models / "controlnet" / f"seedling-{kind}", torch_dtype=torch.float32)
    return {"kind": kind}, net.state_dict()


PARTS = {
    "text": read_text,
    "vae": read_vae,
    "classifier": read_classifier,
    "unet": read_unet,
    "lcm": read_lcm,
    **{f"controlnet-{kind}": partial(read_controlnet, kind) for kind in ("qr", "line")},
}


def progress_of(card: list[str]) -> dict:
    """What a card's section tells of the training."""
    told = next(filter(None, (TRAINED.match(line) for line in card)), None)
    if told is None:
        raise ValueError("the export's card does not say how long this part was trained")
    minutes, steps, samples = (int(text.replace(",", "")) for text in told.groups()[:3])
    return {"step": steps, "samples": samples, "seconds": 60.0 * minutes, "machines": told[4].split("; ")}


def main(argv: list[str]) -> None:
    parser = make_parser("adopt", __doc__)
    parser.add_argument("--models", type=Path, required=True, help="an export: models/seedling of the project")
    run = parse_run(parser, argv)
    models = run.options.models
    cards = kept_parts(models / "README.md")
    for name in TOKENIZER:
        shutil.copyfile(models / "tokenizer" / name, run.folder("tokenizer") / name)
    for name, read in PARTS.items():
        if name not in cards:
            continue
        path = run.folder(name) / "checkpoint.pt"
        if path.exists():
            raise FileExistsError(f"{path} is there: adopt into a new folder")
        facts, weights = read(models)
        average = {"updates": 0, "weights": weights}
        progress = progress_of(cards[name])
        save_checkpoint(path, {"adopted": True, "model": weights, "average": average, "facts": facts, "progress": progress})
        print(json.dumps({"adopted": name, **progress}), flush=True)
