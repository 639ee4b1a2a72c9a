import { circle, ellipse, line, linear, path, rect } from "../canvas";
import { type Hex, light as lighter, mix, shade } from "../colour";
import type { Random } from "../random";
import type { Time } from "../record";
import { drawBush, drawFlower, drawGrass, drawPalm, drawPine, drawRoundTree, drawSaguaro } from "./plants";
import { drawHills, type Light } from "./sky";

/** What lies under a sky: layers from far to near. */
export type Land = { layers: string[]; defs: string };
type Draw = (random: Random, light: Light, time: Time) => Land;

const GREENS: readonly Hex[] = ["#7cc36a", "#8fcf70", "#6dbb7d", "#a3cf62", "#66b78f"];
const FOREST: readonly Hex[] = ["#3f8f63", "#4b9a55", "#347a68", "#5aa05a"];
const PETALS: readonly Hex[] = ["#ff8fa8", "#ffffff", "#ffb84d", "#b794f4", "#ff6f61"];

const scatter = (random: Random, count: number, draw: (x: number, i: number) => string): string =>
  Array.from({ length: count }, (_, i) =>
    draw(Math.round(((i + random.range(0.15, 0.85)) * 256) / count), i),
  ).join("");

function peaks(
  random: Random,
  base: number,
  height: number,
  fill: Hex,
  snow: Hex | undefined,
  count: number,
): string {
  return scatter(random, count, (x) => {
    const h = height * random.range(0.62, 1);
    const half = h * random.range(0.72, 0.95);
    const top = base - h;
    const body = path(
      `M${x - half} ${base + 60}L${x - half} ${base}L${x} ${top}L${x + half} ${base}V${base + 60}z`,
      fill,
    );
    const side = path(
      `M${x} ${top}L${x + half} ${base}V${base + 60}H${x + half * 0.2}L${x - half * 0.06} ${top + h * 0.5}z`,
      shade(fill, 0.1),
    );
    const k = 0.3;
    const cap = snow
      ? path(
          `M${x} ${top}L${x + half * k} ${top + h * k}l${-half * 0.1} ${-h * 0.05}l${-half * 0.1} ${h * 0.08}l${-half * 0.1} ${-h * 0.07}l${-half * 0.1} ${h * 0.07}l${-half * 0.1} ${-h * 0.06}L${x - half * k} ${top + h * k}z`,
          snow,
        )
      : "";
    return body + side + cap;
  });
}

const meadowFront = (random: Random, light: Light, y: number, green: Hex): string =>
  drawHills(random, y, 14, light.land(green)) +
  scatter(random, 9, (x) => drawGrass(x, random.range(y + 16, 252), 9, light.land(shade(green, 0.25)))) +
  (random.chance(0.6)
    ? scatter(random, 6, (x) =>
        drawFlower(
          x,
          random.range(y + 22, 250),
          random.range(9, 14),
          light.land(random.pick(PETALS)),
          light.land("#4d8f55"),
        ),
      )
    : "");

const meadow: Draw = (random, light) => {
  const green = random.pick(GREENS);
  const trees = scatter(random, random.int(3) + 1, (x) =>
    drawRoundTree(
      x,
      172,
      random.range(34, 58),
      light.land(random.pick(FOREST), 0.15),
      light.land("#8a5d43", 0.1),
    ),
  );
  return {
    defs: "",
    layers: [
      drawHills(random, 150, 34, light.land(green, 0.6), 2),
      drawHills(random, 166, 26, light.land(shade(green, 0.08), 0.28)) + trees,
      meadowFront(random, light, 186, green),
    ],
  };
};

const mountains: Draw = (random, light) => {
  const rock = random.pick(["#7f8fb5", "#8b7fa8", "#6f95a8", "#9a8a8f"]);
  const green = random.pick(GREENS);
  const snow = light.land("#ffffff");
  const pines = scatter(random, 7, (x) =>
    drawPine(
      x,
      random.range(184, 192),
      random.range(24, 44),
      light.land(random.pick(FOREST), 0.1),
      light.land("#7a5240"),
    ),
  );
  return {
    defs: "",
    layers: [
      peaks(random, 168, 118, light.land(rock, 0.5), snow, 3),
      peaks(random, 180, 84, light.land(shade(rock, 0.15), 0.12), snow, 3),
      pines + meadowFront(random, light, 190, green),
    ],
  };
};

