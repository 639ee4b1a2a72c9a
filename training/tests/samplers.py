"""
Our samplers against diffusers' schedulers, on a network of random weights: `python training/tests/samplers.py`.
Guidance 1 of the consistency model's embedding included. Largest difference allowed: 1e-4.
"""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diffusers import DDIMScheduler, LCMScheduler  # noqa: E402
from diffusers.pipelines.latent_consistency_models.pipeline_latent_consistency_text2img import (  # noqa: E402
    LatentConsistencyModelPipeline,
)

from seedling.diffusion import SCHEDULER, make_schedule, sample_ddim  # noqa: E402
from seedling.lcm import ORIGINAL_STEPS, guidance_embedding, lcm_timesteps, sample_lcm  # noqa: E402


class Toy(torch.nn.Module):
    """A network that looks at all it is given."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(4, 4, 3, 1, 1)

    def forward(self, x, t, states, timestep_cond=None):
        shift = t.float().reshape(-1, 1, 1, 1) / 1000 + timestep_cond.mean(1).reshape(-1, 1, 1, 1)
        return type("Told", (), {"sample": self.conv(x).tanh() + shift})


def main() -> None:
    torch.manual_seed(1)
    network, schedule = Toy().requires_grad_(False), make_schedule()
    noise, scale = torch.randn(2, 4, 16, 16), torch.full((2,), 3.0)
    condition = guidance_embedding(scale)
    reference = LatentConsistencyModelPipeline.get_guidance_scale_embedding(None, scale - 1, embedding_dim=256)
    assert (condition - reference).abs().max() < 1e-4

    def told(x, t):
        return network(x, torch.as_tensor(t).expand(len(x)), None, condition).sample

    ddim = DDIMScheduler(**SCHEDULER)
    ddim.set_timesteps(20)
    x = noise
    for t in ddim.timesteps:
        x = ddim.step(told(x, t), t, x).prev_sample
    print("ddim", (x - sample_ddim(told, schedule, noise, 20)).abs().max().item())
    assert torch.allclose(x, sample_ddim(told, schedule, noise, 20), atol=1e-4)

    lcm = LCMScheduler(**SCHEDULER, original_inference_steps=ORIGINAL_STEPS)
    lcm.set_timesteps(4)
    assert lcm.timesteps.tolist() == lcm_timesteps(4), lcm.timesteps
    generator, x = torch.Generator().manual_seed(1), noise
    for t in lcm.timesteps:
        x = lcm.step(told(x, t), t, x, generator=generator).prev_sample
    ours = sample_lcm(network, schedule, noise, None, 4, 3.0, seed=1)
    print("lcm", (x - ours).abs().max().item())
    assert torch.allclose(x, ours, atol=1e-4)


main()
