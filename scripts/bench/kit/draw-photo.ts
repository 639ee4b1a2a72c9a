import sharp from "sharp";

/** A JPEG of coarse shapes with the grain of a sensor: as hard to compress as a photograph. */
export async function drawPhoto(seed: number, [width, height]: readonly [number, number]): Promise<Buffer> {
  const plain = { channels: 3 as const, background: "#888" };
  const shapes = { type: "gaussian", mean: 120, sigma: 50 } as const;
  const coarse = await sharp({ create: { ...plain, width: 40, height: 30, noise: shapes } })
    .modulate({ hue: seed * 30 })
    .resize(width, height, { kernel: "cubic", fit: "fill" })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const grain = { type: "gaussian", mean: 128, sigma: 12 } as const;
  const noise = await sharp({ create: { ...plain, width, height, noise: grain } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return sharp(coarse)
    .composite([{ input: noise, blend: "soft-light" }])
    .jpeg({ quality: 90 })
    .toBuffer();
}
