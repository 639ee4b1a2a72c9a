"""
`export`: what is trained so far, as files that diffusers and transformers load unchanged.

Half precision; files of 15 MB at most, split by an index as both libraries do. Cards say what was measured, from the
logs, and nothing else.
"""

import json
import shutil
from pathlib import Path

import torch
import diffusers
from diffusers import DDIMScheduler, LCMScheduler
from safetensors.torch import save_file
from transformers import CLIPTextModel

from .cards import write_cards
from .checkpoints import load_checkpoint, require_checkpoint
from .classifier import key_of, load_classifier
from .clip import load_clip
from .command import make_parser, parse_run
from .controlnet import load_controlnet
from .diffusion import SCHEDULER
from .lcm import ORIGINAL_STEPS
from .presets import PICTURE
from .text import load_text
from .unet import GUIDANCE, load_unet
from .upscaler import load_upscaler
from .vae import load_vae
from .words import SCALE, load_teller

SHARD = "15MB"
TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt")
# What the studio draws with besides, by name; of `qr` also what was found best with the studio's own bench.
COMPANIONS = {
    "upscaler": "seedling-x4",
    "qr": {"control": "seedling-qr", "modulePx": 6, "weights": [0.8, 1.8], "strengths": [0.35, 0.35]},
    "line": {"control": "seedling-line", "annotator": "canny"},
}
# What the engines of both libraries make a picture ready with before CLIP sees it: [0, 255] → [−1, 1].
PREPROCESSOR = {
    "do_rescale": True,
    "rescale_factor": 1 / 255,
    "do_normalize": True,
    "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5],
    "do_resize": True,
    "do_center_crop": True,
    "do_convert_rgb": True,
    "resample": 3,
    "image_processor_type": "CLIPImageProcessor",
}


def save_model(model: torch.nn.Module, folder: Path) -> None:
    """A diffusers or transformers model in half precision, in an emptied folder."""
    shutil.rmtree(folder, ignore_errors=True)
    model.half().save_pretrained(folder, max_shard_size=SHARD, safe_serialization=True)
    for path in folder.iterdir():
        path.chmod(0o644)  # weights are written for their owner alone


def is_trained(work: Path, name: str) -> bool:
    """Whether this folder has more of it than what it adopted."""
    state = load_checkpoint(work / name / "checkpoint.pt")
    return state is not None and not state.get("adopted")


