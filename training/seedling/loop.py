"""The training loop: bounded in time, resumable at any moment, its losses logged as JSON lines."""

import json
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch

from .checkpoints import load_checkpoint, save_checkpoint
from .command import Run
from .machine import describe

WARM_UP_STEPS = 100
LOG_SECONDS = 15
# A step that took longer was stopped in between, and did not train meanwhile.
LONGEST_STEP_SECONDS = 20


@dataclass
class Progress:
    """What a run has done, over all the times it was taken up again."""

    step: int = 0
    samples: int = 0
    seconds: float = 0
    machines: list[str] = field(default_factory=list)


def rate_at(step: int, steps: int, rate: float) -> float:
    """Linear warm-up, constant, and down to 0 over the last fifth: the run may be prolonged until then."""
    cool_down = max(1, steps // 5)
    return rate * min(1, (step + 1) / min(WARM_UP_STEPS, cool_down), max(0, (steps - step) / cool_down))


def descend(model: torch.nn.Module, optimizer: torch.optim.Optimizer, loss: torch.Tensor, clip: float = 1) -> None:
    """One update of the weights; gradients longer than `clip` are shortened."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()


def train(
    run: Run,
    name: str,
    parts: Mapping,
    step: Callable[[int], Mapping[str, torch.Tensor]],
    *,
    facts: Mapping = {},
    on_checkpoint: Callable[[int], None] | None = None,
) -> Progress:
    """
    Calls `step` until `run.steps` are done, `run.minutes` are over or SIGTERM comes.

    Every step is seeded by its number, so that a run taken up again draws the noise it would have drawn.
    :param parts: what makes up the state, each with state_dict and load_state_dict. Groups of parts whose name
        contains "optimizer" get the rate of the step.
    :param step: from the step's number to its losses, scalars; they are not read until it is time to log.
    :param facts: kept in the checkpoint: configurations, names of classes.
    :param on_checkpoint: called behind each checkpoint with the number of steps done.
    """
    folder = run.folder(name)
    progress = _resume(run, folder / "checkpoint.pt", parts)
    stopping = _on_signals()
    began = saved = logged = stepped = time.monotonic()
    trained = 0.0
    before = (progress.step, progress.samples)
    log = open(folder / "log.jsonl", "a", encoding="utf8")

    def save() -> None:
        state = {key: part.state_dict() for key, part in parts.items()}
        save_checkpoint(folder / "checkpoint.pt", {**state, "facts": dict(facts), "progress": vars(progress)})
        if on_checkpoint:
            on_checkpoint(progress.step)

    while progress.step < run.steps and not stopping:
        _set_rate(parts, rate_at(progress.step, run.steps, run.rate))
        torch.manual_seed(run.seed * 1_000_003 + progress.step)
        losses = step(progress.step)
        progress.step += 1
        progress.samples += run.batch
        now = time.monotonic()
        trained += now - stepped if now - stepped < LONGEST_STEP_SECONDS else 0
        stepped = now
        over = run.minutes is not None and now - began > run.minutes * 60
        if now - logged > LOG_SECONDS or progress.step == run.steps or over:
            values = {key: round(float(value.detach()), 5) for key, value in losses.items()}
            now = time.monotonic()
            progress.seconds += trained + now - stepped  # reading the losses has waited for the device
            stepped = now
            speed = (progress.samples - before[1]) / max(trained, 1e-9)
            trained = 0.0
            before = (progress.step, progress.samples)
            line = {"step": progress.step, "samples": progress.samples, "minutes": round(progress.seconds / 60, 2)}
            _write(log, {**line, "samples_per_s": round(speed, 1), **values})
            logged = now
        if now - saved > run.checkpoint_minutes * 60:
            save()
            saved = logged = stepped = time.monotonic()  # what checkpoints and sheets take is not counted as training
            before = (progress.step, progress.samples)
        if over:
            break
    save()
    _write(log, {"stopped": progress.step, "of": run.steps, "machine": describe(run.machine)})
    log.close()
    return progress


def _resume(run: Run, path, parts: Mapping) -> Progress:
    state = load_checkpoint(path, run.machine.device)
    machine = describe(run.machine)
    if state is None:
        return Progress(machines=[machine])
    has_weights_alone = state.get("adopted") or state.get("blended")
    for key, part in parts.items():
        if not has_weights_alone or key in state:
            part.load_state_dict(state[key])
    progress = Progress(**state["progress"])
    if machine not in progress.machines:
        progress.machines.append(machine)
    return progress


def _on_signals() -> list:
    """A list that is no longer empty once the process is asked to end."""
    received: list = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: received.append(got))
    return received


def _set_rate(parts: Mapping, rate: float) -> None:
    for key, part in parts.items():
        if "optimizer" in key:
            for group in part.param_groups:
                group["lr"] = rate


def _write(log, line: Mapping) -> None:
    text = json.dumps(line)
    print(text, flush=True)
    log.write(text + "\n")
    log.flush()
