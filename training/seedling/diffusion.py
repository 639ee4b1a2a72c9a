"""
Diffusion on latents: what is added, what is predicted, how pictures are drawn.

v-prediction (arXiv:2202.00512) on Stable Diffusion's noise schedule, rescaled so that the last step holds no signal
(arXiv:2305.08891): flat drawings have large even grounds, whose brightness a remnant of signal would give away, so that
plain noise would always be drawn to a middle grey. With no signal left the noise cannot be told from the input, but the
velocity still can.
"""

from dataclasses import dataclass

import torch
from diffusers import DDIMScheduler

# Also what is exported as scheduler_config.json.
SCHEDULER = {
    "num_train_timesteps": 1000,
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "prediction_type": "v_prediction",
    "rescale_betas_zero_snr": True,
    "timestep_spacing": "trailing",
    "clip_sample": False,
    "set_alpha_to_one": True,
    "steps_offset": 1,
}
# Of arXiv:2303.09556.
MIN_SNR_GAMMA = 5
# Share of the timesteps that are drawn evenly, so that the first and the last are met, too; the others lie about the
# middle of the way, where most is to be learnt (arXiv:2403.03206).
EVENLY = 0.25


@dataclass(frozen=True)
class Schedule:
    """:ivar alpha_bar: float32 [1000], the signal's share of the variance; 0 at the last timestep."""

    alpha_bar: torch.Tensor

    def rates(self, t: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """:param t: int64 [n]. :returns: √ᾱ and √(1 − ᾱ), [n, 1, 1, 1]."""
        bar = self.alpha_bar[t][:, None, None, None]
        return bar.sqrt(), (1 - bar).sqrt()

    def noisy(self, latents: torch.Tensor, noise: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        signal, sigma = self.rates(t)
        return signal * latents + sigma * noise

    def velocity(self, latents: torch.Tensor, noise: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        signal, sigma = self.rates(t)
        return signal * noise - sigma * latents

    def split(self, x: torch.Tensor, velocity: torch.Tensor, t: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """:returns: the clean latents and the noise that a velocity stands for."""
        signal, sigma = self.rates(t)
        return signal * x - sigma * velocity, sigma * x + signal * velocity

    def weight(self, t: torch.Tensor) -> torch.Tensor:
        """
        min-SNR, for velocities: min(SNR + 1, γ) / (SNR + 1) = min(1, γ·(1 − ᾱ)). The 1 is there because a velocity's
        error weighs as SNR + 1 of the latents' would; without it nothing were learnt where no signal is left.
        """
        return (MIN_SNR_GAMMA * (1 - self.alpha_bar[t])).clamp(max=1)


def make_schedule(device: torch.device | str = "cpu") -> Schedule:
    return Schedule(DDIMScheduler(**SCHEDULER).alphas_cumprod.to(device))


def draw_timesteps(count: int, device) -> torch.Tensor:
    """:returns: int64 [count], in 0 … 999: a part evenly, the rest logit-normal about 500."""
    evenly = torch.rand(count, device=device)
    middle = torch.randn(count, device=device).sigmoid()
    chosen = torch.where(torch.rand(count, device=device) < EVENLY, evenly, middle)
    return (chosen * 1000).long().clamp(max=999)


def velocity_loss(predict, schedule: Schedule, latents: torch.Tensor, machine) -> tuple[torch.Tensor, torch.Tensor]:
    """
    How wrong a network is about the velocity at one random timestep a sample.
    :param predict: (x, t int64 [n]) → velocity; called in the machine's precision.
    :returns: the weighted loss and the plain mean square error, scalars.
    """
    noise = torch.randn_like(latents)
    t = draw_timesteps(len(latents), latents.device)
    with machine.autocast():
        told = predict(schedule.noisy(latents, noise, t), t)
    errors = (told.float() - schedule.velocity(latents, noise, t)).square().mean((1, 2, 3))
    return (schedule.weight(t) * errors).mean(), errors.mean()


def ddim_timesteps(steps: int) -> list[int]:
    """Trailing: from the last timestep on, evenly down."""
    return [round(1000 - i * 1000 / steps) - 1 for i in range(steps)]


@torch.no_grad()
def sample_ddim(predict, schedule: Schedule, noise: torch.Tensor, steps: int) -> torch.Tensor:
    """
    η = 0 (arXiv:2010.02502).
    :param predict: (x, t int64 [n]) → velocity.
    :returns: clean latents, shape of `noise`.
    """
    x = noise
    timesteps = ddim_timesteps(steps)
    for t, following in zip(timesteps, [*timesteps[1:], None]):
        here = torch.full((len(x),), t, device=x.device)
        clean, eps = schedule.split(x, predict(x, here).float(), here)
        x = clean if following is None else schedule.noisy(clean, eps, torch.full_like(here, following))
    return x


def guided(unet, states: torch.Tensor, empty: torch.Tensor, scale: float, **options):
    """
    Classifier-free guidance (arXiv:2207.12598) as a function for `sample_ddim`.
    :param states: [n, 77, width]; `empty` [77, width]: the empty prompt's.
    """
    both = torch.cat([empty.expand_as(states), states])

    def predict(x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        told = unet(torch.cat([x, x]), torch.cat([t, t]), both, **options).sample.float()
        without, with_prompt = told.chunk(2)
        return without + scale * (with_prompt - without)

    return predict
