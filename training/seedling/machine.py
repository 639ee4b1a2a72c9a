"""Where the training runs, and in which precision."""

from contextlib import nullcontext
from dataclasses import dataclass

import torch
from diffusers.models.attention_processor import AttnProcessor


def layout_of(device: torch.device | str) -> torch.memory_format:
    """
    How pictures and convolutions lie in memory. GPUs want channels last; on CPUs it is slower: 34 against 54 samples/s
    for the small VAE in bf16 on two cores, 13 against 14 for the small UNet.
    """
    return torch.channels_last if torch.device(device).type == "cuda" else torch.contiguous_format


@dataclass(frozen=True)
class Machine:
    """A device with the way to use it well."""

    device: torch.device
    # Of matrix products and convolutions; weights and optimisers stay float32. None: float32 throughout.
    precision: torch.dtype | None
    compiles: bool

    def autocast(self):
        """The context in which forward passes run."""
        if self.precision is None:
            return nullcontext()
        return torch.autocast(self.device.type, dtype=self.precision)

    def place(self, model: torch.nn.Module) -> torch.nn.Module:
        """Moves a model here."""
        if self.device.type == "cpu" and hasattr(model, "set_attn_processor"):
            # Flash attention's backward pass is slow on CPUs: written out, the UNet makes 62 samples/s instead of 51.
            model.set_attn_processor(AttnProcessor())
        return model.to(self.device, memory_format=layout_of(self.device))

    def compiled(self, model: torch.nn.Module):
        """What to call in a training step; the weights remain those of `model`."""
        return torch.compile(model) if self.compiles else model


def find_machine(device: str = "auto", precision: str = "auto", compiles: str = "auto") -> Machine:
    """
    :param device: auto (the GPU if there is one), cuda or cpu.
    :param precision: auto, bf16 or fp32. Auto is bf16 where the hardware multiplies it: all GPUs since 2020, and
        CPUs with AVX512-BF16 or AMX; elsewhere it is emulated, and slower than float32.
    """
    name = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    has_bf16 = name == "cuda" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()
    if name == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = True
        torch.backends.cudnn.allow_tf32 = True
        torch.backends.cudnn.benchmark = True
    wants_bf16 = has_bf16 if precision == "auto" else precision == "bf16"
    wants_compiled = name == "cuda" if compiles == "auto" else compiles == "yes"
    return Machine(torch.device(name), torch.bfloat16 if wants_bf16 else None, wants_compiled)


def describe(machine: Machine) -> str:
    """For logs and cards: the device's name, its cores and the precision."""
    precision = "bf16" if machine.precision else "fp32"
    if machine.device.type == "cuda":
        return f"{torch.cuda.get_device_name()}, {precision}"
    return f"CPU with {torch.get_num_threads()} threads, {precision}"
