"""Whole trajectories of the reference samplers, for tests/unit/engine-schedulers-golden.test.ts.

The model is a formula both sides compute in double and round to float32 (`toy`). Stored per case: sigmas, timesteps,
the start and the latent after every step, in the scheduler's own scale. Needs torch, diffusers, k-diffusion,
torchsde. Run by hand:

    python tests/golden/schedulers/make.py && npx biome check --write tests/golden/schedulers
"""

import json
import math
import pathlib
import sys
import types
from importlib.metadata import version

import numpy as np
import torch

# k-diffusion imports CLIP for its evaluation, which is not used here and may not load.
sys.modules["clip"] = types.ModuleType("clip")
import diffusers
from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    DPMSolverSDEScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
    LCMScheduler,
    UniPCMultistepScheduler,
)
from k_diffusion import external, sampling

SHAPE = [1, 4, 2, 2]
SEED = 7
START_SEED = 1
# Published scheduler configurations, in the fields that matter.
BETAS = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear", "num_train_timesteps": 1000}
SD15 = {**BETAS, "prediction_type": "epsilon", "steps_offset": 1, "set_alpha_to_one": False}
SD2V = {**BETAS, "prediction_type": "v_prediction", "steps_offset": 1, "set_alpha_to_one": False}
TURBO = {**BETAS, "prediction_type": "epsilon", "steps_offset": 1, "timestep_spacing": "trailing"}
LCM = {**BETAS, "prediction_type": "epsilon", "steps_offset": 0, "set_alpha_to_one": True}


def numbers(values):
    return [float(f"{float(value):.9g}") for value in np.asarray(values, dtype=np.float64).reshape(-1)]


def toy(x, t):
    """The model: float32 in and out, double inside."""
    x = x.double()
    return (0.7 * x + 0.3 * torch.tanh(2 * x) + 0.05 * math.sin(0.01 * float(t))).float()


def start_noise():
    return torch.randn(SHAPE, generator=torch.Generator().manual_seed(START_SEED))


CURVES = {"normal": {}, "karras": {"use_karras_sigmas": True}, "exponential": {"use_exponential_sigmas": True}, "sgm-uniform": {"timestep_spacing": "trailing"}}
OWN_FIELDS = {
    EulerAncestralDiscreteScheduler: ["set_alpha_to_one"],
    EulerDiscreteScheduler: ["set_alpha_to_one"],
    HeunDiscreteScheduler: ["set_alpha_to_one"],
    DPMSolverMultistepScheduler: ["set_alpha_to_one"],
    DPMSolverSDEScheduler: ["set_alpha_to_one"],
    UniPCMultistepScheduler: ["set_alpha_to_one"],
}


def build(cls, config, curve, extra):
    fields = {**config, **CURVES[curve], **extra}
    for name in OWN_FIELDS.get(cls, []):
        fields.pop(name, None)
    if cls in (DDIMScheduler, LCMScheduler):
        fields["clip_sample"] = False
    if cls is DPMSolverSDEScheduler:
        fields["noise_sampler_seed"] = SEED
    return cls(**fields)


