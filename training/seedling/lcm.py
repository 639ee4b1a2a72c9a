"""
`lcm`: the UNet distilled to a few steps, guidance included: latent consistency distillation (arXiv:2310.04378).

The student learns to tell the finished latents from any point of the way that the guided teacher would take: its answer
at one timestep is to be its own answer one of 50 DDIM steps further on. How strongly it is guided it is told by an
embedding beside the timestep's, `time_cond_proj_dim` in diffusers.

A teacher's mistakes are learnt with everything else. So a reader of latents (reader.py) looks at every answer, and what the
prompt asked for and cannot be seen there is a loss, too (arXiv:2403.11027).
"""

import math

import torch
from diffusers import UNet2DConditionModel

from .average import Average
from .classifier import THINGS, loss_of
from .command import Run, make_parser, parse_run
from .diffusion import Schedule, make_schedule
from .drawings import Order, open_drawings
from .latents import open_encoded
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import PICTURE
from .reader import load_reader, told_answers
from .unet import GUIDANCE, Prompts, choose_rows, load_unet, read_batch, save_prompts_sheet
from .vae import load_vae

# Steps of the way that is distilled: LCMScheduler's original_inference_steps.
ORIGINAL_STEPS = 50
STRIDE = 1000 // ORIGINAL_STEPS
SIGMA_DATA, TIMESTEP_SCALING = 0.5, 10
GUIDANCE_WIDTH = 256
GUIDANCE_RANGE = (1.5, 6.0)
HUBER = 1e-3
# How much what the reader sees counts beside what the teacher does.
REWARD = 0.15
# What is small in pictures, and comes least. Of grounds and styles the reader sees less than the student draws.
REWARDED = ("character.", "things.")
SHEET_STEPS = 4


def guidance_embedding(scale: torch.Tensor) -> torch.Tensor:
    """
    :param scale: [n], guidance as users name it: 1 is none.
    :returns: [n, 256]. Source: diffusers, get_guidance_scale_embedding
    """
    half = GUIDANCE_WIDTH // 2
    waves = torch.exp(torch.arange(half, device=scale.device) * -(math.log(10_000) / (half - 1)))
    angles = (scale - 1)[:, None] * 1000 * waves
    return torch.cat([angles.sin(), angles.cos()], 1)


def finished(unet, schedule: Schedule, x: torch.Tensor, t: torch.Tensor, states, scale) -> torch.Tensor:
    """The consistency function: clean latents; at timestep 0 the input itself."""
    told = unet(x, t, states, timestep_cond=guidance_embedding(scale)).sample.float()
    clean, _ = schedule.split(x, told, t)
    scaled = (t * TIMESTEP_SCALING).float()[:, None, None, None]
    total = scaled**2 + SIGMA_DATA**2
    return SIGMA_DATA**2 / total * x + scaled / total.sqrt() * clean


def lcm_timesteps(steps: int) -> list[int]:
    """Source: diffusers, LCMScheduler.set_timesteps"""
    return [(ORIGINAL_STEPS - int(i * ORIGINAL_STEPS / steps)) * STRIDE - 1 for i in range(steps)]


@torch.no_grad()
def sample_lcm(unet, schedule: Schedule, noise: torch.Tensor, states, steps: int, scale: float, seed=1) -> torch.Tensor:
    """Tells the finished latents at every step, and noises them again for the next."""
    generator = torch.Generator().manual_seed(seed)
    scales = torch.full((len(noise),), scale, device=noise.device)
    x, timesteps = noise, lcm_timesteps(steps)
    for t, following in zip(timesteps, [*timesteps[1:], None]):
        x = finished(unet, schedule, x, torch.full((len(x),), t, device=x.device), states, scales)
        if following is not None:
            fresh = torch.randn(x.shape, generator=generator).to(x.device)
            x = schedule.noisy(x, fresh, torch.full((len(x),), following, device=x.device))
    return x


def make_student(teacher: UNet2DConditionModel) -> tuple[UNet2DConditionModel, dict]:
    """A copy of the teacher that is told its guidance; at first that changes nothing."""
    config = {key: value for key, value in teacher.config.items() if not key.startswith("_")}
    config["time_cond_proj_dim"] = GUIDANCE_WIDTH
    student = UNet2DConditionModel(**config)
    student.load_state_dict(teacher.state_dict(), strict=False)
    torch.nn.init.zeros_(student.time_embedding.cond_proj.weight)
    return student, config


