"""Recall of text → picture search."""

import torch


def recall(texts: torch.Tensor, pictures: torch.Tensor, same: torch.Tensor, at=(1, 5, 10)) -> dict[str, float]:
    """
    The share of texts with a right picture among the k nearest.
    :param texts: float32 [n, d], unit length; `pictures` [m, d] likewise.
    :param same: bool [n, m]: which pictures a text is a caption of.
    """
    ranks = (texts @ pictures.T).argsort(1, descending=True)
    hits = same.gather(1, ranks)
    return {f"recall@{k}": hits[:, :k].any(1).float().mean().item() for k in at}
