import type { SamplerStep } from "../schedulers/sampler";
import { type Tensor, tensor } from "../tensor";

/**
 * A mask [1, 1, H, W] at the latents' size [1, 1, h, w], the nearest pixel above and to the left.
 * @source diffusers pipeline_stable_diffusion_inpaint.py prepare_mask_latents
 */
export function maskOfLatents(mask: Tensor, [, , height, width]: readonly number[]): Tensor {
  const [, , rows, columns] = mask.shape as [number, number, number, number];
  const data = new Float32Array(height! * width!);
  for (let i = 0; i < data.length; i++) {
    const y = Math.floor((Math.floor(i / width!) * rows) / height!);
    const x = Math.floor(((i % width!) * columns) / width!);
    data[i] = mask.data[y * columns + x]!;
  }
  return tensor([1, 1, height!, width!], data);
}

/** The picture with grey where the mask is, what inpainting models see. */
export function maskedPicture(picture: Tensor, mask: Tensor): Tensor {
  const plane = mask.data.length;
  return {
    shape: picture.shape,
    data: picture.data.map((value, i) => (mask.data[i % plane]! < 0.5 ? value : 0)),
  };
}

/**
 * Puts what is kept back after a step: the picture's own latent at the noise level that the step ended at.
 * @param mask [1, 1, h, w]: 1 is drawn, 0 kept, between them mixed.
 * @source diffusers pipeline_stable_diffusion_inpaint.py, the end of the denoising loop
 */
export function keepUnmasked(mask: Tensor, kept: Tensor, noise: Tensor): (step: SamplerStep) => Tensor {
  const plane = mask.data.length;
  return ({ x, next }) => ({
    shape: x.shape,
    data: x.data.map((value, i) => {
      const own = kept.data[i]! + next * noise.data[i]!;
      const drawn = mask.data[i % plane]!;
      return (1 - drawn) * own + drawn * value;
    }),
  });
}
