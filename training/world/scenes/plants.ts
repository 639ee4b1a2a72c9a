import { circle, ellipse, line, path, rect } from "../canvas";
import { type Hex, light, shade } from "../colour";

/** All stand with their foot at (x, y) and are `h` units high. */
export function drawPine(x: number, y: number, h: number, fill: Hex, trunk: Hex): string {
  const w = h * 0.27;
  const tier = (top: number, bottom: number, half: number) =>
    `M${x} ${Math.round(y - h * top)}L${Math.round(x + half)} ${Math.round(y - h * bottom)}Q${x} ${Math.round(y - h * bottom + h * 0.06)} ${Math.round(x - half)} ${Math.round(y - h * bottom)}z`;
  return (
    rect(x - h * 0.04, y - h * 0.16, h * 0.08, h * 0.16, trunk) +
    path(tier(0.72, 0.12, w), shade(fill, 0.14)) +
    path(tier(0.86, 0.38, w * 0.82), shade(fill, 0.05)) +
    path(tier(1, 0.6, w * 0.6), light(fill, 0.08))
  );
}

export function drawRoundTree(x: number, y: number, h: number, fill: Hex, trunk: Hex): string {
  const r = h * 0.3;
  return (
    path(`M${x - h * 0.05} ${y}l${h * 0.02} ${-h * 0.5}h${h * 0.06}l${h * 0.02} ${h * 0.5}z`, trunk) +
    circle(x, y - h * 0.66, r, fill) +
    circle(x - r * 0.62, y - h * 0.5, r * 0.66, fill) +
    circle(x + r * 0.62, y - h * 0.5, r * 0.66, shade(fill, 0.1)) +
    circle(x - r * 0.25, y - h * 0.74, r * 0.5, light(fill, 0.18))
  );
}

export function drawPalm(x: number, y: number, h: number, fill: Hex, trunk: Hex, lean: number): string {
  const [tx, ty] = [x + lean, y - h];
  const leaf = (dx: number, dy: number) =>
    path(
      `M${tx} ${ty}q${dx * 0.5} ${dy - h * 0.2} ${dx} ${dy}q${-dx * 0.4} ${-h * 0.05} ${-dx} ${-dy}z`,
      fill,
    );
  return (
    line(`M${x} ${y}q${lean * 0.2} ${-h * 0.6} ${lean} ${-h}`, trunk, h * 0.07) +
    leaf(h * 0.48, h * 0.12) +
    leaf(-h * 0.48, h * 0.12) +
    leaf(h * 0.36, -h * 0.1) +
    leaf(-h * 0.36, -h * 0.1) +
    leaf(h * 0.3, h * 0.3) +
    leaf(-h * 0.3, h * 0.3) +
    circle(tx - 3, ty + 4, h * 0.045, shade(trunk, 0.3)) +
    circle(tx + 4, ty + 4, h * 0.045, shade(trunk, 0.3))
  );
}

export function drawSaguaro(x: number, y: number, h: number, fill: Hex): string {
  const w = h * 0.2;
  return (
    line(
      `M${x} ${y}v${-h + w / 2}M${x} ${y - h * 0.32}h${-h * 0.24}v${-h * 0.25}M${x} ${y - h * 0.45}h${h * 0.24}v${-h * 0.22}`,
      fill,
      w * 0.9,
    ) + line(`M${x - w * 0.1} ${y - 4}v${-h * 0.8}`, light(fill, 0.2), w * 0.14)
  );
}

export function drawFlower(x: number, y: number, h: number, petal: Hex, stem: Hex): string {
  return (
    line(`M${x} ${y}v${-h}`, stem, 2) +
    [0, 1, 2, 3, 4]
      .map((i) =>
        circle(x + Math.sin(i * 1.257) * h * 0.24, y - h - Math.cos(i * 1.257) * h * 0.24, h * 0.2, petal),
      )
      .join("") +
    circle(x, y - h, h * 0.16, "#ffd65c")
  );
}

export const drawGrass = (x: number, y: number, h: number, fill: Hex): string =>
  line(
    `M${x} ${y}q-1 ${-h * 0.6} -4 ${-h}M${x + 1} ${y}v${-h * 1.15}M${x + 2} ${y}q1 ${-h * 0.6} 5 ${-h}`,
    fill,
    1.8,
  );

export const drawBush = (x: number, y: number, w: number, fill: Hex): string =>
  ellipse(x - w * 0.28, y - w * 0.12, w * 0.26, w * 0.2, fill) +
  ellipse(x, y - w * 0.2, w * 0.32, w * 0.28, fill) +
  ellipse(x + w * 0.28, y - w * 0.12, w * 0.26, w * 0.2, shade(fill, 0.08)) +
  rect(x - w * 0.5, y - w * 0.12, w, w * 0.12, fill, `rx="${w * 0.06}"`);
