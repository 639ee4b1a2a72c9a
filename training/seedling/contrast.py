"""What CLIP learns by: the nearer of two should be what belongs together (arXiv:2103.00020)."""

import math

import torch
from torch.nn.functional import cross_entropy, normalize

# What begins: 1 / 0.07, as in the paper.
LOGIT_SCALE = math.log(1 / 0.07)
# Logits are at most 100 times the cosine, as in the paper.
MAX_SCALE = math.log(100)


def contrast(first: torch.Tensor, second: torch.Tensor, rows: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """
    Symmetric InfoNCE. Drawings that share their caption's very words are no counterexamples of each other.
    :param first, second: float32 [n, d], unit length.
    :param rows: int64 [n], equal where captions are.
    """
    logits = scale.exp() * first @ second.T
    own = torch.eye(len(rows), dtype=torch.bool, device=rows.device)
    logits = logits.masked_fill((rows[:, None] == rows) & ~own, -math.inf)
    target = torch.arange(len(rows), device=rows.device)
    return (cross_entropy(logits, target) + cross_entropy(logits.T, target)) / 2


def embed_texts(tower, ids: torch.Tensor) -> torch.Tensor:
    """
    :param tower: CLIPTextModelWithProjection.
    :param ids: int64 [n, t ≤ 77]. :returns: float32 [n, d], unit length.
    """
    return normalize(tower(input_ids=ids).text_embeds.float(), dim=1)
