"""
`clip`: pictures learn to meet the texts in their space, with CLIP's loss (arXiv:2103.00020).

The text tower is `text`'s and stays as it is (arXiv:2111.07991), so that every caption is read once, for all steps.
Pictures also answer the questions that captions answer, by the same heads: the loss says what is in a picture from the
first step on, where the comparison with other pictures alone takes long to find it.
"""

import json

import numpy as np
import torch
from torch import nn
from torch.nn.functional import interpolate, normalize
from transformers import CLIPConfig, CLIPModel

from .attributes import answers
from .average import Average
from .captions import Captions, pick, read_captions, trim
from .checkpoints import require_checkpoint
from .classifier import THINGS, loss_of
from .command import make_parser, parse_run
from .contrast import LOGIT_SCALE, MAX_SCALE, contrast, embed_texts
from .drawings import LANGUAGES, Order, Pictures, open_drawings
from .latents import fill, start_over_unless
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE, clip_config
from .recall import recall
from .text import load_reader, load_text
from .tokenizer import load_tokenizer

BATCH = {"small": 128, "base": 2048}
# Of a drawing's side, in percent: less would cut off what it is about.
LEAST_PART = 68


class Seer(nn.Module):
    """CLIP's half for pictures."""

    def __init__(self, config: CLIPConfig):
        super().__init__()
        whole = CLIPModel(config)
        self.vision_model, self.visual_projection = whole.vision_model, whole.visual_projection
        self.logit_scale = nn.Parameter(torch.tensor(LOGIT_SCALE))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """:param pictures: [n, 3, side, side] in [−1, 1], of any side. :returns: float32 [n, d], not normalised."""
        other = pictures.shape[-1] != self.vision_model.config.image_size
        seen = self.vision_model(pixel_values=pictures, interpolate_pos_encoding=other)
        return self.visual_projection(seen.pooler_output).float()


def reframed(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """
    Another part of each drawing, as large as `side`, half of them mirrored: the same drawings a few times over are
    otherwise learnt by heart. A batch has one framing, which is as good as many and much cheaper.
    :param pictures: [n, 3, whole, whole].
    """
    whole = pictures.shape[-1]
    part = int(torch.randint(whole * LEAST_PART // 100, whole + 1, ()))
    x, y = (int(torch.randint(whole - part + 1, ())) for _ in range(2))
    cut = pictures[..., y : y + part, x : x + part]
    mirrored = torch.rand(len(cut), 1, 1, 1, device=cut.device) < 0.5
    return interpolate(torch.where(mirrored, cut.flip(-1), cut), size=(side, side), mode="bilinear", antialias=True)


def embed_pictures(model, pictures: torch.Tensor) -> torch.Tensor:
    """
    :param model: CLIPModel or Seer. :param pictures: [n, 3, side, side] in [−1, 1].
    :returns: float32 [n, d], unit length.
    """
    pooled = model.vision_model(pixel_values=pictures).pooler_output
    return normalize(model.visual_projection(pooled).float(), dim=1)


def load_clip(work, device="cpu") -> CLIPModel:
    """Both towers, the averaged weights."""
    state = require_checkpoint(work, "clip")
    model = CLIPModel(CLIPConfig.from_dict(state["facts"]["config"]))
    halves = {**state["average"]["weights"], **load_text(work).state_dict()}
    model.load_state_dict(halves)
    return model.eval().requires_grad_(False).to(device)


def read_texts(run, captions: Captions, tower, end: int) -> torch.Tensor:
    """:returns: float16 [texts, d], unit length, kept in `texts.bin`."""
    folder, device = run.folder("clip"), run.machine.device
    shape = [len(captions.texts), tower.config.projection_dim]
    start_over_unless(folder, {"shape": shape, "text": require_checkpoint(run.work, "text")["progress"]["step"]}, ["texts.bin"])
    # Sorted by length, a batch pads little.
    order = (captions.ids == end).int().argmax(1).argsort(stable=True)

    @torch.no_grad()
    def make(start: int, stop: int) -> torch.Tensor:
        with run.machine.autocast():
            return embed_texts(tower, trim(captions.ids[order[start:stop]].long(), end).to(device))

    fill(folder / "texts.bin", shape, make, 512)
    rows = torch.from_numpy(np.fromfile(folder / "texts.bin", np.float16).reshape(shape))
    return torch.empty_like(rows).index_copy_(0, order, rows)


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
            pooled = [model.text_model(input_ids=part).pooler_output for part in ids.split(100)]
            told = normalize(model.text_projection(torch.cat(pooled)).float(), dim=1)
            same = (rows[:, None] == rows).to(machine.device)
            result |= {f"{language} {key}": value for key, value in recall(told, shown, same).items()}
    return result


def main(argv: list[str]) -> None:
    parser = make_parser("clip", __doc__)
    # Fewer patches, more pictures in the same time (arXiv:2305.07017).
    parser.add_argument("--shrink", type=int, default=1, help="drawings are averaged down by so much; 1 in the last run")
    run = parse_run(parser, argv, steps=6000, batch=BATCH, rate=1e-3)
    machine, shrink = run.machine, run.options.shrink
    tokenizer = load_tokenizer(run.work)
    drawings = open_drawings(run.data / "train", PICTURE[run.size])
    captions = read_captions(drawings.lines, tokenizer)
    pictures = Pictures(drawings, machine.device)
    reader, heads = load_reader(run.work, machine.device)
    texts = read_texts(run, captions, reader.tower, tokenizer.eos_token_id).to(machine.device)
    wanted = {name: table.to(machine.device) for name, table in answers(drawings.lines, heads).items()}

    config = clip_config(run.size, len(tokenizer))
    model = machine.place(Seer(config))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.05)
    average = Average(model, 0.999)
    order = Order(len(drawings), run.batch, run.seed)
    see = machine.compiled(model)

    def step(number: int) -> dict:
        indices = order.indices(number)
        with machine.autocast():
            embedded = see(reframed(pictures.batch(indices), PICTURE[run.size] // shrink))
        here = indices.to(machine.device)
        told = {name: head(embedded) for name, head in reader.heads.items()}
        losses = {"answers": loss_of(heads, told, {name: table[here] for name, table in wanted.items()}, things=THINGS)}
        shown = normalize(embedded, dim=1)
        for language in LANGUAGES:
            rows = pick(captions.of[language], indices).to(machine.device)
            losses[language] = contrast(shown, texts[rows].float(), rows, model.logit_scale)
        descend(model, optimizer, losses["answers"] + sum(losses[each] for each in LANGUAGES) / len(LANGUAGES))
        with torch.no_grad():
            model.logit_scale.clamp_(max=MAX_SCALE)
        average.update(model)
        return losses

    def look(done: int) -> None:
        result = {"step": done, **measure(run, tokenizer)}
        (run.folder("clip") / "recall.json").write_text(json.dumps(result, indent=2) + "\n")
        print(json.dumps(result), flush=True)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "clip", parts, step, facts={"config": config.to_dict()}, on_checkpoint=look)


def measure(run, tokenizer) -> dict:
    """Recall on the test set."""
    test = open_drawings(run.data / "test", PICTURE[run.size], limit=1000)
    model = load_clip(run.work, run.machine.device)
    pictures = Pictures(test, run.machine.device)
    result = evaluate_clip(model, pictures, read_captions(test.lines, tokenizer, 1), run.machine)
    return {"drawings": len(test), **{key: round(value, 4) for key, value in result.items()}}
