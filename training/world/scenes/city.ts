import { circle, line, path, rect } from "../canvas";
import { type Hex, light as lighter, shade } from "../colour";
import type { Random } from "../random";
import type { Time } from "../record";
import type { Land } from "./land";
import type { Light } from "./sky";

const WALLS: readonly Hex[] = [
  "#f2a68c",
  "#8fb8de",
  "#f6d38f",
  "#b7a5d9",
  "#8ecab5",
  "#ef8f8f",
  "#f7e3c8",
  "#7f9cc9",
];

/** One house with its windows, foot at y. */
function drawTower(
  random: Random,
  x: number,
  y: number,
  w: number,
  h: number,
  wall: Hex,
  lit: Hex,
  dim: Hex,
  time: Time,
): string {
  const roofs = [
    "",
    path(`M${x - 2} ${y - h}l${w / 2 + 2} ${-w * 0.4}l${w / 2 + 2} ${w * 0.4}z`, shade(wall, 0.25)),
    rect(x + w * 0.3, y - h - 9, w * 0.4, 9, shade(wall, 0.15)),
    line(`M${x + w / 2} ${y - h}v-16`, shade(wall, 0.3), 2) + circle(x + w / 2, y - h - 17, 2.2, "#ef6a6a"),
  ];
  const columns = Math.max(2, Math.floor(w / 13));
  const rows = Math.max(2, Math.floor(h / 18));
  const on = time === "day" ? 0.12 : time === "sunset" ? 0.4 : 0.62;
  let windows = "";
  for (let c = 0; c < columns; c += 1) {
    for (let r = 0; r < rows; r += 1) {
      windows += rect(
        x + (w / columns) * (c + 0.5) - 3,
        y - h + 8 + r * (h / rows),
        6,
        8,
        random.chance(on) ? lit : dim,
        'rx="1"',
      );
    }
  }
  return (
    rect(x, y - h, w, h + 2, wall, 'rx="2"') +
    rect(x + w * 0.8, y - h, w * 0.2, h + 2, shade(wall, 0.08)) +
    windows +
    random.pick(roofs)
  );
}

function drawRow(
  random: Random,
  light: Light,
  time: Time,
  y: number,
  low: number,
  high: number,
  far: number,
): string {
  let svg = "";
  for (let x = -random.int(20); x < 256; ) {
    const w = random.range(26, 46);
    const wall = light.land(random.pick(WALLS), far);
    const lit = far > 0.3 ? light.land("#ffe9b0", far) : time === "day" ? light.land("#fff3cf") : "#ffdf86";
    svg += drawTower(
      random,
      Math.round(x),
      y,
      Math.round(w),
      Math.round(random.range(low, high)),
      wall,
      lit,
      time === "day" ? lighter(wall, 0.55) : shade(wall, 0.3),
      time,
    );
    x += w + random.range(0, 5);
  }
  return svg;
}

/** A street of houses with a pavement and a road: far towers, near houses, the street. */
export function drawCity(random: Random, light: Light, time: Time): Land {
  const lamp = (x: number) =>
    line(`M${x} 206v-50q0-8 9-8`, light.land("#3f4560"), 3) +
    circle(x + 10, 150, time === "day" ? 4 : 5, time === "day" ? "#fff6da" : "#ffe08a") +
    (time === "day" ? "" : circle(x + 10, 150, 14, "#ffe08a", 'opacity=".25"'));
  const street =
    rect(0, 198, 256, 62, light.land("#d9d2c7")) +
    rect(0, 213, 256, 47, light.land("#686d84")) +
    line("M-4 236H260", light.land("#fff1c9"), 3.5, 'stroke-dasharray="22 16"');
  return {
    defs: "",
    layers: [
      drawRow(random, light, time, 192, 84, 138, 0.6),
      drawRow(random, light, time, 200, 46, 96, 0.1),
      street + lamp(30 + random.int(30)) + lamp(190 + random.int(30)),
    ],
  };
}
