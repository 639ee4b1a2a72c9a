import { BOARD, circle, type Drawing, linear, path, rect } from "../canvas";
import { distance, type Hex, light, luma, mix, shade } from "../colour";
import type { Random } from "../random";
import type { Background } from "../record";
import { COLOURS, type Colour, GROUNDS } from "../vocabulary";

// Pairs that glow rather than turn to mud halfway.
const GRADIENTS: readonly (readonly [Colour, Colour])[] = [
  ["pink", "orange"],
  ["purple", "pink"],
  ["sky blue", "mint"],
  ["blue", "purple"],
  ["yellow", "pink"],
  ["teal", "mint"],
  ["navy", "purple"],
  ["lavender", "pink"],
  ["orange", "yellow"],
  ["sky blue", "lavender"],
  ["mint", "yellow"],
  ["cream", "pink"],
];

/** A background against which none of `over` disappears. */
export function chooseBackground(random: Random, over: readonly Hex[]): Background {
  const clear = (colour: Colour) => over.every((hex) => distance(COLOURS[colour].hex, hex) > 120);
  const usable = GROUNDS.filter(clear);
  const colours = usable.length > 0 ? usable : GROUNDS;
  const pairs = GRADIENTS.filter(([a, b]) => clear(a) && clear(b));
  const type = random.weighted({ plain: 40, circle: 18, dots: 9, rays: 9, gradient: 24 });
  if (type === "gradient") {
    if (pairs.length > 0) {
      const [colour, to] = random.pick(pairs);
      return { type, colour, to };
    }
    return { type: "plain", colour: random.pick(colours) };
  }
  return { type, colour: random.pick(colours) };
}

/** A named colour is a small range of shades; a picture takes one of them. */
function nuance(random: Random, colour: Colour): Hex {
  const { hex } = COLOURS[colour];
  return random.chance(0.5) ? light(hex, random.range(0, 0.16)) : shade(hex, random.range(0, 0.08));
}

export function drawBackground(random: Random, background: Exclude<Background, { type: "scene" }>): Drawing {
  const hex = nuance(random, background.colour);
  const pale = luma(hex) > 0.8 ? shade(hex, 0.07) : mix(hex, "#fffaf0", 0.22);
  const base = rect(0, 0, BOARD, BOARD, hex);
  switch (background.type) {
    case "plain":
      return { layers: [base], defs: "" };
    case "circle":
      return {
        layers: [base, circle(128 + random.range(-8, 8), 130, random.range(92, 112), pale)],
        defs: "",
      };
    case "dots": {
      const gap = random.pick([28, 36, 44]);
      const r = gap * random.range(0.13, 0.2);
      let dots = "";
      for (let row = 0; row * gap * 0.5 < BOARD + gap; row += 1)
        for (let x = (row % 2) * gap * 0.5; x < BOARD + gap; x += gap)
          dots += circle(x, row * gap * 0.5, r, pale);
      return { layers: [base + dots], defs: "" };
    }
    case "rays": {
      const n = random.pick([8, 10, 12]);
      const turn = random.range(0, 1);
      const point = (k: number) =>
        `${(128 + 220 * Math.cos((k * Math.PI) / n)).toFixed(1)} ${(128 + 220 * Math.sin((k * Math.PI) / n)).toFixed(1)}`;
      const wedges = Array.from(
        { length: n },
        (_, i) => `M128 128L${point(2 * i + turn)}L${point(2 * i + 1 + turn)}z`,
      ).join("");
      return { layers: [base + path(wedges, pale)], defs: "" };
    }
    case "gradient":
      return {
        layers: [rect(0, 0, BOARD, BOARD, "url(#bg)")],
        defs: linear("bg", hex, nuance(random, background.to), random.chance(0.5)),
      };
  }
}
