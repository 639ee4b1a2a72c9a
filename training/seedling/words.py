"""
`words`: for every word of the vocabulary the vector in CLIP's space that tells best which drawings show it.

Reading a word with the text tower says where its captions lie, not where the line between what shows it and what does
not runs: with vectors read off 12,288 drawings, mean average precision rose from 0.45 to 0.66 while the pictures'
vectors stayed as they were. CLIP's vision tower goes on learning meanwhile, by these words and by its own loss, so that
captions still find their drawings.
"""

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, linear, normalize
from transformers import CLIPModel, CLIPTextModelWithProjection, CLIPTokenizer

from .attributes import flatten
from .average import Average
from .captions import Captions, pick, read_captions, trim
from .checkpoints import require_checkpoint
from .classifier import mean_average_precision
from .clip import Seer, embed_pictures, evaluate_clip, reframed
from .command import make_parser, parse_run
from .contrast import contrast, embed_texts
from .drawings import LANGUAGES, Order, Pictures, open_drawings
from .latents import fill
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE

# Cosines are small beside what a word's logit is to say.
SCALE = 32
# The share of drawings that show a word, to begin with.
PRIOR = -4.0
# Summed over hundreds of words, their loss is larger than CLIP's own.
WORDS = 0.25


class Teller(nn.Module):
    """CLIP's half for pictures with the words' vectors."""

    def __init__(self, seer: Seer, count: int):
        super().__init__()
        self.seer = seer
        # What is looked up is AdamW's, which takes each number as far as it asks for.
        self.vectors = nn.Embedding(count, seer.visual_projection.out_features)
        nn.init.zeros_(self.vectors.weight)
        self.biases = nn.Parameter(torch.full((count,), PRIOR))

    def forward(self, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """:returns: float32 [n, d], unit length, and logits [n, words]."""
        shown = normalize(self.seer(pictures), dim=1)
        return shown, self.tell(shown)

    def tell(self, shown: torch.Tensor) -> torch.Tensor:
        """:param shown: [n, d], unit length. :returns: float32 [n, words]; above 0 what is more likely so than not."""
        return linear(SCALE * shown.float(), self.vectors.weight, self.biases)


def read_words(path: Path) -> list[dict]:
    """
    As `world/words.ts --answers` writes them: {en, answers: [[question, value], …]}, the answers of drawings' records
    that mean the word; wider words have those of all that lie below them.
    """
    return json.loads(path.read_text(encoding="utf8"))["words"]


def labels(lines: list[dict], words: list[dict]) -> torch.Tensor:
    """:returns: uint8 [drawings, words]: whether it is true of the drawing."""
    meant: dict[tuple[str, str], list[int]] = {}
    for at, word in enumerate(words):
        for question, value in word["answers"]:
            meant.setdefault((question, value), []).append(at)
    table = torch.zeros(len(lines), len(words), dtype=torch.uint8)
    for row, line in enumerate(lines):
        for question, given in flatten({"kind": line["kind"], **line["record"]}).items():
            for value in given if isinstance(given, set) else {given}:
                table[row, meant.get((question, value), [])] = 1
    return table


def begin(folder: Path) -> tuple[Seer, CLIPTextModelWithProjection, CLIPTokenizer]:
    """What an exported CLIP has learnt so far, taken apart."""
    whole = CLIPModel.from_pretrained(folder, dtype=torch.float32)
    seer = Seer(whole.config)
    seer.load_state_dict({name: tensor for name, tensor in whole.state_dict().items() if name in seer.state_dict()})
    tower = CLIPTextModelWithProjection(whole.config.text_config)
    tower.load_state_dict({name: tensor for name, tensor in whole.state_dict().items() if name.startswith("text_")})
    return seer, tower.eval().requires_grad_(False), CLIPTokenizer.from_pretrained(folder)


def read_fullest(run, captions: Captions, tower, end: int) -> torch.Tensor:
    """:returns: float16 [texts, d], unit length, kept in `texts.bin`."""
    shape = [len(captions.texts), tower.config.projection_dim]

    @torch.no_grad()
    def make(start: int, stop: int) -> torch.Tensor:
        with run.machine.autocast():
            return embed_texts(tower, trim(captions.ids[start:stop].long(), end).to(run.machine.device))

    path = run.folder("words") / f"texts-{shape[0]}.bin"
    fill(path, shape, make, 512)
    return torch.from_file(str(path), size=shape[0] * shape[1], dtype=torch.float16).reshape(shape)


def load_teller(work: Path) -> tuple[CLIPModel, Teller, list[dict]]:
    """The averaged weights: the whole CLIP, and its words."""
    state = require_checkpoint(work, "words")
    clip = Path(state["facts"]["clip"])
    seer, tower, _ = begin(clip)
    words = state["facts"]["words"]
    teller = Teller(seer, len(words))
    teller.load_state_dict(state["average"]["weights"])
    whole = CLIPModel.from_pretrained(clip, dtype=torch.float32)
    whole.load_state_dict({**teller.seer.state_dict(), **tower.state_dict()})
    return whole.eval().requires_grad_(False), teller.eval().requires_grad_(False), words


def main(argv: list[str]) -> None:
    parser = make_parser("words", __doc__)
    parser.add_argument("--clip", type=Path, required=True, help="an exported CLIP to go on from")
    parser.add_argument("--words", type=Path, required=True, help="what world/words.ts --answers wrote")
    run = parse_run(parser, argv, steps=4000, batch={"small": 128, "base": 1024}, rate=7e-4)
    machine, words = run.machine, read_words(run.options.words)
    seer, tower, tokenizer = begin(run.options.clip)
    drawings = open_drawings(run.data / "train", PICTURE[run.size])
    captions = read_captions(drawings.lines, tokenizer, 1)
    texts = read_fullest(run, captions, tower.to(machine.device), tokenizer.eos_token_id).to(machine.device)
    wanted = labels(drawings.lines, words).to(machine.device)
    pictures = Pictures(drawings, machine.device)
    model = machine.place(Teller(seer, len(words)))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.05)
    average = Average(model, 0.998)
    order = Order(len(drawings), run.batch, run.seed)
    see = machine.compiled(model)

    def step(number: int) -> dict:
        indices = order.indices(number)
        with machine.autocast():
            shown, told = see(reframed(pictures.batch(indices), PICTURE[run.size]))
        target = wanted[indices.to(machine.device)].float()
        losses = {"words": binary_cross_entropy_with_logits(told.float(), target, reduction="sum") / len(indices)}
        for language in LANGUAGES:
            rows = pick(captions.of[language], indices).to(machine.device)
            losses[language] = contrast(shown.float(), texts[rows].float(), rows, model.seer.logit_scale)
        descend(model, optimizer, WORDS * losses["words"] + sum(losses[each] for each in LANGUAGES) / len(LANGUAGES))
        average.update(model)
        return losses

    def look(done: int) -> None:
        result = {"step": done, **measure(run, tokenizer)}
        (run.folder("words") / "quality.json").write_text(json.dumps(result, indent=2) + "\n")
        print(json.dumps(result), flush=True)

    parts = {"model": model, "optimizer": optimizer, "average": average}
    facts = {"clip": str(run.options.clip.resolve()), "words": words}
    train(run, "words", parts, step, facts=facts, on_checkpoint=look)


@torch.no_grad()
def measure(run, tokenizer: CLIPTokenizer) -> dict:
    """On the test set: captions that find their drawings, and words that find theirs."""
    test = open_drawings(run.data / "test", PICTURE[run.size], limit=1000)
    whole, teller, words = load_teller(run.work)
    pictures = Pictures(test, run.machine.device)
    whole, teller = whole.to(run.machine.device), teller.to(run.machine.device)
    found = evaluate_clip(whole, pictures, read_captions(test.lines, tokenizer, 1), run.machine)
    with run.machine.autocast():
        shown = torch.cat([embed_pictures(whole, pictures.batch(part)) for part in torch.arange(len(test)).split(100)])
    told = teller.tell(shown).cpu()
    result = {**found, "words": mean_average_precision(told, labels(test.lines, words))}
    return {"drawings": len(test), **{key: round(value, 4) for key, value in result.items()}}
