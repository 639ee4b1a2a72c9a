"""
`evaluate`: what drawn pictures are worth, on prompts of the test set, at 20 steps and, once distilled, at 4.

- following: how often the classifier finds what the prompt asked for, by attribute;
- matching: how often CLIP finds a picture nearer to its prompt than to another one;
- distance: Fréchet distance (arXiv:1706.08500) between the classifier's features of drawn and real test pictures. Not
  comparable with FID on other features: a second set of real drawings gives the number to compare with;
- nearest.png: drawn pictures above the training drawings most like them: does it draw, or recall?
"""

import json

import torch

from .attributes import answers
from .captions import encode
from .classifier import key_of, judge, load_classifier
from .clip import embed_pictures, load_clip
from .contrast import embed_texts
from .command import Run, make_parser, parse_run
from .diffusion import guided, make_schedule, sample_ddim
from .drawings import LANGUAGES, Pictures, open_drawings
from .lcm import sample_lcm
from .presets import FACTOR, PICTURE
from .sheets import save_sheet
from .text import load_text
from .tokenizer import load_tokenizer
from .unet import GUIDANCE, load_unet
from .vae import load_vae


class Drawn:
    """Drawn pictures as `judge` wants them."""

    def __init__(self, pictures: torch.Tensor):
        self.pictures = pictures

    def __len__(self) -> int:
        return len(self.pictures)

    def batch(self, indices: torch.Tensor) -> torch.Tensor:
        return self.pictures[indices]


@torch.no_grad()
def draw(run: Run, name: str, texts: list[str], steps: int, guidance: float) -> torch.Tensor:
    """:param name: unet or lcm. :returns: float32 [n, 3, side, side] in [−1, 1]."""
    machine, schedule = run.machine, make_schedule(run.machine.device)
    device, side = machine.device, PICTURE[run.size] // FACTOR
    unet, vae, tower = load_unet(run.work, name, device), load_vae(run.work, device), load_text(run.work, device)
    ids = encode(load_tokenizer(run.work), ["", *texts]).to(device)
    noise = torch.randn(len(texts), 4, side, side, generator=torch.Generator().manual_seed(run.seed))
    empty = tower(input_ids=ids[:1]).last_hidden_state[0]
    drawn = []
    with machine.autocast():
        for start in range(0, len(texts), run.batch):
            part = slice(start, start + run.batch)
            states = tower(input_ids=ids[1:][part]).last_hidden_state
            begin = noise[part].to(device)
            if name == "lcm":
                latents = sample_lcm(unet, schedule, begin, states, steps, guidance, run.seed + start)
            else:
                latents = sample_ddim(guided(unet, states, empty, guidance), schedule, begin, steps)
            drawn.append(vae.decode(latents).sample.float().clamp(-1, 1))
            print(json.dumps({"drawn": start + len(begin), "of": len(texts), "with": name}), flush=True)
    return torch.cat(drawn)


def following(heads, told: dict, wanted: dict) -> dict[str, float]:
    """
    Of the attributes that were asked for, the share that the classifier finds: its first answer, or, where n things
    were asked for, its first n.
    """
    found, asked = 0.0, 0
    result = {}
    for head in heads:
        logits, target = told[key_of(head.name)], wanted[head.name]
        if head.several:
            ranks = logits.argsort(1, descending=True).argsort(1)
            hits, count = ((ranks < target.sum(1, True)) & (target > 0)).sum().item(), int(target.sum())
        else:
            known = target >= 0
            hits, count = (logits.argmax(1) == target)[known].sum().item(), int(known.sum())
        if count:
            result[f"follows {head.name}"] = round(hits / count, 4)
            found, asked = found + hits, asked + count
    return {"follows": round(found / max(1, asked), 4), **result}


def frechet(first: torch.Tensor, second: torch.Tensor) -> float:
    """:param first, second: float [n, d] features. :returns: |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2·(Σ₁·Σ₂)^½)."""
    first, second = first.double(), second.double()
    means, covariances = zip(*((each.mean(0), each.T.cov()) for each in (first, second)))
    # The root's trace is the sum of the roots of the product's eigenvalues, real and ≥ 0 but for rounding.
    roots = torch.linalg.eigvals(covariances[0] @ covariances[1]).real.clamp(min=0).sqrt().sum()
    return ((means[0] - means[1]).square().sum() + covariances[0].trace() + covariances[1].trace() - 2 * roots).item()


@torch.no_grad()
def features(classifier, pictures, machine) -> torch.Tensor:
    with machine.autocast():
        parts = torch.arange(len(pictures)).split(100)
        return torch.cat([classifier.features(pictures.batch(part)).cpu() for part in parts])


@torch.no_grad()
def matching(run: Run, drawn: torch.Tensor, texts: list[str]) -> float:
    """The share of pictures that CLIP finds nearer to their own prompt than to the next one's."""
    device = run.machine.device
    clip, tower = load_clip(run.work, device), load_text(run.work, device)
    ids = encode(load_tokenizer(run.work), texts).to(device)
    told = torch.cat([embed_texts(tower, part) for part in ids.split(100)])
    shown = torch.cat([embed_pictures(clip, part) for part in drawn.split(100)])
    own, other = (shown * told).sum(1), (shown * told.roll(1, 0)).sum(1)
    return round((own > other).float().mean().item(), 4)


def main(argv: list[str]) -> None:
    parser = make_parser("evaluate", __doc__)
    parser.add_argument("--pictures", type=int, default=300)
    parser.add_argument("--guidance", type=float, default=GUIDANCE)
    run = parse_run(parser, argv, batch={"small": 50, "base": 250})
    machine, size = run.machine, PICTURE[run.size]
    test = open_drawings(run.data / "test", size, limit=2 * run.options.pictures)
    train_pictures = Pictures(open_drawings(run.data / "train", size), machine.device)
    classifier, heads = load_classifier(run.work, machine.device)
    real = features(classifier, Pictures(test, machine.device), machine)
    known = features(classifier, train_pictures, machine)
    # The first half asks; the second half is what drawn pictures are compared with.
    count = min(run.options.pictures, len(test) // 2)
    lines = test.lines[:count]
    texts = [line[LANGUAGES[i % 2]][0] for i, line in enumerate(lines)]
    # What a prompt does not tell of its drawing was not asked for.
    wanted = answers([{"kind": line["kind"], "record": line["told"]} for line in lines], heads)
    for name, steps in (("unet", 20), ("lcm", 4)):
        if not (run.work / name / "checkpoint.pt").exists():
            continue
        drawn = draw(run, name, texts, steps, run.options.guidance)
        shown = features(classifier, Drawn(drawn), machine)
        numbers = {"pictures": count, "steps": steps, "guidance": run.options.guidance}
        numbers |= following(heads, judge(classifier, Drawn(drawn), machine), wanted)
        numbers["matches its prompt"] = matching(run, drawn, texts)
        numbers["distance"] = round(frechet(shown, real[count:]), 3)
        numbers["distance of real ones"] = round(frechet(real[:count], real[count:]), 3)
        (run.folder(name) / "quality.json").write_text(json.dumps(numbers, indent=2, ensure_ascii=False) + "\n")
        print(json.dumps(numbers, ensure_ascii=False))
        nearest = torch.cdist(shown[:16], known).argmin(1)
        rows = torch.cat([drawn[:16], train_pictures.batch(nearest)])
        save_sheet(run.folder(name) / "nearest.png", rows, 16)
