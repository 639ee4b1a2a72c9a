"""
`lora --name NAME --drawings DIR`: a character or a style as a LoRA (arXiv:2106.09685) of the UNet, in kohya's naming.

The drawings' captions name it by its trigger word. Only the linear layers of the transformers learn; text encoder and
VAE stay as they are.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

from .average import Average
from .captions import encode, read_captions
from .command import make_parser, parse_run
from .diffusion import guided, make_schedule, sample_ddim, velocity_loss
from .drawings import LANGUAGES, Order, Pictures, open_drawings
from .latents import Encoded
from .loop import descend, train
from .optimizer import make_optimizer
from .presets import FACTOR, PICTURE
from .sheets import save_sheet
from .text import load_text
from .tokenizer import load_tokenizer
from .unet import GUIDANCE, SHEET_STEPS, draw_batch, load_unet
from .vae import load_vae

SHEET_PICTURES = 16


class LoraLinear(nn.Module):
    """A linear layer with a low-rank change: W·x + alpha/rank · up(down(x)); `up` begins as 0."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float):
        super().__init__()
        self.base, self.scale = base, alpha / rank
        self.lora_down = nn.Linear(base.in_features, rank, bias=False)
        self.lora_up = nn.Linear(rank, base.out_features, bias=False)
        nn.init.kaiming_uniform_(self.lora_down.weight, a=5**0.5)
        nn.init.zeros_(self.lora_up.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.base(x) + self.scale * self.lora_up(self.lora_down(x))


def add_lora(unet: nn.Module, rank: int, alpha: float) -> nn.ModuleDict:
    """Puts a LoRA on every linear layer of the transformers. :returns: by kohya's module names."""
    layers = [
        (path, module)
        for path, module in unet.named_modules()
        if isinstance(module, nn.Linear) and ".transformer_blocks." in path
    ]
    loras = nn.ModuleDict()
    for path, module in layers:
        parent, _, name = path.rpartition(".")
        lora = LoraLinear(module, rank, alpha)
        setattr(unet.get_submodule(parent), name, lora)
        pair = nn.ModuleDict({"lora_down": lora.lora_down, "lora_up": lora.lora_up})
        loras["lora_unet_" + path.replace(".", "_")] = pair
    return loras


def save_lora(path: Path, average: Average, rank: int, alpha: float, metadata: dict[str, str]) -> None:
    """The averaged weights as kohya's files are: half precision, an alpha a module."""
    tensors = {name: tensor.half().contiguous().cpu() for name, tensor in average.weights.items()}
    modules = {name.split(".")[0] for name in tensors}
    tensors |= {f"{module}.alpha": torch.tensor(float(alpha)).half() for module in modules}
    facts = {"ss_network_module": "networks.lora", "ss_network_dim": str(rank), "ss_network_alpha": str(alpha)}
    save_file(tensors, path, {**facts, **metadata})


def write_card(path: Path, trigger: str, drawings: int) -> None:
    """What A1111 keeps beside a LoRA, and shows with it."""
    card = {
        "description": f"For Seedling. Learnt from {drawings} drawings of this project's own.",
        "activation text": trigger,
        "preferred weight": 1.0,
    }
    path.write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n", encoding="utf8")


@torch.no_grad()
def encode_all(run, drawings, vae, tower, tokenizer) -> Encoded:
    """A few hundred drawings and their captions, in memory."""
    device = run.machine.device
    captions = read_captions(drawings.lines, tokenizer)
    ids = torch.cat([encode(tokenizer, [""]).int(), captions.ids]).long()
    pictures = Pictures(drawings, device)
    latents = [vae.encode(pictures.batch(part)).latents for part in torch.arange(len(pictures)).split(32)]
    states = [tower(input_ids=part.to(device)).last_hidden_state for part in ids.split(64)]
    rows = torch.cat([captions.of[language] for language in LANGUAGES], 1) + 1
    return Encoded(torch.cat(latents), torch.cat(states), rows.to(device))


def main(argv: list[str]) -> None:
    parser = make_parser("lora", __doc__)
    parser.add_argument("--name", required=True, help="of the file")
    parser.add_argument("--drawings", type=Path, required=True, help="folder of the character's or style's drawings")
    parser.add_argument("--trigger", help="trigger word; the name unless told")
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--alpha", type=float, default=8)
    run = parse_run(parser, argv, steps=1500, batch=16, rate=1e-3)
    machine, options = run.machine, run.options
    name = f"lora-{options.name}"
    drawings = open_drawings(options.drawings, PICTURE[run.size])
    vae, tower = load_vae(run.work, machine.device), load_text(run.work, machine.device)
    encoded = encode_all(run, drawings, vae, tower, load_tokenizer(run.work))
    unet = machine.place(load_unet(run.work))
    loras = add_lora(unet, options.rank, options.alpha).to(machine.device)
    optimizer = make_optimizer(loras, run.rate, weight_decay=0.01)
    average = Average(loras, 0.99)
    order = Order(len(drawings), run.batch, run.seed)
    schedule = make_schedule(machine.device)
    predict = machine.compiled(unet)
    side = PICTURE[run.size] // FACTOR
    fixed = torch.randn(SHEET_PICTURES, 4, side, side, generator=torch.Generator().manual_seed(run.seed))

    def step(number: int) -> dict:
        latents, states = draw_batch(encoded, order.indices(number), machine.device)
        loss, error = velocity_loss(lambda x, t: predict(x, t, states).sample, schedule, latents, machine)
        descend(loras, optimizer, loss)
        average.update(loras)
        return {"loss": loss, "error": error}

    def look(done: int) -> None:
        metadata = {"ss_tag_frequency": json.dumps({options.name: {options.trigger or options.name: len(drawings)}})}
        save_lora(run.folder(name) / f"{options.name}.safetensors", average, options.rank, options.alpha, metadata)
        rows = encoded.rows[torch.arange(SHEET_PICTURES) % len(drawings), 0]
        with average.inside(loras), torch.no_grad(), machine.autocast():
            predict = guided(unet, encoded.states[rows], encoded.states[0], GUIDANCE)
            latents = sample_ddim(predict, schedule, fixed.to(machine.device), SHEET_STEPS)
            drawn = vae.decode(latents).sample
        save_sheet(run.folder(name) / "sheets" / f"{done:07d}.png", drawn, 8)
        save_sheet(run.folder(name) / f"{options.name}.preview.png", drawn[:4], 2, gap=0)
        write_card(run.folder(name) / f"{options.name}.json", options.trigger or options.name, len(drawings))

    parts = {"model": loras, "optimizer": optimizer, "average": average}
    facts = {"drawings": len(drawings), "trigger": options.trigger or options.name, "rank": options.rank}
    train(run, name, parts, step, facts=facts, on_checkpoint=look)
