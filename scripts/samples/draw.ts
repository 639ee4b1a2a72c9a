import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { PICTURES } from "./pictures";

/** Draws the sample pictures into `public/samples`: `tsx scripts/samples/draw.ts [name …]`. */
const SIZE = 1024;
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../public/samples");
const wanted = process.argv.slice(2);

await mkdir(folder, { recursive: true });
for (const picture of PICTURES) {
  if (wanted.length > 0 && !wanted.includes(picture.name)) continue;
  const started = performance.now();
  const canvas = await picture.draw(SIZE);
  const { size } = canvas;
  const image = sharp(canvas.toBytes(), { raw: { width: size, height: size, channels: 3 } });
  // Grain costs bytes: step down until the page stays light.
  for (let quality = 90; ; quality -= 4) {
    const bytes = await image.clone().webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (bytes.length > 250_000 && quality > 60) continue;
    await writeFile(join(folder, `${picture.name}.webp`), bytes);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${picture.name}: ${Math.round(bytes.length / 1000)} kB at quality ${quality}, ${seconds} s`);
    break;
  }
}
const list = PICTURES.map(({ name, alt }) => ({
  name,
  file: `${name}.webp`,
  width: SIZE,
  height: SIZE,
  alt,
}));
await writeFile(join(folder, "samples.json"), `${JSON.stringify(list, null, 2)}\n`);
