"""
`text`: the text tower, which reads prompts for the UNet and searches for CLIP.

It is trained on captions alone, which cost nothing to have: each is to tell its drawing's attributes, as the classifier
tells them from pixels, and is to be nearer to its translation than to other captions. Afterwards it stays as it is
(as in arXiv:2111.07991): pictures learn to meet texts in `clip`, and the UNet to draw from them in `unet`.
"""

import json
from dataclasses import asdict

import torch
from torch import nn
from transformers import CLIPTextModelWithProjection

from .attributes import Head, answers, find_heads
from .average import Average
from .captions import read_captions, trim
from .checkpoints import require_checkpoint
from .classifier import accuracies, key_of, loss_of
from .command import make_parser, parse_run
from .contrast import LOGIT_SCALE, MAX_SCALE, contrast
from .drawings import LANGUAGES, Order, open_drawings
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE, clip_config
from .tokenizer import load_tokenizer

# What no caption says: whose drawing a thing is, and where in a scene it stands.
UNTOLD = ("things.set", "things.zone", "character.look")
# Steps' captions are sorted by their length together, so that a step pads little.
SORTED = 8


class Reader(nn.Module):
    """The text tower, and the questions that its texts answer."""

    def __init__(self, config, heads: list[Head]):
        super().__init__()
        self.tower = CLIPTextModelWithProjection(config)
        self.heads = nn.ModuleDict(
            {key_of(head.name): nn.Linear(config.projection_dim, len(head.classes)) for head in heads}
        )
        self.logit_scale = nn.Parameter(torch.tensor(LOGIT_SCALE))

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """:returns: float32 [n, d], not normalised, and logits by head."""
        embedded = self.tower(input_ids=ids).text_embeds.float()
        return embedded, {name: head(embedded) for name, head in self.heads.items()}


def told_heads(lines: list[dict]) -> list[Head]:
    """The questions that captions answer."""
    return [head for head in find_heads(lines) if head.name not in UNTOLD]


def load_text(work, device="cpu") -> CLIPTextModelWithProjection:
    """The averaged weights."""
    return load_reader(work, device)[0].tower


def load_reader(work, device="cpu") -> tuple[Reader, list[Head]]:
    state = require_checkpoint(work, "text")
    config = CLIPTextModelWithProjection.config_class.from_dict(state["facts"]["config"])
    heads = [Head(**head) for head in state["facts"]["heads"]]
    model = Reader(config, heads)
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device), heads


def main(argv: list[str]) -> None:
    batch = {"small": 64, "base": 512}
    run = parse_run(make_parser("text", __doc__), argv, steps=3000, batch=batch, rate=1e-3)
    machine = run.machine
    tokenizer = load_tokenizer(run.work)
    lines = open_drawings(run.data / "train", PICTURE[run.size]).lines
    captions = read_captions(lines, tokenizer)
    heads = told_heads(lines)
    wanted = {name: table.to(machine.device) for name, table in answers(lines, heads).items()}
    config = clip_config(run.size, len(tokenizer)).text_config
    model = machine.place(Reader(config, heads))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.02)
    average = Average(model, 0.998)
    order = Order(len(lines), run.batch * SORTED, run.seed)
    end = tokenizer.eos_token_id
    lengths = (captions.ids == end).int().argmax(1)
    variants = captions.of["en"].shape[1]
    read = machine.compiled(model)

    def step(number: int) -> dict:
        pool = order.indices(number // SORTED)
        # Of all the steps that share a pool, the same wording for the same drawing.
        wording = torch.randint(variants, (len(pool),), generator=torch.Generator().manual_seed(number // SORTED))
        rows = torch.stack([captions.of[language][pool, wording] for language in LANGUAGES])
        mine = lengths[rows].sum(0).argsort().chunk(SORTED)[number % SORTED]
        indices, rows = pool[mine], rows[:, mine]
        with machine.autocast():
            embedded, told = read(trim(captions.ids[rows.flatten()].long(), end).to(machine.device))
        here = indices.repeat(len(LANGUAGES)).to(machine.device)
        answered = loss_of(heads, told, {name: table[here] for name, table in wanted.items()})
        halves = nn.functional.normalize(embedded, dim=1).chunk(2)
        translated = contrast(*halves, rows[0].to(machine.device), model.logit_scale)
        descend(model, optimizer, answered + 0.1 * translated)
        with torch.no_grad():
            model.logit_scale.clamp_(max=MAX_SCALE)
        average.update(model)
        return {"answers": answered, "translation": translated}

    parts = {"model": model, "optimizer": optimizer, "average": average}
    facts = {"config": config.to_dict(), "heads": [asdict(head) for head in heads]}
    train(run, "text", parts, step, facts=facts)
    report(run, tokenizer)


@torch.no_grad()
def report(run, tokenizer) -> None:
    """What test captions tell, and how often one finds its translation among 1,000."""
    lines = open_drawings(run.data / "test", PICTURE[run.size], limit=1000).lines
    captions = read_captions(lines, tokenizer, 1)
    model, heads = load_reader(run.work, run.machine.device)
    result: dict = {"drawings": len(lines)}
    embedded = {}
    for language in LANGUAGES:
        parts = [model(ids.long().to(run.machine.device)) for ids in captions.ids[captions.of[language][:, 0]].split(100)]
        told = {name: torch.cat([part[1][name].cpu() for part in parts]) for name in parts[0][1]}
        scores = accuracies(heads, told, answers(lines, heads))
        result[f"{language} answers"] = round(sum(scores.values()) / len(scores), 4)
        result[f"{language} things"] = round(scores.get("things.id", 0), 4)
        embedded[language] = nn.functional.normalize(torch.cat([part[0] for part in parts]), dim=1)
    same = embedded["en"] @ embedded["zh"].T
    own = (same.argmax(1) == torch.arange(len(same), device=same.device)).float().mean().item()
    result["translation found"] = round(own, 4)
    (run.folder("text") / "quality.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))
