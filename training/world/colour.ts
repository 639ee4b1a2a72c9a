/** A colour as `#rrggbb`, sRGB. */
export type Hex = string;
/** Channels in 0–255. */
export type Rgb = readonly [number, number, number];

export function toRgb(hex: Hex): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

export function toHex(rgb: Rgb): Hex {
  return `#${rgb
    .map((v) =>
      Math.round(Math.min(255, Math.max(0, v)))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** `amount` 0 is `a`, 1 is `b`; straight in sRGB, as painters of flat pictures mix. */
export function mix(a: Hex, b: Hex, amount: number): Hex {
  const [x, y] = [toRgb(a), toRgb(b)];
  return toHex([0, 1, 2].map((i) => x[i]! + (y[i]! - x[i]!) * amount) as unknown as Rgb);
}

// Shadows lean to violet and lights to cream, never to black and white: it keeps flat pictures warm.
export const shade = (hex: Hex, amount = 0.2): Hex => mix(hex, "#3a2350", amount);
export const light = (hex: Hex, amount = 0.25): Hex => mix(hex, "#fff6e4", amount);

/** Rec. 709 luma in 0–1. */
export function luma(hex: Hex): number {
  const [r, g, b] = toRgb(hex);
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}

/** Redmean distance in about 0–765: how far apart two colours look. @source compuphase.com/cmetric.htm */
export function distance(a: Hex, b: Hex): number {
  const [x, y] = [toRgb(a), toRgb(b)];
  const mean = (x[0] + y[0]) / 2;
  const [r, g, bl] = [x[0] - y[0], x[1] - y[1], x[2] - y[2]];
  return Math.sqrt((2 + mean / 256) * r * r + 4 * g * g + (2 + (255 - mean) / 256) * bl * bl);
}
