"""What all commands have in common: their options."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch

from .machine import Machine, find_machine


@dataclass(frozen=True)
class Run:
    """One call of a command."""

    work: Path
    data: Path
    size: str
    seed: int
    machine: Machine
    # None: until `steps` are done.
    minutes: float | None
    steps: int
    batch: int
    rate: float
    checkpoint_minutes: float
    options: argparse.Namespace

    def folder(self, name: str) -> Path:
        path = self.work / name
        path.mkdir(parents=True, exist_ok=True)
        return path


def make_parser(command: str, about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m seedling {command}", description=about)
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints, logs and sheets")
    parser.add_argument("--data", type=Path, help="folder with drawings in train/ and test/; WORK/data unless told")
    parser.add_argument("--size", choices=("small", "base"), default="small", help="small: CPU, 128²; base: GPU, 256²")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--precision", choices=("auto", "bf16", "fp32"), default="auto")
    parser.add_argument("--compile", choices=("auto", "yes", "no"), default="auto")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="stop after this long, keeping a checkpoint to go on from")
    parser.add_argument("--steps", type=int, help="steps in all, over all runs; the last fifth lowers the rate to 0")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float, help="learning rate")
    parser.add_argument("--checkpoint-minutes", type=float, default=5)
    return parser


def parse_run(parser: argparse.ArgumentParser, argv: list[str], *, steps=1, batch=32, rate=1e-3) -> Run:
    """:param steps, batch, rate: what holds where the command line does not say it; one value, or one a size."""
    options = parser.parse_args(argv)
    of_size = lambda value: value[options.size] if isinstance(value, dict) else value
    torch.manual_seed(options.seed)
    return Run(
        work=options.work,
        data=options.data or options.work / "data",
        size=options.size,
        seed=options.seed,
        machine=find_machine(options.device, options.precision, options.compile),
        minutes=options.minutes,
        steps=options.steps or of_size(steps),
        batch=options.batch or of_size(batch),
        rate=options.rate or of_size(rate),
        checkpoint_minutes=options.checkpoint_minutes,
        options=options,
    )