def diffusers_case(sampler, cls, config, steps, curve="normal", extra={}, eta=None, strength=None):
    scheduler = build(cls, config, curve, extra)
    scheduler.set_timesteps(steps)
    generator = torch.Generator().manual_seed(SEED)
    timesteps, order = scheduler.timesteps, scheduler.order
    noise = start_noise()
    if strength is None:
        x = noise * scheduler.init_noise_sigma
    else:
        first = max(steps - min(int(steps * strength), steps), 0) * order
        timesteps = timesteps[first:]
        if hasattr(scheduler, "set_begin_index"):
            scheduler.set_begin_index(first)
        x0 = torch.linspace(-1, 1, math.prod(SHAPE)).reshape(SHAPE)
        x = scheduler.add_noise(x0, noise, timesteps[:1])
    case = {"convention": "diffusers", "sampler": sampler, "config": config, "schedule": curve, "steps": steps}
    case |= {name: value for name, value in (("eta", eta), ("strength", strength)) if value is not None}
    case["start"], case["path"] = numbers(x), []
    for i, t in enumerate(timesteps):
        out = toy(scheduler.scale_model_input(x, t), t)
        options = {"eta": eta} if eta is not None else {}
        if cls not in (HeunDiscreteScheduler, UniPCMultistepScheduler, DPMSolverSDEScheduler):
            options["generator"] = generator
        x = scheduler.step(out, t, x, **options).prev_sample
        if order == 1 or i % 2 == 0 and i == len(timesteps) - 1 or i % 2 == 1:
            case["path"].append(numbers(x))
    if hasattr(scheduler, "sigmas") and cls is not LCMScheduler:
        sigmas = scheduler.sigmas if order == 1 else torch.cat([scheduler.sigmas[:1], scheduler.sigmas[1::2]])
        case["sigmas"] = numbers(sigmas)
    case["timesteps"] = numbers(scheduler.timesteps if order == 1 else scheduler.timesteps[::2])
    return case


def compvis_alphas():
    """The table of the original training code, which A1111 reads from it."""
    betas = torch.linspace(0.00085**0.5, 0.012**0.5, 1000, dtype=torch.float64).numpy() ** 2
    return torch.tensor(np.cumprod(1 - betas, axis=0), dtype=torch.float32)


def denoiser(prediction):
    base = external.DiscreteVDDPMDenoiser if prediction == "v_prediction" else external.DiscreteEpsDDPMDenoiser
    return base(lambda x, t: toy(x, t), compvis_alphas(), quantize=False)


def k_sigmas(model, curve, n):
    low, high = model.sigmas[0].item(), model.sigmas[-1].item()
    if curve == "normal":
        return model.get_sigmas(n)
    if curve == "karras":
        return sampling.get_sigmas_karras(n, low, high)
    if curve == "exponential":
        return sampling.get_sigmas_exponential(n, low, high)
    ends = model.sigma_to_t(torch.tensor(high)), model.sigma_to_t(torch.tensor(low))
    return torch.tensor([model.t_to_sigma(t) for t in torch.linspace(*ends, n + 1)[:-1]] + [0.0])


def k_case(sampler, function, steps, curve="normal", config=SD15, brownian=False, eta=None):
    model = denoiser(config["prediction_type"])
    sigmas = k_sigmas(model, curve, steps)
    x = start_noise() * sigmas[0]
    generator = torch.Generator().manual_seed(SEED)
    case = {"convention": "k-diffusion", "sampler": sampler, "config": config, "schedule": curve, "steps": steps}
    case |= {"eta": eta} if eta is not None else {}
    case |= {"brownian": True} if brownian else {}
    case["start"], case["path"] = numbers(x), []
    options = {"eta": eta} if eta is not None else {}
    if brownian:
        positive = sigmas[sigmas > 0]
        options["noise_sampler"] = sampling.BrownianTreeNoiseSampler(x, positive.min(), sigmas.max(), seed=[SEED])
    elif function in (sampling.sample_euler_ancestral, sampling.sample_dpmpp_2m_sde, sampling.sample_dpmpp_sde):
        options["noise_sampler"] = lambda *_: torch.randn(SHAPE, generator=generator)
    seen = []
    result = function(model, x, sigmas, callback=lambda at: seen.append(at["x"]), disable=True, **options)
    # The callback sees the latent before its step.
    case["path"] = [numbers(latent) for latent in [*seen[1:], result]]
    case["sigmas"] = numbers(sigmas)
    case["timesteps"] = numbers(model.sigma_to_t(sigmas[:-1]))
    return case


