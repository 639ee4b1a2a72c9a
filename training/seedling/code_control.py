"""
How the ControlNet for codes learns: as it is used, by drawing modules into pictures that are there, in few steps.

Noised pictures that hold their modules tell the UNet of them. A ControlNet that learns from these alone has little to say,
and the longer it learns, the less it says: 24 minutes of it were followed better than 58. So half of the pictures are noised
without their modules, and the UNet is the one that draws in few steps: where it sees no module and the hint has one, the
finished picture is to have it.
"""

import torch

from .diffusion import Schedule
from .hints import woven
from .lcm import GUIDANCE_RANGE, ORIGINAL_STEPS, STRIDE, finished, lcm_timesteps
from .unet import GUIDANCE

# Modules to a side: of 4 to 8 pixels, most as large as the studio has them drawn.
MODULES = (16, 18, 20, 21, 25, 29)
# Beyond this part of the way so little is left of a picture that its modules alone are to be learnt, not all the rest.
FARTHEST = 0.8
# Share of the pictures that are noised without their modules.
WITHOUT = 0.5


def weave(pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """:returns: the pictures with modules, in [−1, 1], and the modules, in [0, 1]; both [n, 3, side, side]."""
    return woven(pictures, MODULES[torch.randint(len(MODULES), (1,)).item()])


def loss(unet, schedule: Schedule, vae, pictures: torch.Tensor, latents: torch.Tensor, states: torch.Tensor, machine):
    """
    How far what is told at one random step a sample is from the picture with its modules.
    :param unet: as `controlled`'s, called with the hints behind the states.
    :param pictures: float32 [n, 3, side, side] in [−1, 1]; `latents` are theirs.
    :returns: the loss, weighted by the signal that is left, and the plain mean square error, scalars.
    """
    count, device = len(latents), latents.device
    with torch.no_grad(), machine.autocast():
        wanted, hints = weave(pictures)
        aim = vae.encode(wanted).latents.float()
    is_without = (torch.rand(count, device=device) < WITHOUT)[:, None, None, None]
    t = (torch.randint(int(ORIGINAL_STEPS * FARTHEST), (count,), device=device) + 1) * STRIDE - 1
    scale = torch.empty(count, device=device).uniform_(*GUIDANCE_RANGE)
    x = schedule.noisy(torch.where(is_without, latents, aim), torch.randn_like(latents), t)
    with machine.autocast():
        told = finished(lambda *about, **options: unet(*about, hints, **options), schedule, x, t, states, scale)
    errors = (told - aim).square().mean((1, 2, 3))
    return (schedule.alpha_bar[t].sqrt() * errors).mean(), errors.mean()


@torch.no_grad()
def draw_into(unet, schedule: Schedule, latents: torch.Tensor, states: torch.Tensor) -> torch.Tensor:
    """What is made of pictures that are there in the last three of four steps, as the studio does."""
    scale = torch.full((len(latents),), GUIDANCE, device=latents.device)
    for at in lcm_timesteps(4)[1:]:
        t = torch.full((len(latents),), at, device=latents.device)
        x = schedule.noisy(latents, torch.randn_like(latents), t)
        latents = finished(unet, schedule, x, t, states, scale)
    return latents
