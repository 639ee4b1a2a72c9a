import { circle, ellipse, line, linear, path, rect } from "../canvas";
import { type Hex, mix } from "../colour";
import type { Random } from "../random";
import type { SceneAttributes, Time, Weather } from "../record";

/** The light of a scene: what the sky's hour does to every colour below it. */
export type Light = {
  /** Sky from zenith to horizon. */
  zenith: Hex;
  horizon: Hex;
  /** A land colour seen at this hour; `far` 0 is near, 1 melts into the horizon. */
  land(colour: Hex, far?: number): Hex;
};

const SKIES: Record<Time, readonly (readonly [Hex, Hex])[]> = {
  day: [
    ["#7cc7f2", "#e3f5fb"],
    ["#8fd3f4", "#fdf3d8"],
    ["#5fb4ea", "#d4effa"],
    ["#9bdcf0", "#fff1e6"],
    ["#86b9f0", "#f3e6f8"],
  ],
  sunset: [
    ["#6a5acd", "#ffb37a"],
    ["#f2709c", "#ffd59a"],
    ["#8a5fa8", "#ff9a76"],
    ["#ef7f6b", "#ffe1a1"],
    ["#4b64b0", "#ffb8a0"],
  ],
  night: [
    ["#141b4d", "#3f4f9c"],
    ["#1b1446", "#5a3f8c"],
    ["#0f2347", "#2f6c8f"],
    ["#20224f", "#6a5a9c"],
  ],
};
const GREYS: Record<Time, readonly [Hex, Hex]> = {
  day: ["#a9bccb", "#e2e8ec"],
  sunset: ["#8c86a5", "#e8bfae"],
  night: ["#232b4a", "#47557c"],
};
const TINTS: Record<Time, readonly [Hex, number]> = {
  day: ["#fff3d6", 0.04],
  sunset: ["#e8735a", 0.3],
  night: ["#1c2260", 0.6],
};

export function makeLight(random: Random, time: Time, weather: Weather): Light {
  const dull = weather === "rain" || weather === "cloudy" || weather === "snow";
  const [top, low] = random.pick(SKIES[time]);
  const zenith = dull ? mix(top, GREYS[time][0], 0.72) : top;
  const horizon = dull ? mix(low, GREYS[time][1], 0.72) : low;
  const [tint, amount] = TINTS[time];
  return {
    zenith,
    horizon,
    land: (colour, far = 0) => {
      const lit = mix(mix(colour, tint, amount), "#8b95a8", dull ? 0.14 : 0);
      return mix(lit, mix(horizon, zenith, 0.3), far * 0.72);
    },
  };
}

/** One puffy cloud with a flat base at y. */
export function drawCloud(x: number, y: number, w: number, fill: Hex, opacity = 1): string {
  const h = w * 0.3;
  return (
    `<g fill="${fill}" opacity="${opacity}">` +
    `<rect x="${x - w / 2}" y="${y - h * 0.55}" width="${w}" height="${h * 0.55}" rx="${h * 0.27}"/>` +
    circle(x - w * 0.2, y - h * 0.55, h * 0.5, fill) +
    circle(x + w * 0.06, y - h * 0.75, h * 0.68, fill) +
    circle(x + w * 0.28, y - h * 0.4, h * 0.4, fill) +
    "</g>"
  );
}

export const drawStars = (random: Random, count: number, bottom: number): string =>
  Array.from({ length: count }, () =>
    circle(
      random.range(4, 252),
      random.range(4, bottom),
      Number(random.weighted({ "0.9": 5, "1.4": 3, "2.1": 1 })),
      "#fff7da",
    ),
  ).join("");

function drawSunOrMoon(random: Random, time: Time, light: Light, skyline: number): string {
  const x = random.range(40, 216);
  if (time === "night") {
    const [y, r] = [random.range(34, 62), random.range(15, 22)];
    const glow =
      circle(x, y, r * 1.9, "#fff3c4", 'opacity=".12"') + circle(x, y, r * 1.4, "#fff3c4", 'opacity=".16"');
    if (random.chance(0.5))
      return `${glow}${circle(x, y, r, "#fff0bd")}${circle(x - 5, y - 4, r * 0.2, "#ead9a0")}${circle(x + 5, y + 5, r * 0.27, "#ead9a0")}`;
    return `${glow}<path d="M${x} ${y - r}a${r} ${r} 0 1 0 ${r} ${r * 1.25}a${r * 0.85} ${r * 0.85} 0 1 1 ${-r} ${-r * 1.25}z" fill="#fff0bd"/>`;
  }
  const low = time === "sunset";
  const [y, r] = low
    ? [skyline - random.range(2, 34), random.range(24, 34)]
    : [random.range(36, 62), random.range(17, 24)];
  const hot = low ? mix("#ffdf7a", "#ff7b54", random.range(0.1, 0.6)) : "#ffd75e";
  return (
    circle(x, y, r * 1.8, "#fff2b8", `opacity="${low ? 0.25 : 0.3}"`) +
    circle(x, y, r * 1.35, "#fff2b8", 'opacity=".35"') +
    circle(x, y, r, mix(hot, light.horizon, 0.06))
  );
}

