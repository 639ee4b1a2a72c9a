"""
`latents`: encodes the training set once, so that the UNet's steps read what never changes.

`latents.bin` float16 [drawings, 4, side/8, side/8]; `states.bin` float16 [1 + captions, 77, width]: the text
encoder's states behind its last norm, of the empty prompt first.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .captions import encode, read_captions
from .checkpoints import require_checkpoint
from .command import make_parser, parse_run
from .drawings import LANGUAGES, Pictures, open_drawings
from .presets import PICTURE
from .text import load_text
from .tokenizer import load_tokenizer
from .vae import load_vae


@dataclass(frozen=True)
class Encoded:
    """
    :ivar latents: float16 [n, 4, h, w]; `states` float16 [texts, 77, width], the empty prompt's first.
    :ivar rows: int64 [n, variants]: which states belong to a drawing, in both languages.
    """

    latents: torch.Tensor
    states: torch.Tensor
    rows: torch.Tensor

    def to(self, device: torch.device) -> "Encoded":
        """On a GPU all of it is resident; on a CPU the files stay mapped."""
        if device.type == "cpu":
            return self
        return Encoded(*(each.to(device) for each in (self.latents, self.states, self.rows)))


def _map(path: Path, shape: list[int]) -> torch.Tensor:
    # Mapped copy-on-write, as torch wants its tensors writable; nothing writes.
    return torch.from_numpy(np.memmap(path, np.float16, "c", shape=tuple(shape)))


def open_encoded(work: Path) -> Encoded:
    folder = work / "latents"
    if not (folder / "rows.npy").exists():
        raise FileNotFoundError(f"{folder} is not complete: run `python -m seedling latents` first")
    facts = json.loads((folder / "shapes.json").read_text())
    if facts["made_by"] != _steps(work):
        raise ValueError(f"{folder} was made by other weights of the VAE or the text tower: run `python -m seedling latents` again")
    shapes = facts["shapes"]
    tensors = [_map(folder / f"{name}.bin", shapes[name]) for name in ("latents", "states")]
    return Encoded(*tensors, torch.from_numpy(np.load(folder / "rows.npy")))


def fill(path: Path, shape: list[int], make, chunk: int) -> None:
    """Appends what is missing: `make(start, end)` gives rows; a run that was killed goes on behind its last row."""
    row_bytes = int(np.prod(shape[1:])) * 2
    done = path.stat().st_size // row_bytes if path.exists() else 0
    with open(path, "ab") as file:
        file.truncate(done * row_bytes)
        for start in range(done, shape[0], chunk):
            rows = make(start, min(shape[0], start + chunk))
            file.write(rows.half().cpu().contiguous().numpy().tobytes())
            if start // chunk % 50 == 0:
                print(json.dumps({"file": path.name, "rows": start, "of": shape[0]}), flush=True)


def main(argv: list[str]) -> None:
    parser = make_parser("latents", __doc__)
    parser.add_argument("--variants", type=int, help="captions of a drawing in each language; 1 (small), all (base)")
    # On a CPU, what fits its cache: 12 pictures at a time are encoded twice as fast as 64.
    run = parse_run(parser, argv, batch={"small": 12, "base": 256})
    machine, folder = run.machine, run.folder("latents")
    tokenizer = load_tokenizer(run.work)
    drawings = open_drawings(run.data / "train", PICTURE[run.size])
    # A caption's states take 39 KB, and on a CPU a while: another wording of the same drawing is not worth that.
    captions = read_captions(drawings.lines, tokenizer, run.options.variants or {"small": 1, "base": None}[run.size])
    pictures = Pictures(drawings, machine.device)
    vae, tower = load_vae(run.work, machine.device), load_text(run.work, machine.device)
    ids = torch.cat([encode(tokenizer, [""]).int(), captions.ids])
    side = PICTURE[run.size] // 8
    width = tower.config.hidden_size
    shapes = {"latents": [len(drawings), vae.config.latent_channels, side, side], "states": [len(ids), 77, width]}
    facts = {"shapes": shapes, "made_by": _steps(run.work)}
    start_over_unless(folder, facts, ["latents.bin", "states.bin", "rows.npy"])

    @torch.no_grad()
    def make_latents(start: int, end: int) -> torch.Tensor:
        with machine.autocast():
            return vae.encode(pictures.batch(torch.arange(start, end))).latents

    @torch.no_grad()
    def make_states(start: int, end: int) -> torch.Tensor:
        with machine.autocast():
            return tower(input_ids=ids[start:end].long().to(machine.device)).last_hidden_state

    fill(folder / "latents.bin", shapes["latents"], make_latents, run.batch)
    fill(folder / "states.bin", shapes["states"], make_states, 4 * run.batch)
    # Row 0 is the empty prompt.
    rows = torch.cat([captions.of[language] for language in LANGUAGES], 1) + 1
    np.save(folder / "rows.npy", rows.numpy())
    print(json.dumps({"encoded": shapes}))


def _steps(work: Path) -> dict[str, int]:
    """How far the networks are trained whose outputs lie here."""
    return {name: require_checkpoint(work, name)["progress"]["step"] for name in ("vae", "text")}


def start_over_unless(folder: Path, facts: dict, files: list[str]) -> None:
    """What other weights or other drawings made is thrown away."""
    path = folder / "shapes.json"
    if path.exists() and json.loads(path.read_text()) == facts:
        return
    for name in files:
        (folder / name).unlink(missing_ok=True)
    path.write_text(json.dumps(facts, indent=2) + "\n")
