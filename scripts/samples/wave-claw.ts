import { mix } from "./noise";

/** A bead of foam. */
export interface Drop {
  x: number;
  y: number;
  r: number;
}

/** One claw of foam: a hooked finger of shrinking beads that forks once or twice. */
export function claw(
  x: number,
  y: number,
  angle: number,
  reach: number,
  hook: number,
  random: () => number,
  forks: number,
): Drop[] {
  const drops: Drop[] = [];
  let [px, py, a] = [x, y, angle];
  const steps = 15;
  for (let n = 0; n < steps; n++) {
    const t = n / steps;
    drops.push({ x: px, y: py, r: reach * mix(0.2, 0.045, t ** 0.8) * (0.85 + 0.35 * random()) });
    px += (Math.cos(a) * reach) / steps;
    py += (Math.sin(a) * reach) / steps;
    a += hook * (0.05 + 0.24 * t);
    if (forks > 0 && (n === 4 || n === 8))
      drops.push(...claw(px, py, a - hook * 1.0, reach * (0.62 - 0.2 * t), hook, random, forks - 1));
  }
  return drops;
}