function drawRainbow(random: Random, skyline: number): string {
  const x = random.range(90, 166);
  const bands: Hex[] = ["#ef6a6a", "#f7a35c", "#f9d767", "#7ecb83", "#62b3e4", "#8f7fd6"];
  return bands
    .map(
      (colour, i) =>
        `<path d="M${x - 112 + i * 6} ${skyline + 12}a${112 - i * 6} ${112 - i * 6} 0 0 1 ${2 * (112 - i * 6)} 0" fill="none" stroke="${colour}" stroke-width="6.4" opacity=".85"/>`,
    )
    .join("");
}

/** @param skyline y where land or sea begins. @returns the sky's layers, and its definitions. */
export function drawSky(
  random: Random,
  scene: SceneAttributes,
  light: Light,
  skyline: number,
): { layers: string[]; defs: string } {
  const { time = "day", weather = "clear" } = scene;
  const defs = linear("sky", light.zenith, light.horizon);
  let sky = rect(0, 0, 256, 256, "url(#sky)");
  if (time === "night" && weather === "clear") sky += drawStars(random, 60, skyline);
  const dull = weather === "rain" || weather === "cloudy" || weather === "snow";
  if (!dull) sky += drawSunOrMoon(random, time, light, skyline);
  if (weather === "rainbow") sky += drawRainbow(random, skyline);
  const cloudColour = dull
    ? mix(light.horizon, time === "night" ? "#6f7aa5" : "#ffffff", 0.45)
    : mix(light.horizon, "#ffffff", time === "night" ? 0.12 : 0.7);
  const count = weather === "cloudy" ? 6 : dull ? 5 : random.int(4);
  let clouds = "";
  for (let i = 0; i < count; i += 1) {
    const colour = dull ? mix(cloudColour, light.zenith, random.range(0, 0.45)) : cloudColour;
    clouds += drawCloud(
      (256 / Math.max(count, 1)) * (i + 0.5) + random.range(-20, 20),
      random.range(26, skyline * 0.62),
      random.range(56, dull ? 118 : 84),
      colour,
      dull ? 1 : 0.92,
    );
  }
  return { layers: [sky, clouds].filter(Boolean), defs };
}

/** What falls in front of everything. */
export function drawFalling(random: Random, weather: Weather): string {
  if (weather === "rain") {
    let drops = "";
    for (let i = 0; i < 46; i += 1)
      drops += `M${Math.round(random.range(0, 262))} ${Math.round(random.range(-6, 250))}l-4 13`;
    return line(drops, "#eaf4ff", 2.2, 'opacity=".75"');
  }
  if (weather !== "snow") return "";
  return Array.from({ length: 48 }, () =>
    circle(random.range(0, 256), random.range(0, 256), random.range(1.6, 3.8), "#ffffff", 'opacity=".95"'),
  ).join("");
}

/** A rolling line of hills from edge to edge, filled to the bottom. */
export function drawHills(random: Random, y: number, height: number, fill: Hex, bumps = 3): string {
  const step = 256 / bumps;
  let d = `M-6 260V${Math.round(y + random.range(-height, height) / 2)}`;
  let x = -6;
  for (let i = 0; i <= bumps; i += 1) {
    const next = x + step;
    const peak = y - random.range(0.2, 1) * height * (i % 2 ? 0.1 : 1);
    d += `S${Math.round(x + step * 0.4)} ${Math.round(peak)} ${Math.round(next)} ${Math.round(y + random.range(-0.35, 0.35) * height)}`;
    x = next;
  }
  return path(`${d}V260z`, fill);
}

export const drawShadow = (x: number, y: number, w: number): string =>
  ellipse(x, y, w * 0.42, Math.max(3, w * 0.085), "#1d1440", 'opacity=".2"');
