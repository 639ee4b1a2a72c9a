"""
`tokenizer`: a bilingual byte-pair tokenizer in CLIP's form, trained on the captions.

Latin words get merges learnt from the captions. Chinese runs without spaces, so that learnt merges would glue
characters together as the templates happen to; instead every character of the captions is one token, and one more
where it ends a run, and any other character falls back to its bytes.
"""

import json
import re
import unicodedata
from collections import Counter

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import CLIPTokenizer

from .command import make_parser, parse_run
from .drawings import LANGUAGES, open_drawings
from .presets import PICTURE, POSITIONS

START, END = "<|startoftext|>", "<|endoftext|>"
SUFFIX = "</w>"
# How CLIP cuts a text into words. Source: https://github.com/openai/CLIP, simple_tokenizer.py
WORDS = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def byte_letters() -> dict[int, str]:
    """GPT-2's letters for bytes: printable ones stand for themselves. Source: openai/gpt-2, encoder.py"""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(256 + i) for i, byte in enumerate(others)}


def character_merges(texts: list[str]) -> list[tuple[str, str]]:
    """Merges that make one token of every character beyond ASCII, the most frequent first."""
    letters = byte_letters()
    counts = Counter(character for text in texts for character in text if ord(character) > 127)
    merges: dict[tuple[str, str], None] = {}
    for character, _ in counts.most_common():
        parts = [letters[byte] for byte in character.encode()]
        for i in range(1, len(parts)):
            merges[("".join(parts[:i]), parts[i])] = None
        # The last byte carries the mark of the word's end where the character is the last of its run.
        merges[("".join(parts[:-1]), parts[-1] + SUFFIX)] = None
    return list(merges)


def word_merges(texts: list[str], count: int) -> list[tuple[str, str]]:
    """Merges learnt from ASCII words."""
    tokenizer = Tokenizer(BPE(end_of_word_suffix=SUFFIX))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(WORDS), "removed", invert=True)
    ascii_texts = (re.sub(r"[^\x00-\x7f]", " ", text) for text in texts)
    trainer = BpeTrainer(vocab_size=count + 128, min_frequency=2, end_of_word_suffix=SUFFIX, show_progress=False)
    tokenizer.train_from_iterator(ascii_texts, trainer)
    learnt = json.loads(tokenizer.to_str())["model"]["merges"]
    return [(left, right) for left, right in learnt][:count]


def build(merges: list[tuple[str, str]]) -> Tokenizer:
    """256 bytes, 256 bytes that end a word, merges, start and end: the order of CLIP's vocabulary."""
    letters = list(byte_letters().values())
    tokens = [*letters, *(letter + SUFFIX for letter in letters), *(a + b for a, b in merges), START, END]
    vocabulary = {token: i for i, token in enumerate(dict.fromkeys(tokens))}
    tokenizer = Tokenizer(BPE(vocabulary, merges, end_of_word_suffix=SUFFIX, unk_token=END))
    spaces = normalizers.Replace(Regex(r"\s+"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), spaces, normalizers.Lowercase()])
    words = pre_tokenizers.Split(Regex(WORDS), "removed", invert=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([words, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    tokenizer.decoder = decoders.ByteLevel()
    end, start = (END, vocabulary[END]), (START, vocabulary[START])
    tokenizer.post_processor = processors.RobertaProcessing(end, start, trim_offsets=False, add_prefix_space=False)
    tokenizer.add_special_tokens([START, END])
    return tokenizer


def load_tokenizer(work) -> CLIPTokenizer:
    folder = work / "tokenizer"
    if not (folder / "tokenizer.json").exists():
        raise FileNotFoundError(f"{folder} holds no tokenizer: run `python -m seedling tokenizer` first")
    return CLIPTokenizer.from_pretrained(folder)


def main(argv: list[str]) -> None:
    parser = make_parser("tokenizer", __doc__)
    parser.add_argument("--merges", type=int, default=2000, help="learnt for Latin words")
    run = parse_run(parser, argv)
    lines = open_drawings(run.data / "train", PICTURE[run.size]).lines
    captions = {caption for line in lines for language in LANGUAGES for caption in line[language]}
    texts = sorted(unicodedata.normalize("NFC", caption).lower() for caption in captions)
    merges = character_merges(texts) + word_merges(texts, run.options.merges)
    tokenizer = build(merges)
    folder = run.folder("tokenizer")
    tokenizer.save(str(folder / "tokenizer.json"))
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": POSITIONS, "do_lower_case": True}
    config |= {"bos_token": START, "eos_token": END, "unk_token": END, "pad_token": END, "errors": "replace"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")
    model = json.loads(tokenizer.to_str())["model"]
    (folder / "vocab.json").write_text(json.dumps(model["vocab"], ensure_ascii=False))
    merge_lines = "".join(f"{left} {right}\n" for left, right in model["merges"])
    (folder / "merges.txt").write_text("#version: 0.2\n" + merge_lines, encoding="utf8")
    lengths = [len(each.ids) for each in tokenizer.encode_batch(texts)]
    report = {"tokens": tokenizer.get_vocab_size(), "captions": len(texts), "longest": max(lengths)}
    print(json.dumps({**report, "mean": round(sum(lengths) / len(lengths), 1)}))
