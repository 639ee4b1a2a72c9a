"""
Runs every command for a few steps on toy drawings, takes one up again, and loads what was exported in diffusers and
transformers. Not part of `npm test`: it wants Python. Minutes on two cores.

    python training/tests/smoke.py                  all of them, in a folder that is thrown away
    python training/tests/smoke.py FOLDER STEP …    these alone (`export` too), in a folder that is kept
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

TRAINING = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TRAINING), str(TRAINING / "tests")]

from toy import SHAPES, write_toys  # noqa: E402

STEPS = {
    "tokenizer": ["tokenizer"],
    "text": ["text", "--steps", "9", "--batch", "4"],
    "clip": ["clip", "--steps", "4", "--batch", "16"],
    "classifier": ["classifier", "--steps", "4", "--batch", "16"],
    "vae": ["vae", "--steps", "4", "--batch", "8"],
    "latents": ["latents"],
    "reader": ["reader", "--steps", "4", "--batch", "16"],
    "unet": ["unet", "--steps", "3", "--batch", "8"],
    # Taken up again: one more step than before.
    "again": ["unet", "--steps", "4", "--batch", "8"],
    "lcm": ["lcm", "--steps", "2", "--batch", "4"],
    # With itself: nothing changes.
    "blend": ["blend", "--before", "WORK"],
    "decoder": ["decoder", "--steps", "2", "--batch", "4"],
    "qr": ["controlnet", "--kind", "qr", "--steps", "2", "--batch", "4"],
    "line": ["controlnet", "--kind", "line", "--steps", "2", "--batch", "4"],
    "lora": ["lora", "--name", "dot", "--drawings", "DATA/test", "--steps", "2", "--batch", "4"],
    "upscaler": ["upscaler", "--steps", "2", "--batch", "4"],
    "evaluate": ["evaluate", "--pictures", "16", "--batch", "16"],
    "speed": ["speed", "--models", "vae", "--batch", "2", "--repeats", "1"],
}


def run(work: Path, arguments: list[str]) -> None:
    print(">", *arguments, flush=True)
    command = [sys.executable, "-m", "seedling", arguments[0], "--work", str(work), *arguments[1:]]
    command = [part.replace("DATA", str(work / "data")) if part != "WORK" else str(work) for part in command]
    subprocess.run(command, cwd=TRAINING, check=True)


def check_pipeline(out: Path) -> None:
    """Unchanged in diffusers: a picture of the right shape, from finite numbers."""
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(out, torch_dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    picture = pipeline("a red circle", num_inference_steps=2, guidance_scale=3, output_type="np").images[0]
    assert picture.shape == (128, 128, 3) and np.isfinite(picture).all(), picture.shape


def check_clip(out: Path) -> None:
    """Unchanged in transformers."""
    from PIL import Image
    from transformers import CLIPModel, CLIPProcessor

    model, processor = CLIPModel.from_pretrained(out / "clip" / "seedling"), CLIPProcessor.from_pretrained(out / "clip" / "seedling")
    inputs = processor(text=["红色圆形", "a red circle"], images=Image.new("RGB", (200, 150)), return_tensors="pt", padding=True)
    logits = model.float()(**inputs).logits_per_image
    assert logits.shape == (1, 2) and logits.isfinite().all(), logits


def check_sizes(out: Path) -> None:
    for path in out.rglob("*"):
        assert path.is_dir() or path.stat().st_size < 16 * 2**20, path


def prepare(work: Path) -> None:
    if not (work / "data").exists():
        write_toys(work / "data" / "train", 96, 256, seed=1)
        write_toys(work / "data" / "test", 32, 256, seed=2)


def check_words(work: Path, out: Path) -> None:
    """Goes on from what was exported: a vector for each word, beside the weights."""
    from safetensors import safe_open

    words = work / "data" / "words.json"
    words.write_text(json.dumps({"words": [{"en": name, "answers": [["thing", name]]} for name in SHAPES]}))
    clip = out / "clip" / "seedling"
    run(work, ["words", "--clip", str(clip), "--words", str(words), "--steps", "2", "--batch", "16"])
    run(work, ["export", "--out", str(out)])
    with safe_open(clip / "words.safetensors", "pt") as file:
        assert json.loads(file.metadata()["words"]) == list(SHAPES), file.metadata()
        assert file.get_tensor("vectors").shape == (len(SHAPES), 256) and file.get_tensor("biases").isfinite().all()


def check_adopted(work: Path, out: Path) -> None:
    """Goes on from what was exported, in a folder of its own, and counts on; what was only adopted stays as it was."""
    again, data = work / "again", ["--data", str(work / "data")]
    run(again, ["adopt", "--models", str(out)])
    run(again, ["latents", *data])
    judge = (out / "judge" / "model.safetensors").read_bytes()
    run(again, ["unet", "--steps", "6", "--batch", "8", *data])
    run(again, ["export", "--out", str(out)])
    assert (out / "judge" / "model.safetensors").read_bytes() == judge
    told = (out / "README.md").read_text(encoding="utf8")
    assert "6 steps, 48 samples" in told, told
    assert "### classifier" in told and "### vae" in told, told


def check(work: Path) -> None:
    out = work / "out"
    run(work, ["export", "--out", str(out)])
    check_words(work, out)
    check_sizes(out)
    check_clip(out)
    check_pipeline(out)
    check_adopted(work, out)
    check_pipeline(out)


def main() -> None:
    if len(sys.argv) > 1:
        work = Path(sys.argv[1])
        prepare(work)
        for name in sys.argv[2:]:
            check(work) if name == "export" else run(work, STEPS[name])
        return
    with tempfile.TemporaryDirectory() as made:
        prepare(Path(made))
        for arguments in STEPS.values():
            run(Path(made), arguments)
        check(Path(made))
    print("all ran")


main()
