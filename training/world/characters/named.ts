import { circle, ellipse, line, mirrored, path } from "../canvas";
import type { CharacterAttributes } from "../record";
import type { Marks } from "./avatar";

/**
 * Four characters with a face, hair and marks of their own. They are in no base data: LoRAs learn them.
 * `fixed` never changes; clothes, expression, scene and style are free.
 */
export type NamedCharacter = {
  fixed: Omit<CharacterAttributes, "expression" | "clothes" | "clothesColour"> & {
    name: { en: string; zh: string };
  };
  marks: Marks;
};

const star = (x: number, y: number, r: number, fill: string): string =>
  path(
    `M${Array.from({ length: 10 }, (_, i) => {
      const radius = i % 2 ? r * 0.45 : r;
      return `${(x + Math.sin((i * Math.PI) / 5) * radius).toFixed(1)} ${(y - Math.cos((i * Math.PI) / 5) * radius).toFixed(1)}`;
    }).join("L")}z`,
    fill,
  );

const PEACH = "#ff9f80";
const TEAL = "#22a9a2";
const MOON = "#c9c3f5";
const RUST = "#a8452c";

export const NAMED: Readonly<Record<string, NamedCharacter>> = {
  // Twin buns with leaves, and a heart on the cheek.
  Momo: {
    fixed: {
      look: "mosaiq",
      name: { en: "Momo", zh: "桃桃" },
      person: "girl",
      skin: "fair",
      hair: "bob",
      hairColour: "pink",
      glasses: "none",
      headwear: "none",
      accessory: "none",
    },
    marks: {
      hair: PEACH,
      iris: "#4a8f5c",
      behind: mirrored(
        circle(78, 46, 27, "#e8805f") +
          circle(77, 43, 25, PEACH) +
          line("M62 38c4-9 12-12 20-9", "#ffcbb5", 4),
      ),
      overFace: path("M160 138c-6-7-15 0-10 7c3 4 7 6 10 10c3-4 7-6 10-10c5-7-4-14-10-7z", "#f2557a"),
      over: mirrored(
        path("M88 30c-2-16 8-24 22-24c0 14-8 24-22 24z", "#67b96b") + line("M90 28l12-14", "#4a9a52", 2),
      ),
    },
  },
  // Teal quiff, freckles, a plaster over the nose.
  Kai: {
    fixed: {
      look: "mosaiq",
      name: { en: "Kai", zh: "阿凯" },
      person: "boy",
      skin: "tan",
      hair: "spiky",
      hairColour: "blue",
      glasses: "none",
      headwear: "none",
      accessory: "freckles",
    },
    marks: {
      hair: TEAL,
      iris: "#2f6fae",
      over:
        path("M92 66C92 20 140-2 190 22c-14 2-20 8-20 16c8 4 10 10 8 18c-22-12-54-8-86 10z", "#1c8d88") +
        path("M96 62C98 26 138 8 178 22c-30 0-56 14-82 40z", "#5fd0c6") +
        `<g transform="rotate(-10 128 132)"><rect x="111" y="126" width="34" height="12" rx="6" fill="#ffe3b8" stroke="#d9a86f" stroke-width="1.6"/>${circle(123, 132, 1.3, "#d9a86f")}${circle(128, 132, 1.3, "#d9a86f")}${circle(133, 132, 1.3, "#d9a86f")}</g>`,
    },
  },
  // Long moonlight hair, violet eyes, a crescent on the brow.
  Luna: {
    fixed: {
      look: "mosaiq",
      name: { en: "Luna", zh: "露娜" },
      person: "girl",
      skin: "brown",
      hair: "long",
      hairColour: "silver",
      glasses: "none",
      headwear: "none",
      accessory: "none",
    },
    marks: {
      hair: MOON,
      iris: "#7a3fd0",
      overFace: mirrored(
        circle(88, 140, 2.6, "#ffe08a") + circle(94, 146, 2, "#ffe08a") + circle(100, 149, 1.6, "#ffe08a"),
      ),
      over:
        path("M128 72a13 13 0 1 0 11 20a10.5 10.5 0 1 1-11-20z", "#ffd866") +
        star(188, 84, 11, "#ffe08a") +
        star(66, 100, 7, "#ffe08a"),
    },
  },
  // Curly rust hair, a great beard with a braid, round glasses.
  Bruno: {
    fixed: {
      look: "mosaiq",
      name: { en: "Bruno", zh: "布鲁诺" },
      person: "man",
      skin: "light",
      hair: "curly",
      hairColour: "ginger",
      glasses: "round",
      headwear: "none",
      accessory: "beard",
    },
    marks: {
      hair: RUST,
      over:
        ellipse(128, 186, 15, 16, RUST) +
        ellipse(128, 208, 12, 13, "#8a3522") +
        ellipse(128, 226, 10, 11, RUST) +
        `<rect x="117" y="195" width="22" height="7" rx="3.5" fill="#f5c451"/>` +
        mirrored(line("M96 150c-4 8-4 14 0 20", "#8a3522", 3)),
    },
  },
};
