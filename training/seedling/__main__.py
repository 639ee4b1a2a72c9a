"""`python -m seedling COMMAND …`: one command a step of the training."""

import importlib
import os
import sys

# Threads that wait in a loop would take the cores from other programs, and from each other where there are few. Read
# when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# In the order in which they are run.
COMMANDS = (
    "adopt",
    "tokenizer",
    "text",
    "clip",
    "words",
    "classifier",
    "vae",
    "latents",
    "reader",
    "unet",
    "lcm",
    "blend",
    "decoder",
    "controlnet",
    "lora",
    "upscaler",
    "evaluate",
    "export",
    "speed",
)


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit("usage: python -m seedling COMMAND [options]; commands: " + ", ".join(COMMANDS))
    # Imported when asked for: the tokenizer needs no diffusers.
    importlib.import_module(f"seedling.{sys.argv[1]}").main(sys.argv[2:])


main()
