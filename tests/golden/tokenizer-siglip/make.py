"""A tokenizer of SigLIP 2's kind (Gemma's), in small, and what it makes of texts: tests/unit/engine-tokenizer-siglip.test.ts.

Letters stand for themselves, spaces are ▁ and end the word before them, what has no token is spelt in bytes. Needs
tokenizers and transformers:

    python tests/golden/tokenizer-siglip/make.py
"""

import json
import tempfile
from importlib.metadata import version
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import Siglip2Tokenizer

SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
LESSONS = ["a photo of a cat", "a photo of two cats on the mat", "一只猫坐在垫子上", "两只狗和一只猫", "the cat sat  there"] * 4
TEXTS = [
    "a photo of a cat",
    "A Photo of TWO Cats",
    "  spaces   between and behind  ",
    "",
    "一只狗",
    "naïve café, 100 % — ok?",
    "龘 and 🦊🦊",
    "\ttabs\nand lines\r\n",
    "▁a▁",
    "<eos> is <0x41> here",
    "İstanbul ΣΑΣ",
]


def taught():
    tokenizer = Tokenizer(BPE(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Lowercase(), normalizers.Replace(" ", "▁")])
    tokenizer.pre_tokenizer = pre_tokenizers.Split("▁", "merged_with_previous")
    trainer = BpeTrainer(vocab_size=460, special_tokens=SPECIAL + BYTES, show_progress=False)
    tokenizer.train_from_iterator(LESSONS, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], [tuple(merge) for merge in model["merges"]]


vocab, merges = taught()
tokenizer = Siglip2Tokenizer(vocab=vocab, merges=merges, add_bos_token=False, add_eos_token=True)
with tempfile.TemporaryDirectory() as folder:
    tokenizer.save_pretrained(folder)
    saved = json.loads((Path(folder) / "tokenizer.json").read_text())
    config = json.loads((Path(folder) / "tokenizer_config.json").read_text())
encoded = [tokenizer.backend_tokenizer.encode(text, add_special_tokens=False).ids for text in TEXTS]
golden = {
    "versions": {name: version(name) for name in ["tokenizers", "transformers"]},
    "tokenizer": saved,
    "config": config,
    "texts": [
        {"text": text, "ids": ids, "decoded": tokenizer.backend_tokenizer.decode(ids, skip_special_tokens=True)}
        for text, ids in zip(TEXTS, encoded)
    ],
}
path = Path(__file__).parent / "golden.json"
path.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")