def export_pipeline(work: Path, out: Path, full: bool) -> None:
    """
    UNet, text encoder, tokenizer, scheduler and model_index.json: with the VAE, a StableDiffusionPipeline.

    Once it is distilled, the UNet of few steps is the pipeline's.
    :param full: whether the one it was made from is kept beside it, in `unet-full/`.
    """
    distilled = is_trained(work, "lcm")
    if distilled:
        save_model(load_unet(work, "lcm"), out / "unet")
    if full or not distilled:
        save_model(load_unet(work), out / ("unet-full" if distilled else "unet"))
    tower = load_text(work)
    text = CLIPTextModel(tower.config)
    text.load_state_dict(tower.text_model.state_dict())
    save_model(text, out / "text_encoder")
    copy_tokenizer(work, out / "tokenizer")
    scheduler = LCMScheduler if distilled else DDIMScheduler
    steps = {"original_inference_steps": ORIGINAL_STEPS} if distilled else {}
    scheduler(**SCHEDULER, **steps).save_pretrained(out / "scheduler")
    if distilled and full:
        DDIMScheduler(**SCHEDULER).save_pretrained(out / "scheduler-full")
    index = {
        "_class_name": "StableDiffusionPipeline",
        "_diffusers_version": diffusers.__version__,
        "feature_extractor": [None, None],
        "image_encoder": [None, None],
        "requires_safety_checker": False,
        "safety_checker": [None, None],
        "scheduler": ["diffusers", scheduler.__name__],
        "text_encoder": ["transformers", "CLIPTextModel"],
        "tokenizer": ["transformers", "CLIPTokenizer"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderTiny"],
    }
    write_json(out / "model_index.json", index)
    few = {"steps": 4, "sampler": "lcm"} if distilled else {"steps": 20, "sampler": "dpmpp-2m"}
    write_json(out / "studio.json", {**few, "guidance": GUIDANCE, **COMPANIONS})


def export_clip(work: Path, out: Path, size: str) -> None:
    """The whole CLIP with what makes texts and pictures ready for it."""
    save_model(load_clip(work), out)
    copy_tokenizer(work, out)
    side = PICTURE[size]
    sizes = {"size": {"shortest_edge": side}, "crop_size": {"height": side, "width": side}}
    write_json(out / "preprocessor_config.json", {**PREPROCESSOR, **sizes})


def export_words(work: Path, out: Path) -> None:
    """The CLIP that went on learning with the words' vectors, and these, in the order of the vocabulary."""
    state = require_checkpoint(work, "words")
    before = Path(state["facts"]["clip"])
    # The folder may be the one that it went on from.
    names = (*TOKENIZER, "preprocessor_config.json", "vocabulary.json")
    beside = {name: (before / name).read_bytes() for name in names if (before / name).exists()}
    whole, teller, words = load_teller(work)
    save_model(whole, out)
    for name, content in beside.items():
        (out / name).write_bytes(content)
    vectors = (SCALE * teller.vectors.weight).half().contiguous()
    order = json.dumps([word["en"] for word in words], ensure_ascii=False, separators=(",", ":"))
    path = out / "words.safetensors"
    save_file({"vectors": vectors, "biases": teller.biases.contiguous()}, path, {"words": order})
    path.chmod(0o644)


def export_judge(work: Path, out: Path) -> None:
    """The classifier that drawn pictures are judged by, with its questions in config.json."""
    model, heads = load_classifier(work)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    weights = {name: tensor.half().contiguous() for name, tensor in model.state_dict().items()}
    save_file(weights, out / "model.safetensors", {"format": "pt"})
    widths = [stage[0].conv1.out_channels for stage in model.stages]
    questions = [{"name": head.name, "key": key_of(head.name), "classes": head.classes, "several": head.several} for head in heads]
    write_json(out / "config.json", {"model_type": "seedling-judge", "widths": widths, "heads": questions})


def export_loras(work: Path, out: Path) -> None:
    """Each with its card and its preview beside it, under A1111's names; what the studio added to them stays."""
    for path in sorted(work.glob("lora-*/*.safetensors")):
        out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, out / path.name)
        preview = path.with_suffix(".preview.png")
        if not (out / preview.name).exists():
            shutil.copyfile(preview, out / preview.name)
        card, before = path.with_suffix(".json"), out / f"{path.stem}.json"
        kept = json.loads(before.read_text(encoding="utf8")) if before.exists() else {}
        facts = {**kept, **json.loads(card.read_text(encoding="utf8"))}
        before.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


def export_upscaler(work: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in load_upscaler(work).state_dict().items()}
    save_file(weights, out / "seedling-x4.safetensors", {"format": "pt"})


def copy_tokenizer(work: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    for name in TOKENIZER:
        shutil.copyfile(work / "tokenizer" / name, out / name)


def write_json(path: Path, value: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf8")


def main(argv: list[str]) -> None:
    parser = make_parser("export", __doc__)
    parser.add_argument("--out", type=Path, required=True, help="models/seedling of the project")
    parser.add_argument("--full", action="store_true", help="keep the UNet that the distilled one was made from, too")
    run = parse_run(parser, argv)
    out = run.options.out
    out.mkdir(parents=True, exist_ok=True)
    parts = {}
    if is_trained(run.work, "clip"):
        parts["clip"] = lambda: export_clip(run.work, out / "clip" / "seedling", run.size)
    if is_trained(run.work, "words"):
        parts["words"] = lambda: export_words(run.work, out / "clip" / "seedling")
    if is_trained(run.work, "classifier"):
        parts["judge"] = lambda: export_judge(run.work, out / "judge")
    if is_trained(run.work, "vae") or is_trained(run.work, "decoder"):
        parts["vae"] = lambda: save_model(load_vae(run.work), out / "vae")
    if is_trained(run.work, "unet"):
        parts["pipeline"] = lambda: export_pipeline(run.work, out, run.options.full)
    for kind in ("qr", "line"):
        if is_trained(run.work, f"controlnet-{kind}"):
            folder = out / "controlnet" / f"seedling-{kind}"
            parts[folder.name] = lambda kind=kind, to=folder: save_model(load_controlnet(run.work, kind), to)
    if any(run.work.glob("lora-*")):
        parts["loras"] = lambda: export_loras(run.work, out / "loras")
    if is_trained(run.work, "upscaler"):
        parts["upscaler"] = lambda: export_upscaler(run.work, out / "upscalers")
    for make in parts.values():
        make()
    write_cards(run.work, out)
    files = [path for path in out.rglob("*") if path.is_file()]
    largest = max(files, key=lambda path: path.stat().st_size)
    total = sum(path.stat().st_size for path in files)
    print(json.dumps({"parts": list(parts), "bytes": total, "largest": [largest.name, largest.stat().st_size]}))
