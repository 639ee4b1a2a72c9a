"""Model cards from the logs: what was trained on what, for how long, and what was measured."""

import json
from pathlib import Path

from .checkpoints import load_checkpoint

# By command: what it makes, and the file with its measurements.
PARTS = {
    "text": ("CLIP's text tower: reads prompts for the UNet, searches for CLIP", "quality.json"),
    "clip": ("CLIP's vision tower: pictures in one space with texts", "recall.json"),
    "words": ("CLIP's vision tower, taught further, and a vector for each word of the vocabulary", "quality.json"),
    "vae": ("AutoencoderTiny: pictures ↔ latents of an eighth of their sides", "quality.json"),
    "decoder": ("A larger decoder of the same latents", "quality.json"),
    "unet": ("UNet2DConditionModel, v-prediction, zero terminal SNR", "quality.json"),
    "lcm": ("The UNet distilled to few steps (LCM), partly rewarded for what can be read in its latents", "quality.json"),
    "controlnet-qr": ("ControlNet: modules → picture", "quality.json"),
    "controlnet-line": ("ControlNet: line drawing → picture", "quality.json"),
    "upscaler": ("SRVGGNetCompact", "quality.json"),
    "classifier": ("The judge of what the others draw: a residual network, of drawings alone", "accuracy.json"),
}


def trained_part(work: Path, name: str) -> list[str]:
    """Lines of a card; none for what was not trained here."""
    state = load_checkpoint(work / name / "checkpoint.pt")
    if state is None or state.get("adopted"):
        return []
    about, measured = PARTS[name]
    progress = state["progress"]
    lines = [
        f"### {name}",
        "",
        f"{about}. {count_weights(state):,} weights.",
        f"Trained for {progress['seconds'] / 60:.0f} minutes, {progress['step']:,} steps, "
        f"{progress['samples']:,} samples, on: {'; '.join(progress['machines'])}.",
        "",
    ]
    path = work / name / measured
    if path.exists():
        numbers = json.loads(path.read_text())
        lines += ["| measured on the test set | |", "| --- | --- |"]
        lines += [f"| {key} | {value} |" for key, value in numbers.items()] + [""]
    return lines


def lora_part(work: Path, name: str) -> list[str]:
    """Lines of a LoRA's card: its trigger word and what it learnt from."""
    state = load_checkpoint(work / name / "checkpoint.pt")
    if state is None:
        return []
    facts, progress = state["facts"], state["progress"]
    return [
        f"### {name}",
        "",
        f"LoRA of rank {facts['rank']}, trigger word: `{facts['trigger']}`. Trained on {facts['drawings']} drawings for "
        f"{progress['seconds'] / 60:.0f} minutes, {progress['step']:,} steps, on: {'; '.join(progress['machines'])}.",
        "",
    ]


def count_weights(state: dict) -> int:
    """Without the heads that a network is only trained with."""
    return sum(tensor.numel() for name, tensor in state["model"].items() if not name.startswith("heads."))


def kept_parts(card: Path) -> dict[str, list[str]]:
    """By name: the sections of a card that is there. What was trained in another folder stays told."""
    parts: dict[str, list[str]] = {}
    for line in card.read_text(encoding="utf8").splitlines() if card.exists() else []:
        if line.startswith("### "):
            parts[line[4:]] = []
        if parts:
            parts[list(parts)[-1]].append(line)
    return {name: [*lines, ""] if lines[-1] else lines for name, lines in parts.items()}


def write_cards(work: Path, out: Path) -> None:
    kept = kept_parts(out / "README.md")
    loras = sorted({path.name for path in work.glob("lora-*")} | {name for name in kept if name.startswith("lora-")})
    sections = [line for name in PARTS for line in trained_part(work, name) or kept.get(name, [])]
    for name in loras:
        sections += lora_part(work, name) or kept.get(name, [])
    head = [
        "# Seedling",
        "",
        "A small family of models for flat, colourful illustration, trained from scratch by `training/` on pictures",
        "that this project draws itself: no weights of others, no photographs. It knows its own world and nothing else.",
        "The sources of the drawings and their licences: `training/world/SOURCES.md`. The weights: see the project's LICENSE.",
        "",
        "## What was trained",
        "",
        "So far. The more samples a part has seen, the better it draws; what is not listed is not trained yet.",
        "",
    ]
    (out / "README.md").write_text("\n".join([*head, *sections]).rstrip() + "\n", encoding="utf8")
