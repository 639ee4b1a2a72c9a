import { mkdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { type Picture, picture } from "@/lib/engine/picture";

const GAP = 4;

/** Writes pictures of one size into a grid, row by row, as a PNG. */
export async function writeSheet(file: string, pictures: readonly Picture[], columns: number): Promise<void> {
  const first = pictures[0];
  if (!first) return;
  const { width, height } = first;
  const rows = Math.ceil(pictures.length / columns);
  const sheet = picture(columns * (width + GAP) + GAP, rows * (height + GAP) + GAP);
  sheet.data.fill(255);
  for (const [i, each] of pictures.entries()) {
    const left = GAP + (i % columns) * (width + GAP);
    const top = GAP + Math.floor(i / columns) * (height + GAP);
    for (let y = 0; y < height; y++)
      sheet.data.set(
        each.data.subarray(y * width * 3, (y + 1) * width * 3),
        ((top + y) * sheet.width + left) * 3,
      );
  }
  await mkdir(path.dirname(file), { recursive: true });
  const { data, ...size } = sheet;
  await sharp(data, { raw: { ...size, channels: 3 } })
    .png()
    .toFile(file);
}