def cases():
    yield diffusers_case("euler", EulerDiscreteScheduler, SD15, 8)
    yield diffusers_case("euler", EulerDiscreteScheduler, {**SD15, "timestep_spacing": "leading"}, 8)
    yield diffusers_case("euler", EulerDiscreteScheduler, SD15, 12, "sgm-uniform")
    yield diffusers_case("euler", EulerDiscreteScheduler, SD15, 8, "karras")
    yield diffusers_case("euler", EulerDiscreteScheduler, {**SD15, "timestep_spacing": "leading"}, 8, "exponential")
    yield diffusers_case("euler", EulerDiscreteScheduler, SD2V, 8)
    yield diffusers_case("euler", EulerDiscreteScheduler, {**SD2V, "rescale_betas_zero_snr": True}, 6, "sgm-uniform")
    yield diffusers_case("euler", EulerDiscreteScheduler, {**SD15, "prediction_type": "sample"}, 6)
    yield diffusers_case("euler", EulerDiscreteScheduler, {**SD15, "beta_schedule": "linear"}, 6)
    yield diffusers_case("euler", EulerDiscreteScheduler, {**SD15, "beta_schedule": "squaredcos_cap_v2"}, 6)
    yield diffusers_case("euler", EulerDiscreteScheduler, TURBO, 1)
    yield diffusers_case("euler", EulerDiscreteScheduler, TURBO, 4)
    yield diffusers_case("euler", EulerDiscreteScheduler, SD15, 10, strength=0.55)
    yield diffusers_case("euler-a", EulerAncestralDiscreteScheduler, SD15, 8)
    yield diffusers_case("euler-a", EulerAncestralDiscreteScheduler, {**SD2V, "timestep_spacing": "leading"}, 8)
    yield diffusers_case("heun", HeunDiscreteScheduler, SD15, 6)
    yield diffusers_case("heun", HeunDiscreteScheduler, SD2V, 6, "karras")
    yield diffusers_case("heun", HeunDiscreteScheduler, SD15, 6, strength=0.5)
    for curve in CURVES:
        yield diffusers_case("dpmpp-2m", DPMSolverMultistepScheduler, SD15, 8, curve)
    yield diffusers_case("dpmpp-2m", DPMSolverMultistepScheduler, {**SD2V, "timestep_spacing": "leading"}, 16)
    yield diffusers_case("dpmpp-2m", DPMSolverMultistepScheduler, SD15, 10, strength=0.7)
    sde = {"algorithm_type": "sde-dpmsolver++"}
    yield diffusers_case("dpmpp-2m-sde", DPMSolverMultistepScheduler, SD15, 8, extra=sde)
    yield diffusers_case("dpmpp-2m-sde", DPMSolverMultistepScheduler, SD2V, 8, "karras", extra=sde)
    yield diffusers_case("dpmpp-sde", DPMSolverSDEScheduler, SD15, 6) | {"brownian": True}
    yield diffusers_case("dpmpp-sde", DPMSolverSDEScheduler, SD2V, 6, "karras") | {"brownian": True}
    for curve in CURVES:
        yield diffusers_case("unipc", UniPCMultistepScheduler, SD15, 8, curve)
    yield diffusers_case("unipc", UniPCMultistepScheduler, {**SD2V, "timestep_spacing": "leading"}, 12)
    yield diffusers_case("unipc", UniPCMultistepScheduler, SD15, 10, strength=0.7)
    yield diffusers_case("ddim", DDIMScheduler, SD15, 8)
    yield diffusers_case("ddim", DDIMScheduler, SD15, 12, "sgm-uniform")
    yield diffusers_case("ddim", DDIMScheduler, {**SD2V, "timestep_spacing": "linspace"}, 8)
    yield diffusers_case("ddim", DDIMScheduler, {**SD15, "set_alpha_to_one": True}, 8, eta=1.0)
    yield diffusers_case("ddim", DDIMScheduler, SD2V, 8, eta=0.4)
    yield diffusers_case("ddim", DDIMScheduler, SD15, 10, strength=0.5)
    yield diffusers_case("lcm", LCMScheduler, LCM, 4)
    yield diffusers_case("lcm", LCMScheduler, LCM, 7)
    yield diffusers_case("lcm", LCMScheduler, {**LCM, "prediction_type": "v_prediction"}, 1)
    yield diffusers_case("lcm", LCMScheduler, LCM, 8, strength=0.5)
    # Down to timestep 19, where c_skip is no longer lost in rounding.
    yield diffusers_case("lcm", LCMScheduler, LCM, 50, strength=0.06)

    for curve in CURVES:
        yield k_case("euler", sampling.sample_euler, 8, curve)
        yield k_case("dpmpp-2m", sampling.sample_dpmpp_2m, 8, curve)
    yield k_case("euler", sampling.sample_euler, 8, config=SD2V)
    yield k_case("euler-a", sampling.sample_euler_ancestral, 8)
    yield k_case("euler-a", sampling.sample_euler_ancestral, 8, "karras", eta=0.5)
    yield k_case("heun", sampling.sample_heun, 6)
    yield k_case("heun", sampling.sample_heun, 6, "karras", config=SD2V)
    yield k_case("dpmpp-2m-sde", sampling.sample_dpmpp_2m_sde, 8, "karras")
    yield k_case("dpmpp-2m-sde", sampling.sample_dpmpp_2m_sde, 8, "exponential", brownian=True)
    yield k_case("dpmpp-2m-sde", sampling.sample_dpmpp_2m_sde, 8, eta=0.0)
    yield k_case("dpmpp-sde", sampling.sample_dpmpp_sde, 6, "karras")
    yield k_case("dpmpp-sde", sampling.sample_dpmpp_sde, 6, "sgm-uniform", config=SD2V, brownian=True)
    yield k_case("dpmpp-sde", sampling.sample_dpmpp_sde, 6, "karras", eta=0.5)


