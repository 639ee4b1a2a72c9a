import { Canvas } from "./canvas";
import { clamp, fbm, hex, mix, mixRgb, noise, type Rgb, randomFrom, scaleRgb, smoothstep } from "./noise";
import type { SamplePicture } from "./picture";
import { type Body, render, type Scene, type Surface, type Vec } from "./tracer";

/** sRGB as painted → linear light as reflected. */
const linear = (text: string): Rgb => {
  const [r, g, b] = hex(text);
  return [r ** 2.2, g ** 2.2, b ** 2.2];
};
/** Rounded union: `k` is how far the two flow together. */
function blend(a: number, b: number, k: number): number {
  const h = clamp(0.5 + (0.5 * (b - a)) / k);
  return mix(b, a, h) - k * h * (1 - h);
}
const capsule = (x: number, y: number, z: number, a: Vec, b: Vec, r: number): number => {
  const [px, py, pz] = [x - a[0], y - a[1], z - a[2]];
  const [bx, by, bz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const t = clamp((px * bx + py * by + pz * bz) / (bx * bx + by * by + bz * bz));
  return Math.hypot(px - bx * t, py - by * t, pz - bz * t) - r;
};

const STEM: Surface = { albedo: linear("#5b4027"), roughness: 0.8, gloss: 0.02 };

function pear(centre: Vec, lean: number, turn: number): Body {
  const bend = (x: number, y: number): number => x - lean * Math.max(0, y) ** 1.4;
  const stem = (x: number, y: number, z: number) =>
    capsule(bend(x, y), y, z, [0, 0.78, 0], [0.07, 1.04, 0.03], 0.028);
  return {
    centre,
    bound: 1.2,
    distance(x, y, z) {
      const u = bend(x, y);
      const flesh = blend(Math.hypot(u, y, z) - 0.5, Math.hypot(u, y - 0.6, z) - 0.235, 0.42);
      const skin = flesh < 0.03 ? flesh + 0.004 * noise(u * 14, y * 14 + z * 9, 3) : flesh;
      return Math.min(skin, stem(x, y, z)) * 0.85;
    },
    surface(x, y, z) {
      if (stem(x, y, z) < 0.004) return STEM;
      const angle = Math.atan2(z, x) + turn;
      const blush =
        smoothstep(-0.2, 1, Math.sin(angle)) *
        smoothstep(0.9, -0.2, y) *
        (0.5 + 0.6 * fbm(angle * 2, y * 4, 4, 6));
      let albedo = mixRgb(linear("#a9ac38"), linear("#d9b945"), fbm(x * 3 + 9, y * 3 + z, 3, 7));
      albedo = mixRgb(albedo, linear("#b8432a"), clamp(blush));
      const freckle = smoothstep(0.73, 0.82, noise(angle * 26, y * 34 + z * 8, 8));
      return { albedo: mixRgb(albedo, linear("#6d5024"), freckle * 0.65), roughness: 0.28, gloss: 0.035 };
    },
  };
}

function lemon(centre: Vec, axis: number): Body {
  const cos = Math.cos(axis);
  const sin = Math.sin(axis);
  return {
    centre,
    bound: 0.68,
    distance(x, y, z) {
      const u = x * cos + z * sin;
      const v = -x * sin + z * cos;
      const body = Math.hypot(u * 0.78, y, v) - 0.36;
      const tip = Math.hypot(Math.abs(u) - 0.47, y, v) - 0.06;
      const smooth = blend(body, tip, 0.13);
      if (smooth > 0.03) return smooth * 0.75;
      return (smooth + 0.006 * noise(u * 34 + 9, (y + v * 0.6) * 34 + 50, 4)) * 0.75;
    },
    surface(x, y, z) {
      const albedo = mixRgb(linear("#f2c21e"), linear("#f7dc4b"), fbm(x * 4 + 5, y * 4 + z * 3, 3, 9));
      return { albedo, roughness: 0.32, gloss: 0.045 };
    },
  };
}

/** Half a lemon lying on its back, the cut turned to the window. */
function halfLemon(centre: Vec): Body {
  const n: Vec = [-0.3, 0.4, 0.866];
  const cut = (x: number, y: number, z: number): number => x * n[0] + y * n[1] + z * n[2];
  return {
    centre,
    bound: 0.5,
    distance(x, y, z) {
      const pulp = 0.006 * noise(x * 40, y * 40 + z * 12, 12);
      return (
        Math.max(
          Math.hypot(x, y, z) - 0.4 + 0.006 * noise(x * 32 + 7, y * 32 + z * 20, 5),
          cut(x, y, z) - 0.02 + pulp,
        ) * 0.85
      );
    },
    surface(x, y, z) {
      if (cut(x, y, z) < 0.005) return { albedo: linear("#f3c727"), roughness: 0.32, gloss: 0.045 };
      const u = x * 0.945 + z * 0.327;
      const v = x * 0.131 + y * 0.916 - z * 0.378;
      const r = Math.hypot(u, v) / 0.4;
      const angle = (Math.atan2(v, u) / (2 * Math.PI)) * 9;
      const wall = Math.abs(angle - Math.floor(angle) - 0.5) * 2;
      const flesh =
        smoothstep(0.99, 0.86, wall + (0.05 / Math.max(r, 0.05)) * 0.5) *
        smoothstep(0.86, 0.82, r) *
        smoothstep(0.06, 0.11, r);
      const fibre = 0.75 + 0.5 * noise(angle * 9, r * 7, 13);
      const rind = smoothstep(0.93, 0.97, r);
      const pith = mixRgb(linear("#fbf3d2"), linear("#f3c727"), rind);
      return {
        albedo: mixRgb(pith, scaleRgb(linear("#f4d13c"), fibre * 0.9), flesh),
        roughness: 0.2,
        gloss: 0.05,
      };
    },
  };
}

function jug(centre: Vec): Body {
  const radius = (y: number): number =>
    0.42 +
    0.33 * Math.sin(clamp((y + 0.05) / 1.55) * Math.PI) ** 1.2 -
    0.1 * smoothstep(1, 1.7, y) +
    0.12 * smoothstep(1.72, 2.05, y);
  return {
    centre,
    bound: 2.1,
    distance(x, y, z) {
      const around = Math.hypot(x, z);
      const wall = Math.abs(around - radius(y) + 0.03) - 0.035;
      const shell = Math.max(wall, y - 2, -y);
      const base = Math.max(around - radius(0), Math.abs(y - 0.04) - 0.04);
      const u = x - 0.7;
      const ring = Math.hypot(Math.hypot(u * 1.15, (y - 1.35) * 0.8) - 0.34, z * 0.8) - 0.055;
      const handle = Math.max(ring, radius(y) - 0.02 - x);
      return blend(Math.min(shell, base), handle, 0.06) * 0.6;
    },
    surface(x, y, z) {
      const angle = Math.atan2(z, x);
      const glaze = fbm(angle * 3 + 4, y * 2.4, 5, 21);
      const edge = 0.72 + 0.12 * Math.sin(angle * 3 + 1) + 0.1 * fbm(angle * 4, y, 3, 22);
      let albedo = mixRgb(linear("#d8d3c4"), linear("#b9b6a6"), glaze);
      albedo = mixRgb(
        albedo,
        mixRgb(linear("#1f4f73"), linear("#3d86a0"), glaze),
        smoothstep(edge - 0.012, edge + 0.012, y),
      );
      const drip = smoothstep(0.06, 0.0, Math.abs(y - edge));
      albedo = mixRgb(albedo, linear("#0f2f4d"), drip * 0.5 * (y > edge ? 1 : 0));
      return { albedo, roughness: 0.09, gloss: 0.05 };
    },
  };
}

function grape(centre: Vec, radius: number, n: number): Body {
  return {
    centre,
    bound: radius + 0.01,
    distance: (x, y, z) => Math.hypot(x, y, z) - radius,
    surface(x, y, z) {
      const bloom = smoothstep(0.35, 0.8, fbm(x * 9 + n, y * 9 + z * 7, 3, 30)) * smoothstep(-0.1, 0.12, y);
      const albedo = mixRgb(
        mixRgb(linear("#3a1038"), linear("#5c1a3c"), noise(n, 3)),
        linear("#8f88b0"),
        bloom * 0.45,
      );
      return { albedo, roughness: 0.05 + 0.3 * bloom, gloss: 0.05 };
    },
  };
}

/** A heap: each grape falls where it is dropped and stays if the table or two others hold it. */
function grapes(): Body[] {
  const random = randomFrom(77);
  const bodies: Body[] = [];
  for (let tries = 0; tries < 1500 && bodies.length < 30; tries++) {
    const radius = 0.12 + 0.03 * random();
    const t = random();
    const x = 0.52 + 0.8 * t + (random() - 0.5) * 0.25;
    const z = 1.02 + (random() - 0.5) * (0.75 - 0.45 * t) - 0.15 * t;
    const rests = bodies
      .map((b) => ({
        b,
        away: Math.hypot(b.centre[0] - x, b.centre[2] - z),
        reach: b.bound + radius - 0.025,
      }))
      .filter(({ away, reach }) => away < reach)
      .map(({ b, away, reach }) => b.centre[1] + Math.sqrt(reach * reach - away * away))
      .sort((one, other) => other - one);
    const held = rests.length === 0 || (rests.length > 1 && rests[0]! - rests[1]! < 0.03);
    const y = rests[0] ?? radius;
    if (held && y < 0.52) bodies.push(grape([x, y, z], radius, bodies.length));
  }
  return bodies;
}

const scene: Scene = {
  bodies: [
    jug([-0.72, 0, -0.35]),
    pear([0.42, 0.46, -0.1], 0.12, 0.4),
    pear([1.28, 0.45, -0.35], 0.3, 2.4),
    lemon([-1.24, 0.36, 0.75], 0.5),
    halfLemon([-0.55, 0.33, 1.25]),
    ...grapes(),
  ],
  wall: -1.9,
  floorSurface(x, z) {
    const plank = Math.floor((z + 0.35) / 1.35);
    const across = (z + 0.35) / 1.35 - plank;
    const warp = fbm(x * 0.5 + plank * 7, z * 1.6, 3, 40) * 3;
    const rings = 0.5 + 0.5 * Math.sin((z * 5 + warp * 4 + plank * 2) * 3.2);
    const fibre = fbm(x * 3, z * 90 + plank * 11, 4, 41);
    let albedo = mixRgb(
      linear("#5a3a22"),
      linear("#8f6238"),
      clamp(0.3 + 0.35 * rings + 0.7 * (fibre - 0.5)),
    );
    albedo = scaleRgb(albedo, 1 - 0.75 * smoothstep(0.012, 0.004, Math.min(across, 1 - across)));
    return { albedo, roughness: 0.25 + 0.25 * fibre, gloss: 0.03 };
  },
  wallSurface(x, y) {
    const trowel = fbm(x * 1.6 + fbm(x * 2, y * 2, 2, 50), y * 2.6, 6, 51);
    return { albedo: mixRgb(linear("#6f7467"), linear("#9aa08e"), trowel), roughness: 1, gloss: 0 };
  },
  window: { x: -5, y0: 1.4, y1: 5.2, z0: -0.6, z1: 3.4, light: [11, 9.4, 7.4] },
  ambient: [0.07, 0.082, 0.105],
};

/** Filmic curve: linear light → sRGB, soft shoulder. */
const develop = (v: number): number => {
  const x = v * 1.2;
  return clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)) ** (1 / 2.2);
};

export const stillLife: SamplePicture = {
  name: "still-life",
  alt: { en: "Jug, pears, lemons and grapes in window light", zh: "窗光下的陶壶、梨、柠檬与葡萄" },
  draw(size) {
    const canvas = new Canvas(size);
    const look = render(
      scene,
      { from: [0.15, 2.35, 6.6], to: [0.02, 0.8, 0.35], spread: 0.27, aperture: 0.05 },
      16,
      99,
    );
    canvas.shade(look);
    canvas.adjust((c) => [develop(c[0]), develop(c[1]), develop(c[2])]);
    return canvas.finish(0.02, 0.22);
  },
};
