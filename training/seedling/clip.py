"""`clip`: pictures and captions of both languages in one space, with CLIP's loss (arXiv:2103.00020)."""

import json
import math

import torch
from torch.nn.functional import cross_entropy, normalize
from transformers import CLIPConfig, CLIPModel

from .average import Average
from .captions import Captions, encode, pick, read_captions, trim
from .checkpoints import require_checkpoint
from .command import make_parser, parse_run
from .drawings import LANGUAGES, Order, Pictures, open_drawings
from .loop import descend, train
from .presets import PICTURE, clip_config
from .recall import recall
from .tokenizer import load_tokenizer

BATCH = {"small": 192, "base": 2048}
# Logits are at most 100 times the cosine, as in the paper.
MAX_SCALE = math.log(100)


def embed_pictures(model: CLIPModel, pictures: torch.Tensor) -> torch.Tensor:
    """:param pictures: [n, 3, side, side] in [−1, 1]. :returns: float32 [n, d], unit length."""
    pooled = model.vision_model(pixel_values=pictures).pooler_output
    return normalize(model.visual_projection(pooled).float(), dim=1)


def embed_texts(model: CLIPModel, ids: torch.Tensor) -> torch.Tensor:
    """:param ids: int64 [n, t ≤ 77]. :returns: float32 [n, d], unit length."""
    return normalize(model.text_projection(model.text_model(input_ids=ids).pooler_output).float(), dim=1)


def contrast(pictures: torch.Tensor, texts: torch.Tensor, rows: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """
    Symmetric InfoNCE. Drawings that share their caption's very words are no counterexamples of each other.
    :param rows: int64 [n], equal where captions are.
    """
    logits = scale.exp() * pictures @ texts.T
    own = torch.eye(len(rows), dtype=torch.bool, device=rows.device)
    logits = logits.masked_fill((rows[:, None] == rows) & ~own, -math.inf)
    target = torch.arange(len(rows), device=rows.device)
    return (cross_entropy(logits, target) + cross_entropy(logits.T, target)) / 2


def load_clip(work, device="cpu") -> CLIPModel:
    """The averaged weights."""
    state = require_checkpoint(work, "clip")
    model = CLIPModel(CLIPConfig.from_dict(state["facts"]["config"]))
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device)


@torch.no_grad()
def evaluate_clip(model: CLIPModel, pictures: Pictures, captions: Captions, machine, limit=1000) -> dict:
    """Recall over the first `limit` drawings, by language: a drawing's first caption looks for it."""
    count = min(limit, len(pictures))
    with machine.autocast():
        parts = torch.arange(count).split(100)
        shown = torch.cat([embed_pictures(model, pictures.batch(part)) for part in parts])
        result = {}
        for language in LANGUAGES:
            rows = captions.of[language][:count, 0]
            ids = captions.ids[rows].long().to(machine.device)
            told = torch.cat([embed_texts(model, part) for part in ids.split(100)])
            same = (rows[:, None] == rows).to(machine.device)
            result |= {f"{language} {key}": value for key, value in recall(told, shown, same).items()}
    return result


def main(argv: list[str]) -> None:
    run = parse_run(make_parser("clip", __doc__), argv, steps=6000, batch=BATCH, rate=1e-3)
    machine = run.machine
    tokenizer = load_tokenizer(run.work)
    drawings = open_drawings(run.data / "train", PICTURE[run.size])
    captions = read_captions(drawings, tokenizer)
    pictures = Pictures(drawings, machine.device)

    config = clip_config(run.size, len(tokenizer))
    model = machine.place(CLIPModel(config))
    optimizer = torch.optim.AdamW(model.parameters(), run.rate, betas=(0.9, 0.98), weight_decay=0.05)
    average = Average(model, 0.999)
    order = Order(len(drawings), run.batch, run.seed)
    end = tokenizer.eos_token_id
    # On a GPU all texts are as long as the longest, so that nothing is compiled twice.
    longest = trim(captions.ids, end).shape[1]
    see, read = machine.compiled(embed_pictures), machine.compiled(embed_texts)

    def step(number: int) -> dict:
        indices = order.indices(number)
        with machine.autocast():
            shown = see(model, pictures.batch(indices))
            losses = {}
            for language in LANGUAGES:
                rows = pick(captions.of[language], indices)
                ids = captions.ids[rows].long()
                ids = ids[:, :longest] if machine.compiles else trim(ids, end)
                told = read(model, ids.to(machine.device))
                losses[language] = contrast(shown, told, rows.to(machine.device), model.logit_scale)
        descend(model, optimizer, sum(losses.values()) / len(losses))
        with torch.no_grad():
            model.logit_scale.clamp_(max=MAX_SCALE)
        average.update(model)
        return losses

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "clip", parts, step, facts={"config": config.to_dict(), "captions": len(captions.texts)})
    report(run, tokenizer)


def report(run, tokenizer) -> None:
    """Measures recall on the test set and keeps it in `recall.json`."""
    test = open_drawings(run.data / "test", PICTURE[run.size], limit=1000)
    model = load_clip(run.work, run.machine.device)
    pictures = Pictures(test, run.machine.device)
    result = evaluate_clip(model, pictures, read_captions(test, tokenizer, 1), run.machine)
    result = {"drawings": min(1000, len(test)), **{key: round(value, 4) for key, value in result.items()}}
    (run.folder("clip") / "recall.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))
