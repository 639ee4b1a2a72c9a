import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { PICTURES } from "../../scripts/samples/pictures";

const FOLDER = join(import.meta.dirname, "../../public/samples");
const SMALL = 48;

/** RGB bytes of a shipped picture, made small. */
const shipped = (name: string): Promise<Buffer> =>
  sharp(join(FOLDER, `${name}.webp`))
    .resize(SMALL, SMALL, { kernel: "cubic" })
    .removeAlpha()
    .raw()
    .toBuffer();

/** RGB bytes of the same picture drawn by its code and made small. */
async function drawn(picture: (typeof PICTURES)[number], size: number): Promise<Buffer> {
  const canvas = await picture.draw(size);
  const raw = { width: size, height: size, channels: 3 as const };
  return sharp(canvas.toBytes(), { raw }).resize(SMALL, SMALL, { kernel: "cubic" }).raw().toBuffer();
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, n) => sum + Math.abs(value - b[n]!), 0) / a.length;
}

test("the list offers what is drawn, each with a name for people in both languages", async () => {
  const list: unknown = JSON.parse(await readFile(join(FOLDER, "samples.json"), "utf8"));
  expect(list).toEqual(
    PICTURES.map(({ name, alt }) => ({ name, file: `${name}.webp`, width: 1024, height: 1024, alt })),
  );
  expect(PICTURES.length).toBeGreaterThanOrEqual(10);
  for (const { alt } of PICTURES) {
    expect(alt.en).toMatch(/^[\x20-\x7e]{10,}$/);
    expect(alt.zh).toMatch(/^[\p{Script=Han}，、]{5,}$/u);
  }
});

describe.each(PICTURES)("$name", (picture) => {
  test("ships as a square WebP that a page can afford", async () => {
    const path = join(FOLDER, `${picture.name}.webp`);
    expect((await stat(path)).size).toBeLessThanOrEqual(250_000);
    const { format, width, height } = await sharp(path).metadata();
    expect({ format, width, height }).toEqual({ format: "webp", width: 1024, height: 1024 });
  });

  // A traced picture takes long: it is drawn smaller.
  const traced = picture.name === "still-life";

  test("comes out the same twice", async () => {
    const size = traced ? SMALL / 2 : SMALL;
    const [first, second] = [await picture.draw(size), await picture.draw(size)];
    expect(Buffer.from(first.toBytes()).equals(Buffer.from(second.toBytes()))).toBe(true);
  });

  test("ships what its code draws", { timeout: 60_000 }, async () => {
    const size = SMALL * (traced ? 2 : 4);
    expect(meanDifference(await drawn(picture, size), await shipped(picture.name))).toBeLessThan(6);
  });

  test("has light and dark: it can carry a code that does not flatten it", async () => {
    const { data, info } = await sharp(join(FOLDER, `${picture.name}.webp`))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const sorted = data.filter((_, n) => n % info.channels === 0).sort();
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))]!;
    expect(at(0.95) - at(0.05)).toBeGreaterThan(60);
  });
});
