"""
`classifier`: tells a drawing's attributes. Trained on real drawings alone, it is the judge of drawn pictures, and its
features measure how far drawn pictures are from real ones.
"""

import json
from dataclasses import asdict

import torch
from torch import nn
from torch.nn.functional import avg_pool2d, binary_cross_entropy_with_logits, cross_entropy

from .attributes import Head, answers, find_heads
from .average import Average
from .checkpoints import require_checkpoint
from .command import make_parser, parse_run
from .drawings import Order, Pictures, join, open_drawings
from .loop import descend, train
from .machine import layout_of
from .optimizer import make_optimizer
from .presets import CLASSIFIER, PICTURE


# Style, place and colour are told apart long before the things are: without this nothing asks for more.
THINGS = 8


class Block(nn.Module):
    """Two convolutions around which the input goes (arXiv:1512.03385), normalised in groups: batches need no care."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = nn.GroupNorm(8, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.norm2 = nn.GroupNorm(8, outputs)
        self.shortcut = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = torch.relu(self.norm1(self.conv1(x)))
        return torch.relu(self.norm2(self.conv2(h)) + self.shortcut(x))


class Classifier(nn.Module):
    """Of pictures; `stem` is there for what is none (see reader.py)."""

    def __init__(self, widths: tuple[int, ...], heads: list[Head], stem: nn.Module | None = None):
        super().__init__()
        # A quarter of the side at once: what lies below is cheap to see, and dear to keep at every pixel.
        self.stem = stem or nn.Conv2d(3, widths[0], 5, 4, 2)
        pairs = list(zip((widths[0], *widths), widths))
        self.stages = nn.ModuleList(
            nn.Sequential(Block(a, b, 2 if i else 1), Block(b, b, 1)) for i, (a, b) in enumerate(pairs)
        )
        self.heads = nn.ModuleDict({key_of(head.name): nn.Linear(widths[-1], len(head.classes)) for head in heads})

    def maps(self, pictures: torch.Tensor) -> list[torch.Tensor]:
        """:param pictures: [n, 3, side, side] in [−1, 1]. :returns: each stage's features, sides from 1/4 on."""
        h = torch.relu(self.stem(pictures))
        result = []
        for stage in self.stages:
            h = stage(h)
            result.append(h)
        return result

    def features(self, pictures: torch.Tensor) -> torch.Tensor:
        """:returns: float32 [n, widths[-1]]"""
        return self.maps(pictures)[-1].float().mean((2, 3))

    def forward(self, pictures: torch.Tensor) -> dict[str, torch.Tensor]:
        features = self.features(pictures)
        return {name: head(features) for name, head in self.heads.items()}


def key_of(name: str) -> str:
    """Module names have no dots."""
    return name.replace(".", "_")


def loss_of(heads: list[Head], told: dict, wanted: dict, sides: bool = False, things: float = 1) -> torch.Tensor:
    """
    Mean over the questions; drawings without an attribute do not count for it. Of several things those that are there
    are to outdo the others.
    :param sides: whether, besides, the logits of things that are there are to be above 0 and all others below: the
        order alone is sooner learnt.
    :param things: how much questions count that have several answers: the one with hundreds of classes is learnt last.
    """
    losses = []
    for head in heads:
        logits, target = told[key_of(head.name)].float(), wanted[head.name]
        if head.several:
            found = target.float()
            some = (found.sum(1) > 0).sum().clamp(min=1)
            shares = found / found.sum(1, keepdim=True).clamp(min=1)
            loss = -(shares * logits.log_softmax(1)).sum() / some
            if sides:
                # Summed over the classes, of which a drawing has a few among hundreds.
                loss = loss + binary_cross_entropy_with_logits(logits, found, reduction="sum") / len(target) / 8
            losses.append(things * loss)
        else:
            known = (target >= 0).sum().clamp(min=1)
            losses.append(cross_entropy(logits, target, ignore_index=-1, reduction="sum") / known)
    return torch.stack(losses).mean()


