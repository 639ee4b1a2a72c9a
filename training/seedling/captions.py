"""Captions as token ids."""

from dataclasses import dataclass

import torch
from transformers import CLIPTokenizer

from .drawings import LANGUAGES
from .presets import POSITIONS


def encode(tokenizer: CLIPTokenizer, texts: list[str]) -> torch.Tensor:
    """:returns: int64 [n, 77]: start, tokens (cut off where there are too many), end, and ends for padding."""
    options = {"padding": "max_length", "truncation": True, "max_length": POSITIONS, "return_tensors": "pt"}
    return tokenizer(texts, **options).input_ids


def trim(ids: torch.Tensor, end: int) -> torch.Tensor:
    """Cuts off positions behind the longest text's end; attention is causal, so that nothing else changes."""
    longest = int((ids == end).int().argmax(1).max()) + 1
    return ids[:, : min(ids.shape[1], -(-longest // 8) * 8)]


@dataclass(frozen=True)
class Captions:
    """
    :ivar texts: every different caption once.
    :ivar ids: int32 [texts, 77]
    :ivar of: by language: int64 [drawings, variants], rows of `ids`.
    """

    texts: list[str]
    ids: torch.Tensor
    of: dict[str, torch.Tensor]


def read_captions(lines: list[dict], tokenizer: CLIPTokenizer, variants: int | None = None) -> Captions:
    """
    :param lines: one object a drawing, as the drawing program writes them.
    :param variants: how many of a drawing's captions in each language; all unless told.
    """
    rows: dict[str, int] = {}
    of = {}
    for language in LANGUAGES:
        count = min(len(line[language]) for line in lines)
        count = min(count, variants or count)
        table = [
            [rows.setdefault(text, len(rows)) for text in line[language][:count]] for line in lines
        ]
        of[language] = torch.tensor(table)
    texts = list(rows)
    chunks = [encode(tokenizer, texts[i : i + 10_000]).int() for i in range(0, len(texts), 10_000)]
    return Captions(texts, torch.cat(chunks), of)


def pick(table: torch.Tensor, indices: torch.Tensor) -> torch.Tensor:
    """One variant of each drawing's captions, at random. :returns: int64 [n], rows of `ids`."""
    return table[indices, torch.randint(table.shape[1], (len(indices),))]
