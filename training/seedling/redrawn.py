"""What the distilled UNet makes of latents in its last step: decoder and upscaler are to draw well from that."""

import torch

from .captions import pick, read_captions
from .command import Run
from .diffusion import make_schedule
from .drawings import LANGUAGES
from .lcm import finished
from .text import load_text
from .tokenizer import load_tokenizer
from .unet import GUIDANCE, load_unet

# Timesteps about the last of four.
LAST_STEP = (60, 360)


class Redrawn:
    def __init__(self, run: Run, lines: list[dict]):
        device = run.machine.device
        self.unet = run.machine.place(load_unet(run.work, "lcm"))
        self.tower, self.schedule = load_text(run.work, device), make_schedule(device)
        self.captions = read_captions(lines, load_tokenizer(run.work), 1)

    @torch.no_grad()
    def __call__(self, latents: torch.Tensor, indices: torch.Tensor) -> torch.Tensor:
        """:param latents: [n, 4, h, w]; `indices` int64 [n]: whose they are. :returns: float32, of the same shape."""
        device, count = latents.device, len(latents)
        rows = pick(self.captions.of[LANGUAGES[torch.randint(len(LANGUAGES), ()).item()]], indices)
        states = self.tower(input_ids=self.captions.ids[rows].long().to(device)).last_hidden_state
        t = torch.randint(*LAST_STEP, (count,), device=device)
        noisy = self.schedule.noisy(latents.float(), torch.randn_like(latents, dtype=torch.float32), t)
        return finished(self.unet, self.schedule, noisy, t, states, torch.full((count,), GUIDANCE, device=device))


def open_redrawn(run: Run, lines: list[dict]) -> Redrawn | None:
    """:param lines: the drawings', for their captions. :returns: None while no UNet is distilled."""
    return Redrawn(run, lines) if (run.work / "lcm" / "checkpoint.pt").exists() else None