def spacings():
    """Checksums Σ (i + 1)·t_i of whole timesteps, for 2 to 200 steps.

    Of the n steps asked for: at some n (61, 103, …) numpy.arange's rounding has `trailing` add one more, at t = -1.
    """
    for name, cls, spacing in [
        ("ddim", DDIMScheduler, "leading"),
        ("ddim", DDIMScheduler, "linspace"),
        ("ddim", DDIMScheduler, "trailing"),
        ("multistep", DPMSolverMultistepScheduler, "leading"),
        ("multistep", DPMSolverMultistepScheduler, "linspace"),
        ("multistep", DPMSolverMultistepScheduler, "trailing"),
        ("lcm", LCMScheduler, "leading"),
    ]:
        scheduler = build(cls, {**SD15, "steps_offset": 0, "timestep_spacing": spacing}, "normal", {})
        sums = []
        for n in range(2, 51 if name == "lcm" else 201):
            scheduler.set_timesteps(n)
            sums.append(sum((i + 1) * int(t) for i, t in enumerate(scheduler.timesteps[:n])))
        yield {"family": name, "spacing": spacing, "from": 2, "sums": sums}


def tables():
    """ᾱ at every 37th timestep, exactly, in both arithmetics."""
    for config in [SD15, {**SD15, "beta_schedule": "linear"}, {**SD15, "beta_schedule": "squaredcos_cap_v2"}, {**SD15, "rescale_betas_zero_snr": True}]:
        bars = build(EulerDiscreteScheduler, config, "normal", {}).alphas_cumprod
        yield {"config": config, "arithmetic": "float32", "every": 37, "values": numbers(bars[::37]), "last": float(bars[-1]), "sum": float(bars.double().sum())}
    bars = compvis_alphas()
    yield {"config": SD15, "arithmetic": "float64", "every": 37, "values": numbers(bars[::37]), "last": float(bars[-1]), "sum": float(bars.double().sum())}


golden = {
    "made_with": {name: version(name) for name in ("torch", "diffusers", "k-diffusion", "torchsde", "numpy")},
    "shape": SHAPE,
    "seed": SEED,
    "startSeed": START_SEED,
    "tables": list(tables()),
    "spacings": list(spacings()),
    "cases": list(cases()),
}
path = pathlib.Path(__file__).with_name("golden.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(path, path.stat().st_size, "bytes", len(golden["cases"]), "cases")
