"""
`blend`: the distilled UNet halfway between what it was before it was rewarded and what it became.

Rewards are answered with what they ask for and, after a while, with grain that only the reader takes for it. Between both
sets of weights most of the first is there and little of the second (arXiv:2109.01903, arXiv:2406.16768).
"""

from pathlib import Path

from .checkpoints import require_checkpoint, save_checkpoint
from .command import make_parser, parse_run


def main(argv: list[str]) -> None:
    parser = make_parser("blend", __doc__)
    parser.add_argument("--before", type=Path, required=True, help="work folder with the UNet before it was rewarded")
    parser.add_argument("--share", type=float, default=0.5, help="of what it became, 0 to 1")
    run = parse_run(parser, argv)
    before = require_checkpoint(run.options.before, "lcm")["average"]["weights"]
    after = require_checkpoint(run.work, "lcm")
    weights = after["average"]["weights"]
    for name, tensor in weights.items():
        if tensor.is_floating_point():
            tensor.lerp_(before[name], 1 - run.options.share)
    kept = {name: after[name] for name in ("facts", "progress")}
    average = {"updates": 0, "weights": weights}
    # The optimiser's state belongs to neither.
    state = {**kept, "blended": True, "model": weights, "average": average}
    save_checkpoint(run.folder("lcm") / "checkpoint.pt", state)
