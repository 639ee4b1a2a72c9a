import { rgbaToDataURL, thumbHashToRGBA } from "thumbhash";

const drawn = new Map<string, string>();

/** A thumbhash as a CSS background: a blurred likeness that is there before the picture is. */
export function placeholderOf(thumbhash: string | null): string | undefined {
  if (!thumbhash) return undefined;
  const known = drawn.get(thumbhash);
  if (known) return known;
  const bytes = Uint8Array.from(atob(thumbhash), (char) => char.charCodeAt(0));
  const { w, h, rgba } = halve(thumbHashToRGBA(bytes));
  const background = `url("${rgbaToDataURL(w, h, rgba)}") center / 100% 100%`;
  drawn.set(thumbhash, background);
  return background;
}

type Pixels = ReturnType<typeof thumbHashToRGBA>;

/**
 * Half as wide and high: seven waves at most lie along a side, which sixteen pixels still hold, in a quarter of the bytes.
 * A page carries forty of these.
 */
function halve({ w: wide, h: high, rgba: pixels }: Pixels): Pixels {
  const [w, h] = [wide >> 1, high >> 1];
  const rgba = new Uint8Array(4 * w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let c = 0; c < 4; c++) {
        const at = 4 * (2 * y * wide + 2 * x) + c;
        const four = pixels[at]! + pixels[at + 4]! + pixels[at + 4 * wide]! + pixels[at + 4 * wide + 4]!;
        rgba[4 * (y * w + x) + c] = Math.round(four / 4);
      }
  return { w, h, rgba };
}