class Reward:
    """How badly the reader sees in latents what their prompts asked for."""

    def __init__(self, run: Run):
        self.reader, heads = load_reader(run.work, run.machine.device)
        self.heads = [head for head in heads if head.name.startswith(REWARDED)]
        lines = open_drawings(run.data / "train", PICTURE[run.size]).lines
        self.asked = told_answers(lines, self.heads)

    def loss(self, latents: torch.Tensor, indices: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        """
        :param indices: int64 [n], of the drawings whose prompts were given.
        :param rows: int64 [n], the prompts; empty ones (0) ask for nothing.
        """
        nothing = (rows == 0).cpu()
        wanted = {}
        for head in self.heads:
            answers = self.asked[head.name][indices]
            answers[nothing] = 0 if head.several else -1
            wanted[head.name] = answers.to(latents.device)
        return loss_of(self.heads, self.reader(latents), wanted, things=THINGS)


def main(argv: list[str]) -> None:
    batch = {"small": 48, "base": 256}
    parser = make_parser("lcm", __doc__)
    parser.add_argument("--reward", type=float, default=REWARD, help="weight of what the reader sees; 0: do without it")
    run = parse_run(parser, argv, steps=10_000, batch=batch, rate=1e-4)
    machine = run.machine
    encoded = open_encoded(run.work).to(machine.device)
    teacher = machine.place(load_unet(run.work))
    student, config = make_student(teacher)
    machine.place(student)
    optimizer = make_optimizer(student, run.rate, weight_decay=0.0)
    average = Average(student, 0.995)
    order = Order(len(encoded.latents), run.batch, run.seed)
    schedule = make_schedule(machine.device)
    prompts, vae = Prompts(run), load_vae(run.work, machine.device)
    empty = encoded.states[0].to(machine.device).float()
    reward = Reward(run) if run.options.reward > 0 else None
    teach, learn = machine.compiled(teacher), machine.compiled(student)

    @torch.no_grad()
    def one_step_on(x, t, following, states, scale) -> torch.Tensor:
        """Where the guided teacher goes from t, by DDIM."""
        both = torch.cat([empty.expand_as(states), states])
        without, told = teach(torch.cat([x, x]), torch.cat([t, t]), both).sample.float().chunk(2)
        velocity = without + scale[:, None, None, None] * (told - without)
        return schedule.noisy(*schedule.split(x, velocity, t), following)

    def step(number: int) -> dict:
        indices = order.indices(number)
        rows = choose_rows(encoded, indices)
        latents, states = read_batch(encoded, indices, rows, machine.device)
        count = len(latents)
        t = (torch.randint(ORIGINAL_STEPS, (count,), device=machine.device) + 1) * STRIDE - 1
        following = (t - STRIDE).clamp(min=0)
        scale = torch.empty(count, device=machine.device).uniform_(*GUIDANCE_RANGE)
        x = schedule.noisy(latents, torch.randn_like(latents), t)
        with machine.autocast():
            next_x = one_step_on(x, t, following, states, scale)
            with torch.no_grad():
                aim = finished(learn, schedule, next_x, following, states, scale)
            told = finished(learn, schedule, x, t, states, scale)
            unseen = reward.loss(told, indices, rows) if reward else torch.zeros(())
        # Pseudo-Huber: a few wrong pixels do not count squared.
        loss = ((told - aim).square() + HUBER**2).sqrt().sub(HUBER).mean()
        descend(student, optimizer, loss + run.options.reward * unseen)
        average.update(student)
        return {"loss": loss, "unseen": unseen}

    def look(done: int) -> None:
        with average.inside(student) as unet, torch.no_grad(), machine.autocast():
            latents = sample_lcm(unet, schedule, prompts.noise, prompts.states, SHEET_STEPS, GUIDANCE)
        save_prompts_sheet(run, "lcm", done, prompts, latents, vae)

    parts = {"model": student, "optimizer": optimizer, "average": average}
    train(run, "lcm", parts, step, facts={"config": config}, on_checkpoint=look)
