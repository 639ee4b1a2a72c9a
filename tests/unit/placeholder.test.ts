import sharp from "sharp";
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";
import { expect, test } from "vitest";
import { placeholderOf } from "@/app/(library)/_gallery/placeholder";

/** A picture's thumbhash: from red at the left to blue at the right, darker downwards. */
function hashOf(width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4) {
      const light = 1 - y / height / 2;
      rgba.set([255 * light * (1 - x / width), 60 * light, 255 * light * (x / width), 255], i);
    }
  return rgbaToThumbHash(width, height, rgba);
}

test.each([
  ["wide", 90, 60],
  ["square", 64, 64],
  ["a strip", 100, 15],
  ["upright", 40, 90],
])("a placeholder is the thumbhash in a quarter of its pixels: %s", async (_, width, height) => {
  const hash = hashOf(width, height);
  const background = placeholderOf(Buffer.from(hash).toString("base64"))!;
  const [, base64] = /^url\("data:image\/png;base64,([^"]+)"\) center/.exec(background)!;
  const shown = await sharp(Buffer.from(base64!, "base64"))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const whole = thumbHashToRGBA(hash);
  expect([shown.info.width, shown.info.height]).toEqual([whole.w >> 1, whole.h >> 1]);
  const halved = await sharp(whole.rgba, { raw: { width: whole.w, height: whole.h, channels: 4 } })
    .extract({ left: 0, top: 0, width: shown.info.width * 2, height: shown.info.height * 2 })
    .resize(shown.info.width, shown.info.height, { kernel: "linear", fit: "fill" })
    .raw()
    .toBuffer();
  const furthest = shown.data.reduce((most, value, i) => Math.max(most, Math.abs(value - halved[i]!)), 0);
  expect(furthest).toBeLessThan(16);
});

test("what has no thumbhash has no placeholder", () => {
  expect(placeholderOf(null)).toBeUndefined();
});