const forest: Draw = (random, light) => {
  const green = random.pick(FOREST);
  const round = random.chance(0.45);
  const row = (y: number, h: number, far: number, count: number) =>
    scatter(random, count, (x) => {
      const size = h * random.range(0.8, 1.15);
      const [leaf, trunk] = [
        light.land(random.chance(0.25) ? mix(green, "#d9a441", 0.25) : green, far),
        light.land("#7b5340", far),
      ];
      return round ? drawRoundTree(x, y, size, leaf, trunk) : drawPine(x, y, size, leaf, trunk);
    });
  const ground = random.pick(["#79b862", "#6fae6c", "#8cba5e"]);
  return {
    defs: "",
    layers: [
      rect(0, 140, 256, 120, light.land(green, 0.7)) + row(168, 92, 0.62, 8),
      rect(0, 176, 256, 84, light.land(ground, 0.35)) + row(184, 110, 0.32, 6),
      drawHills(random, 192, 10, light.land(ground)) +
        drawFrame(random, round, light, green) +
        scatter(random, 5, (x) =>
          drawBush(x, 204, random.range(20, 34), light.land(shade(green, 0.02), 0.05)),
        ) +
        scatter(random, 7, (x) => drawGrass(x, random.range(216, 252), 8, light.land(shade(ground, 0.3)))),
    ],
  };
};

/** Two large trees that frame a forest. */
function drawFrame(random: Random, round: boolean, light: Light, green: Hex): string {
  const one = (x: number) =>
    round
      ? drawRoundTree(x, 214, random.range(150, 180), light.land(green), light.land("#7b5340"))
      : drawPine(x, 214, random.range(150, 190), light.land(green), light.land("#7b5340"));
  return one(random.range(2, 26)) + one(random.range(230, 254));
}

const water = (light: Light, colour: Hex, y: number, bottom: number): string =>
  rect(0, y, 256, bottom - y, "url(#water)") +
  line(`M0 ${y + 0.5}h256`, mix(light.horizon, colour, 0.3), 1.5);
const glints = (random: Random, light: Light, from: number, to: number): string =>
  line(
    Array.from(
      { length: 12 },
      () => `M${Math.round(random.range(0, 240))} ${Math.round(random.range(from, to))}q5-3 10 0t10 0`,
    ).join(""),
    mix(light.horizon, "#ffffff", 0.5),
    2,
    'opacity=".6"',
  );

const sea: Draw = (random, light) => {
  const blue = light.land(random.pick(["#3f9fd8", "#38a9c4", "#4a86d8", "#47b8b4"]));
  const wave = (y: number, tone: Hex) =>
    path(
      `M-10 260V${y}${Array.from({ length: 7 }, (_, i) => `q10 ${i % 2 ? 7 : -9} 20 0t20 0`).join("")}V260z`,
      tone,
    );
  const island = random.chance(0.4)
    ? path(`M${random.range(10, 150)} 146q30-36 76 0z`, light.land("#7d9d8c", 0.5))
    : "";
  return {
    defs: linear("water", mix(blue, light.horizon, 0.4), blue),
    layers: [
      island + water(light, blue, 145, 256) + glints(random, light, 152, 190),
      wave(204, shade(blue, 0.08)),
      wave(226, shade(blue, 0.18)),
    ],
  };
};

const beach: Draw = (random, light) => {
  const blue = light.land(random.pick(["#46b3d6", "#3fb8b8", "#4f9fe0"]));
  const sand = light.land(random.pick(["#f7dfa6", "#f6d6a4", "#fae6bd"]));
  const d = `C60 ${168 + random.int(10)} 110 ${188 + random.int(8)} 160 178S230 172 262 ${178 + random.int(8)}`;
  const shore = path(`M-6 176${d}V260H-6z`, sand);
  const foam = line(`M-6 176${d}`, "#ffffff", 6, 'opacity=".85"');
  const left = random.chance(0.5);
  const palm = random.chance(0.7)
    ? drawPalm(
        left ? 26 : 230,
        214,
        random.range(96, 124),
        light.land("#4fa36a"),
        light.land("#a9744c"),
        left ? 18 : -18,
      )
    : "";
  const bits = scatter(random, 6, (x) => ellipse(x, random.range(206, 250), 3, 1.6, light.land("#dcb97d")));
  return {
    defs: linear("water", mix(blue, light.horizon, 0.45), blue),
    layers: [
      water(light, blue, 140, 200) + glints(random, light, 146, 166),
      foam + shore + bits,
      palm,
    ].filter(Boolean),
  };
};

