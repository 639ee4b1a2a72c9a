"""What ControlNets are shown: edges of a picture, and modules of a two-dimensional code."""

import torch
from torch.nn.functional import avg_pool2d, interpolate, max_pool2d, pad

# Rec. 601, as the annotators of lib/engine.
LUMA = (0.299, 0.587, 0.114)
# tan 22.5° and tan 67.5°
FLAT, STEEP = 0.41421356, 2.41421356


def luminance(pictures: torch.Tensor) -> torch.Tensor:
    """:param pictures: [n, 3, h, w] in any range. :returns: [n, 1, h, w] in the same."""
    weights = torch.tensor(LUMA, device=pictures.device)[None, :, None, None]
    return (pictures * weights).sum(1, keepdim=True)


def sobel(levels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """3×3 derivatives of the channel that changes most. :param levels: [n, 3, h, w]. :returns: dx, dy [n, h, w]."""
    p = pad(levels, (1, 1, 1, 1), mode="replicate")
    across, down = p[..., 2:] - p[..., :-2], p[..., 2:, :] - p[..., :-2, :]
    dx = across[..., :-2, :] + 2 * across[..., 1:-1, :] + across[..., 2:, :]
    dy = down[..., :-2] + 2 * down[..., 1:-1] + down[..., 2:]
    strongest = (dx.abs() + dy.abs()).argmax(1, keepdim=True)
    return dx.gather(1, strongest)[:, 0], dy.gather(1, strongest)[:, 0]


def canny(pictures: torch.Tensor, low: float = 100, high: float = 200) -> torch.Tensor:
    """
    Canny's edges, one pixel wide: what lib/engine/annotators/canny.ts draws (OpenCV's cv2.Canny, aperture 3, L1 norm).
    :param pictures: [n, 3, h, w] in [−1, 1], float32. :returns: float32 [n, 3, h, w], 0 or 1.
    """
    dx, dy = sobel(((pictures + 1) * 127.5).round())
    strength = dx.abs() + dy.abs()
    around = pad(strength, (1, 1, 1, 1))
    height, width = strength.shape[1:]

    def at(down: int, right: int) -> torch.Tensor:
        return around[:, 1 + down : 1 + down + height, 1 + right : 1 + right + width]

    flat, steep = dy.abs() < FLAT * dx.abs(), dy.abs() > STEEP * dx.abs()
    # Of two equal neighbours the first wins; on diagonals neither.
    is_ridge = torch.where(
        flat,
        (strength > at(0, -1)) & (strength >= at(0, 1)),
        torch.where(
            steep,
            (strength > at(-1, 0)) & (strength >= at(1, 0)),
            torch.where(
                dx * dy < 0,
                (strength > at(-1, 1)) & (strength > at(1, -1)),
                (strength > at(-1, -1)) & (strength > at(1, 1)),
            ),
        ),
    )
    weak = (is_ridge & (strength > low)).float()
    edges = (weak.bool() & (strength > high)).float()
    # Weak edges count where they hang on a strong one.
    while True:
        grown = max_pool2d(edges[:, None], 3, 1, 1)[:, 0] * weak
        if torch.equal(grown, edges):
            return edges[:, None].expand(-1, 3, -1, -1)
        edges = grown


def modules_of(pictures: torch.Tensor, count: int) -> torch.Tensor:
    """A grid of modules, 1 (light) where a picture is lighter than its mean there. :returns: [n, 1, count, count]."""
    side = pictures.shape[-1]
    fine = interpolate(luminance(pictures), size=count * -(-side // count), mode="bilinear", align_corners=False)
    means = avg_pool2d(fine, fine.shape[-1] // count)
    return (means > means.mean((2, 3), keepdim=True)).float()


def woven(pictures: torch.Tensor, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """
    Pictures with modules in them, and these modules: what the ControlNet for codes is to draw, and what it is shown.

    Drawings by themselves hold few light and dark spots of a module's size. In a random part of each grid, modules are
    drawn by chance and the picture is brought to them: too light where dark is asked for, it is darkened, and the other
    way round, by as much as a reader of codes needs. Elsewhere the modules are the picture's own.
    :param pictures: float32 [n, 3, side, side] in [−1, 1]. :returns: both [n, 3, side, side]; modules 0 or 1.
    """
    n, side, device = len(pictures), pictures.shape[-1], pictures.device
    own = modules_of(pictures, count)
    drawn = (torch.rand(own.shape, device=device) < 0.5).float()
    # Patches of 1/4 of the side; about two thirds of them are random.
    patches = (torch.rand(n, 1, 4, 4, device=device) < 0.66).float()
    is_drawn = interpolate(patches, size=(count, count))
    modules = torch.where(is_drawn.bool(), drawn, own)
    large = interpolate(modules, size=(side, side))
    mask = interpolate(is_drawn, size=(side, side))
    contrast = torch.empty(n, 1, 1, 1, device=device).uniform_(0.2, 0.5)
    mean = luminance(pictures).mean((2, 3), keepdim=True).clamp(-0.4, 0.4)
    lack = mean + contrast * (2 * large - 1) - luminance(pictures)
    # Only towards the module's tone: what is dark enough already stays.
    lack = torch.where(large > 0.5, lack.clamp(min=0), lack.clamp(max=0)) * mask
    return (pictures + lack).clamp(-1, 1), large.expand(-1, 3, -1, -1)
