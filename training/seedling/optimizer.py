"""
Muon for matrices, AdamW for the rest.

Muon makes of each matrix' momentum the nearest orthogonal one, so that every direction moves alike. Sources: Keller Jordan, https://kellerjordan.github.io/posts/muon;
the scale that lets both share a learning rate: arXiv:2502.16982.
"""

import torch

# Of the quintic iteration; it brings singular values near 1, not to 1.
_A, _B, _C = 3.4445, -4.7750, 2.0315
_ROUNDS = 5
MOMENTUM = 0.95


def orthogonal(matrices: torch.Tensor) -> torch.Tensor:
    """
    The quintic iteration X ← (a + b·G + c·G²)·X with G = X·Xᵀ.
    :param matrices: float32 [..., m, n]. :returns: of the same shape; singular values between about 0.7 and 1.2.
    """
    lies = matrices.shape[-2] <= matrices.shape[-1]
    x = matrices if lies else matrices.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    x = _wide(x) if x.shape[-1] > 3 * x.shape[-2] else _squarish(x)
    return x if lies else x.mT


def _squarish(x: torch.Tensor) -> torch.Tensor:
    x = x.bfloat16()
    for _ in range(_ROUNDS):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    return x.float()


def _wide(x: torch.Tensor) -> torch.Tensor:
    """All factors are polynomials of the first G: they are multiplied with each other, and with X, which is wide, once."""
    gram = x @ x.mT
    one = torch.eye(gram.shape[-1], device=x.device)
    product = one
    for round in range(_ROUNDS):
        factor = _A * one + _B * gram + _C * gram @ gram
        product = factor @ product
        if round + 1 < _ROUNDS:
            gram = factor @ gram @ factor
    return product @ x


class Muon(torch.optim.Optimizer):
    """
    `matrices` (convolutions' kernels count as [out, in·k·k]) by Muon, `others` by AdamW with `betas`; both at one rate.
    """

    def __init__(self, matrices, others, rate: float, betas=(0.9, 0.99), weight_decay=0.01):
        groups = [{"params": list(matrices), "muon": True}, {"params": list(others), "muon": False}]
        defaults = {"lr": rate, "betas": betas, "weight_decay": weight_decay, "eps": 1e-8}
        super().__init__([group for group in groups if group["params"]], defaults)

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            if not params:
                continue
            torch._foreach_mul_(params, 1 - group["lr"] * group["weight_decay"])
            (self._muon if group["muon"] else self._adam)(group, params)

    def _muon(self, group: dict, params: list[torch.Tensor]) -> None:
        shapes: dict[tuple, list[torch.Tensor]] = {}
        for p in params:
            state = self.state[p]
            if not state:
                state["momentum"] = torch.zeros_like(p)
            state["momentum"].lerp_(p.grad, 1 - MOMENTUM)
            shapes.setdefault((len(p), p[0].numel()), []).append(p)
        # Matrices of one shape go through one product.
        for (rows, columns), same in shapes.items():
            # Nesterov: a look ahead along the momentum.
            looks = [p.grad.lerp(self.state[p]["momentum"], MOMENTUM).reshape(rows, columns) for p in same]
            scale = 0.2 * max(rows, columns) ** 0.5
            for p, update in zip(same, orthogonal(torch.stack(looks))):
                p.add_(update.reshape(p.shape).to(p.dtype), alpha=-group["lr"] * scale)

    def _adam(self, group: dict, params: list[torch.Tensor]) -> None:
        first, second = group["betas"]
        for p in params:
            state = self.state[p]
            if not state:
                state.update(step=0, mean=torch.zeros_like(p), square=torch.zeros_like(p))
            state["step"] += 1
            state["mean"].lerp_(p.grad, 1 - first)
            state["square"].lerp_(p.grad.square(), 1 - second)
            size = (state["square"] / (1 - second ** state["step"])).sqrt().add_(group["eps"])
            p.addcdiv_(state["mean"], size, value=-group["lr"] / (1 - first ** state["step"]))


def make_optimizer(model: torch.nn.Module, rate: float, betas=(0.9, 0.99), weight_decay=0.01) -> Muon:
    """Embeddings, and layers whose input or output is no feature (pixels, latents), are AdamW's with the vectors."""
    embeddings = {id(m.weight) for m in model.modules() if isinstance(m, torch.nn.Embedding)}
    matrices, others = [], []
    for parameter in model.parameters():
        if not parameter.requires_grad:
            continue
        rows = len(parameter) if parameter.dim() else 1
        thin = parameter.dim() < 2 or min(rows, parameter[0].numel()) < 16
        (others if thin or id(parameter) in embeddings else matrices).append(parameter)
    return Muon(matrices, others, rate, betas, weight_decay)