const lake: Draw = (random, light) => {
  const blue = light.land(random.pick(["#5fb0d8", "#58b5b9", "#6c9fe0"]));
  const green = random.pick(FOREST);
  const far = peaks(
    random,
    150,
    84,
    light.land("#8492b5", 0.45),
    random.chance(0.6) ? light.land("#ffffff") : undefined,
    3,
  );
  const trees = scatter(random, 11, (x) =>
    drawPine(x, 154, random.range(22, 40), light.land(green, 0.3), light.land("#7a5240", 0.2)),
  );
  return {
    defs: linear("water", mix(blue, light.horizon, 0.5), blue),
    layers: [
      far,
      trees + water(light, blue, 152, 230) + glints(random, light, 160, 206),
      drawHills(random, 222, 14, light.land(random.pick(GREENS))) +
        scatter(random, 10, (x) => drawGrass(x, random.range(226, 252), 12, light.land(shade(green, 0.05)))),
    ],
  };
};

const desert: Draw = (random, light) => {
  const sand = random.pick(["#f0c27a", "#eab676", "#f2cd8d", "#e8a870"]);
  const mesa = random.chance(0.6)
    ? path(
        `M${random.int(60)} 168l12-44h46l10 44zM${150 + random.int(40)} 168l8-30h40l8 30z`,
        light.land("#c97b5a", 0.4),
      )
    : "";
  return {
    defs: "",
    layers: [
      mesa + drawHills(random, 166, 24, light.land(sand, 0.4), 2),
      drawHills(random, 182, 26, light.land(shade(sand, 0.08), 0.12), 3),
      drawHills(random, 204, 18, light.land(lighter(sand, 0.12)), 2) +
        scatter(random, 3, (x) =>
          drawSaguaro(x, random.range(196, 212), random.range(32, 62), light.land("#5f9f6b")),
        ),
    ],
  };
};

const snowfield: Draw = (random, light) => {
  const snow = "#f2f6fd";
  const pine = (y: number, h: number, far: number, count: number) =>
    scatter(random, count, (x) =>
      drawPine(
        x,
        y,
        h * random.range(0.8, 1.2),
        light.land("#d8e8ee", far * 0.6),
        light.land("#7a5a50", far),
      ),
    );
  return {
    defs: "",
    layers: [
      drawHills(random, 152, 36, light.land("#dbe6f5", 0.35), 2) + pine(168, 36, 0.5, 7),
      drawHills(random, 174, 20, light.land("#e6eef9", 0.12)) + pine(188, 66, 0.2, 4),
      drawHills(random, 198, 14, light.land(snow)) +
        scatter(random, 4, (x) => ellipse(x, random.range(222, 250), 26, 4, light.land("#dde7f5"))),
    ],
  };
};

const road: Draw = (random, light) => {
  const green = random.pick(GREENS);
  const fence = line(
    `M0 206h256M0 198h256${Array.from({ length: 11 }, (_, i) => `M${i * 25 + 4} 192v20`).join("")}`,
    light.land("#fff4e2"),
    3,
  );
  const asphalt =
    rect(0, 214, 256, 46, light.land("#6d7285")) +
    rect(0, 212, 256, 4, light.land("#e9e2d4")) +
    line("M-4 238H260", light.land("#fff1c9"), 4, 'stroke-dasharray="24 18"');
  const trees = scatter(random, 4, (x) =>
    drawRoundTree(x, 196, random.range(40, 64), light.land(random.pick(FOREST), 0.12), light.land("#8a5d43")),
  );
  return {
    defs: "",
    layers: [
      drawHills(random, 152, 36, light.land(green, 0.55), 2),
      drawHills(random, 176, 22, light.land(green, 0.2)) + trees,
      rect(0, 200, 256, 60, light.land(shade(green, 0.06))) + (random.chance(0.5) ? fence : "") + asphalt,
    ],
  };
};

const clouds: Draw = (random, light) => {
  const bank = (y: number, r: number, tone: Hex) =>
    scatter(random, 8, (x) => circle(x, y + random.range(-8, 10), r * random.range(0.7, 1.15), tone)) +
    rect(0, y, 256, 260 - y, tone);
  const white = light.land("#ffffff");
  return {
    defs: "",
    layers: [
      bank(196, 26, mix(white, light.horizon, 0.55)),
      bank(218, 28, mix(white, light.horizon, 0.25)),
      bank(244, 26, white),
    ],
  };
};

export const LANDS = {
  meadow,
  mountains,
  forest,
  sea,
  beach,
  lake,
  desert,
  snowfield,
  road,
  clouds,
} satisfies Record<string, Draw>;
