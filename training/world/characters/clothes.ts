import { circle, ellipse, line, mirrored, path, rect } from "../canvas";
import { type Hex, light, luma, shade } from "../colour";
import type { Clothes } from "../vocabulary";

/** SVG behind the neck and over the body. */
export type ClothesParts = { back: string; front: string };

const BODY = "M44 262C44 218 74 204 107 193c5 13 37 13 42 0c33 11 63 25 63 69z";
const NECKLINE = "M107 193c5 15 37 15 42 0";
const SLEEVES = mirrored(
  '<path d="M76 262c0-14 2-22 6-30" fill="none" stroke="#2a1c40" stroke-opacity=".22" stroke-width="3.5" stroke-linecap="round"/>',
);

/** Clothes over shoulders that end at the lower edge; the neck comes out at y = 193. */
export function drawClothes(clothes: Clothes, colour: Hex, skin: Hex): ClothesParts {
  const dark = shade(colour, 0.22);
  // Detail must be seen on white as on navy.
  const detail = luma(colour) > 0.72 ? shade(colour, 0.3) : light(colour, 0.55);
  switch (clothes) {
    case "t-shirt":
      return { back: "", front: path(BODY, colour) + line(NECKLINE, dark, 6) + SLEEVES };
    case "striped shirt": {
      const stripes = [212, 228, 244].map((y) => rect(40, y, 176, 8, detail)).join("");
      return {
        back: "",
        front: `<clipPath id="body"><path d="${BODY}"/></clipPath>${path(BODY, colour)}<g clip-path="url(#body)">${stripes}</g>${line(NECKLINE, dark, 6)}${SLEEVES}`,
      };
    }
    case "hoodie":
      return {
        back: path("M70 206C70 168 96 160 128 160s58 8 58 46c-20 14-96 14-116 0z", dark),
        front:
          path(BODY, colour) +
          path("M98 194c8 26 52 26 60 0c10 4 16 8 18 14c-22 26-74 26-96 0c2-6 8-10 18-14z", dark) +
          line("M113 216v22m30-22v22", detail, 4) +
          line("M96 258c4-10 60-10 64 0", dark, 4) +
          SLEEVES,
      };
    case "collared shirt":
      return {
        back: "",
        front:
          path(BODY, colour) +
          line("M128 212v48", dark, 3) +
          [224, 240, 255].map((y) => circle(128, y, 3, detail)).join("") +
          mirrored(
            path(
              "M106 188l22 24l-18 16l-18-30z",
              light(colour, 0.35),
              `stroke="${dark}" stroke-width="2" stroke-linejoin="round"`,
            ),
          ) +
          SLEEVES,
      };
    case "sweater":
      return {
        back: "",
        front:
          path(BODY, colour) +
          line(
            "M56 240l12-10l12 10l12-10l12 10l12-10l12 10l12-10l12 10l12-10l12 10l12-10l12 10l12-10",
            detail,
            5,
          ) +
          rect(102, 178, 52, 24, dark, 'rx="10"') +
          line("M112 183v14m11-14v14m11-14v14m11-14v14", colour, 3) +
          SLEEVES,
      };
    case "dress":
      return {
        back: "",
        front:
          path(BODY, skin) +
          path("M78 262c2-18 4-34 14-48c16 18 56 18 72 0c10 14 12 30 14 48z", colour) +
          mirrored(line("M94 216l6-20", colour, 8)) +
          line("M93 216c17 17 53 17 70 0", detail, 4) +
          circle(128, 240, 3.4, detail) +
          circle(108, 246, 3, detail) +
          circle(148, 246, 3, detail),
      };
    case "overalls":
      return {
        back: "",
        front:
          path(BODY, "#fff6e6") +
          line(NECKLINE, "#e4d3c2", 5) +
          mirrored(line("M98 226l-8-26", colour, 11)) +
          path("M90 262v-36q0-6 6-6h64q6 0 6 6v36z", colour) +
          rect(112, 236, 32, 24, dark, 'rx="5"') +
          mirrored(circle(99, 226, 4, "#f9c846")) +
          SLEEVES,
      };
  }
}

export function drawScarf(colour: Hex): string {
  const dark = shade(colour, 0.2);
  return (
    path("M92 186c18 14 54 14 72 0c8 2 10 18 2 24c-22 14-54 14-76 0c-8-6-6-22 2-24z", colour) +
    path("M142 208l22-4l10 46h-26z", dark) +
    line("M152 250v7m8-7v7m8-7v7", dark, 4) +
    line("M100 200c16 8 40 8 56 0", dark, 3)
  );
}

export const drawBowTie = (colour: Hex): string =>
  mirrored(path("M128 202l-22-12c-4 8-4 20 0 27z", colour)) + ellipse(128, 203, 7, 8, shade(colour, 0.25));

export const drawNecklace = (): string =>
  [
    [108, 199],
    [113, 206],
    [120, 211],
    [128, 213],
    [136, 211],
    [143, 206],
    [148, 199],
  ]
    .map(([x, y]) => circle(x!, y!, 4.2, "#fffaf0", 'stroke="#d9c7b2" stroke-width="1.2"'))
    .join("");