def load_classifier(work, device="cpu", name="classifier", make=Classifier) -> tuple[Classifier, list[Head]]:
    """
    The averaged weights.
    :param name: of the command that taught it; `make` builds one from widths and heads.
    """
    state = require_checkpoint(work, name)
    heads = [Head(**head) for head in state["facts"]["heads"]]
    model = make(tuple(state["facts"]["widths"]), heads)
    model.load_state_dict(state["average"]["weights"])
    return model.eval().requires_grad_(False).to(device, memory_format=layout_of(device)), heads


@torch.no_grad()
def judge(model: Classifier, pictures: Pictures, machine) -> dict[str, torch.Tensor]:
    """:returns: logits [n, classes] by head, on the CPU."""
    parts = torch.arange(len(pictures)).split(100)
    with machine.autocast():
        told = [model(pictures.batch(part)) for part in parts]
    return {name: torch.cat([part[name].float().cpu() for part in told]) for name in told[0]}


def accuracies(heads: list[Head], told: dict, wanted: dict) -> dict[str, float]:
    """Share of right answers by head; for heads with several, mean average precision over classes that occur."""
    result = {}
    for head in heads:
        logits, target = told[key_of(head.name)], wanted[head.name]
        if head.several:
            result[head.name] = mean_average_precision(logits, target)
        elif (target >= 0).any():
            known = target >= 0
            result[head.name] = (logits[known].argmax(1) == target[known]).float().mean().item()
    return result


def mean_average_precision(scores: torch.Tensor, relevant: torch.Tensor) -> float:
    """:param scores, relevant: [n, classes]; the mean over classes of precision at every relevant drawing."""
    ranked = relevant.gather(0, scores.argsort(0, descending=True)).float()
    precision = ranked.cumsum(0) / torch.arange(1, len(ranked) + 1)[:, None]
    occurs = ranked.sum(0) > 0
    return ((precision * ranked).sum(0)[occurs] / ranked.sum(0)[occurs]).mean().item()


def main(argv: list[str]) -> None:
    batch = {"small": 96, "base": 512}
    parser = make_parser("classifier", __doc__)
    parser.add_argument("--shrink", type=int, default=1, help="drawings are averaged down by so much; 1 in the last run")
    run = parse_run(parser, argv, steps=6000, batch=batch, rate=1e-3)
    machine = run.machine
    # It tells named characters, too, which no other network meets before it has a LoRA.
    folders = [run.data / "train", *sorted((run.data / "named").glob("*"))]
    drawings = join([open_drawings(folder, PICTURE[run.size]) for folder in folders])
    heads = find_heads(drawings.lines)
    wanted = {name: table.to(machine.device) for name, table in answers(drawings.lines, heads).items()}
    pictures = Pictures(drawings, machine.device)
    widths = CLASSIFIER[run.size]
    model = machine.place(Classifier(widths, heads))
    optimizer = make_optimizer(model, run.rate, weight_decay=0.05)
    average = Average(model, 0.999)
    order = Order(len(drawings), run.batch, run.seed)
    classify = machine.compiled(model)

    def step(number: int) -> dict:
        indices = order.indices(number)
        with machine.autocast():
            told = classify(avg_pool2d(pictures.batch(indices), run.options.shrink))
        here = indices.to(machine.device)
        loss = loss_of(heads, told, {name: table[here] for name, table in wanted.items()}, True, THINGS)
        descend(model, optimizer, loss)
        average.update(model)
        return {"loss": loss}

    parts = {"model": model, "optimizer": optimizer, "average": average}
    train(run, "classifier", parts, step, facts={"heads": [asdict(head) for head in heads], "widths": list(widths)})

    test = open_drawings(run.data / "test", PICTURE[run.size], limit=2000)
    best, heads = load_classifier(run.work, machine.device)
    told = judge(best, Pictures(test, machine.device), machine)
    result = accuracies(heads, told, answers(test.lines, heads))
    result = {"drawings": len(test), **{name: round(value, 4) for name, value in result.items()}}
    (run.folder("classifier") / "accuracy.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result))
