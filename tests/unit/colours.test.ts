import sharp from "sharp";
import { expect, test } from "vitest";
import type { Colour } from "@/lib/pictures/colour-names";
import { COLOURS } from "@/lib/pictures/colour-names";
import { coloursOf, nameColour } from "@/lib/pictures/colours";
import { inspectPicture } from "@/lib/pictures/inspect-picture";

/** What people point at when they say these words. */
const SHOWN: Record<Colour, readonly string[]> = {
  red: ["#d8392f", "#c00000", "#ff2020"],
  orange: ["#f28a2e", "#ff9900"],
  yellow: ["#f5d033", "#ffee58"],
  green: ["#4fa84a", "#0b6b2b", "#9ccc65"],
  teal: ["#27a9a4", "#00bcd4"],
  blue: ["#3b72d9", "#0d3b8c", "#90caf9"],
  purple: ["#8750c4", "#6a1b9a"],
  pink: ["#ef7fb2", "#f8bbd0", "#f2a3a0"],
  brown: ["#8a5a34", "#6d4c2f"],
  black: ["#000000", "#1c1b20"],
  grey: ["#8d8d94", "#5f5f63"],
  white: ["#ffffff", "#f4f2ef"],
};

test.each(COLOURS)("%s is called so", (colour) => {
  for (const hex of SHOWN[colour]) {
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [
      number,
      number,
      number,
    ];
    expect([hex, nameColour(r, g, b)]).toEqual([hex, colour]);
  }
});

test("every colour has a name", () => {
  for (let value = 0; value < 2 ** 24; value += 4_099)
    expect(COLOURS).toContain(nameColour(value >> 16, (value >> 8) & 255, value & 255));
});

test("a picture's colours are those that cover a part of it, the most first", async () => {
  const band = { width: 200, height: 60, channels: 3 as const, background: "#3b72d9" };
  const spot = { width: 16, height: 16, channels: 3 as const, background: "#d8392f" };
  const picture = sharp({
    create: { width: 200, height: 200, channels: 3, background: "#f5d033" },
  }).composite([
    { input: { create: band }, left: 0, top: 0 },
    { input: { create: spot }, left: 90, top: 120 },
  ]);
  const { thumbhash } = await inspectPicture(await picture.png().toBuffer());
  expect(coloursOf(thumbhash).slice(0, 2)).toEqual(["yellow", "blue"]);
  expect(coloursOf(thumbhash)).not.toContain("red");
});
