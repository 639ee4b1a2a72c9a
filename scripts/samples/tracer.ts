import { clamp, type Rgb, randomFrom } from "./noise";

/** A small path tracer: bounded distance fields, a floor and a wall, one window of light, diffuse under gloss. */
export type Vec = readonly [number, number, number];

export interface Surface {
  readonly albedo: Rgb;
  /** 0 mirror … 1 chalk: the width of the reflection. */
  readonly roughness: number;
  /** Share of light that a look straight at the surface reflects. */
  readonly gloss: number;
}

export interface Body {
  readonly centre: Vec;
  /** Radius of a sphere around `centre` that holds the whole body. */
  readonly bound: number;
  /** Signed distance (or a lower bound of it) in coordinates of the centre. */
  distance(x: number, y: number, z: number): number;
  surface(x: number, y: number, z: number): Surface;
}

export interface Scene {
  readonly bodies: readonly Body[];
  /** z of the wall behind; the floor is y = 0. */
  readonly wall: number;
  floorSurface(x: number, z: number): Surface;
  wallSurface(x: number, y: number): Surface;
  /** A rectangle of light in the plane x = `x`. */
  readonly window: { x: number; y0: number; y1: number; z0: number; z1: number; light: Rgb };
  readonly ambient: Rgb;
}

export interface Camera {
  readonly from: Vec;
  readonly to: Vec;
  /** Half the picture's height at distance 1. */
  readonly spread: number;
  readonly aperture: number;
}

interface Hit {
  t: number;
  normal: Vec;
  surface: Surface;
}

const EPSILON = 8e-4;

export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const along = (o: Vec, d: Vec, t: number): Vec => [o[0] + d[0] * t, o[1] + d[1] * t, o[2] + d[2] * t];
export const cross = (a: Vec, b: Vec): Vec => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export function unit(a: Vec): Vec {
  const k = 1 / Math.hypot(a[0], a[1], a[2]);
  return [a[0] * k, a[1] * k, a[2] * k];
}

/** Distance along the ray to a body nearer than `limit`, or -1. */
function march(body: Body, o: Vec, d: Vec, limit: number): number {
  const x = o[0] - body.centre[0];
  const y = o[1] - body.centre[1];
  const z = o[2] - body.centre[2];
  const b = x * d[0] + y * d[1] + z * d[2];
  const square = b * b - (x * x + y * y + z * z - body.bound * body.bound);
  if (square <= 0) return -1;
  const half = Math.sqrt(square);
  const end = Math.min(limit, half - b);
  let t = Math.max(EPSILON * 4, -b - half);
  for (let step = 0; step < 70 && t < end; step++) {
    const distance = body.distance(x + d[0] * t, y + d[1] * t, z + d[2] * t);
    if (distance < EPSILON) return t;
    t += distance;
  }
  return -1;
}

function normalOf(body: Body, p: Vec): Vec {
  const [x, y, z] = sub(p, body.centre);
  const e = 1e-3;
  return unit([
    body.distance(x + e, y, z) - body.distance(x - e, y, z),
    body.distance(x, y + e, z) - body.distance(x, y - e, z),
    body.distance(x, y, z + e) - body.distance(x, y, z - e),
  ]);
}

function nearest(scene: Scene, o: Vec, d: Vec): Hit | null {
  let t = 60;
  let found: Body | null = null;
  for (const body of scene.bodies) {
    const at = march(body, o, d, t);
    if (at > 0) {
      t = at;
      found = body;
    }
  }
  const floor = d[1] < 0 ? -o[1] / d[1] : -1;
  const wall = d[2] < 0 ? (scene.wall - o[2]) / d[2] : -1;
  if (floor > EPSILON && floor < t && (wall < 0 || floor < wall)) {
    const p = along(o, d, floor);
    return { t: floor, normal: [0, 1, 0], surface: scene.floorSurface(p[0], p[2]) };
  }
  if (wall > EPSILON && wall < t) {
    const p = along(o, d, wall);
    return { t: wall, normal: [0, 0, 1], surface: scene.wallSurface(p[0], p[1]) };
  }
  if (!found) return null;
  const p = along(o, d, t);
  const [x, y, z] = sub(p, found.centre);
  return { t, normal: normalOf(found, p), surface: found.surface(x, y, z) };
}

function blocked(scene: Scene, o: Vec, d: Vec, limit: number): boolean {
  for (const body of scene.bodies) if (march(body, o, d, limit) > 0) return true;
  return false;
}

/** A direction around `axis`; `spread` 1 is the cosine law, smaller is narrower. */
function scatter(axis: Vec, spread: number, random: () => number): Vec {
  const turn = 2 * Math.PI * random();
  const height = 1 - 2 * random();
  const side = Math.sqrt(1 - height * height) * spread;
  return unit([axis[0] + side * Math.cos(turn), axis[1] + side * Math.sin(turn), axis[2] + height * spread]);
}

/** Light arriving straight from the window at `p`, per unit of albedo. */
function fromWindow(scene: Scene, p: Vec, normal: Vec, random: () => number): number {
  const w = scene.window;
  const target: Vec = [w.x, w.y0 + (w.y1 - w.y0) * random(), w.z0 + (w.z1 - w.z0) * random()];
  const way = sub(target, p);
  const length = Math.hypot(way[0], way[1], way[2]);
  const d = unit(way);
  const cosine = dot(normal, d);
  if (cosine <= 0 || d[0] >= 0 || blocked(scene, p, d, length)) return 0;
  const area = (w.y1 - w.y0) * (w.z1 - w.z0);
  return (cosine * -d[0] * area) / (length * length * Math.PI);
}

/** What a ray that leaves the scene sees: the window or the dim room. */
function outside(scene: Scene, o: Vec, d: Vec): Rgb {
  const w = scene.window;
  const t = d[0] < 0 ? (w.x - o[0]) / d[0] : -1;
  const y = o[1] + d[1] * t;
  const z = o[2] + d[2] * t;
  const bar = Math.abs(z - (w.z0 + w.z1) / 2) < 0.12 || Math.abs(y - (w.y0 + w.y1) / 2) < 0.1;
  if (t > 0 && y > w.y0 && y < w.y1 && z > w.z0 && z < w.z1 && !bar) return w.light;
  return scene.ambient;
}

/** What a glossy surface shows: the window, the room, or the lit colour of the body it mirrors. */
function mirrored(scene: Scene, o: Vec, d: Vec, random: () => number): Rgb {
  const hit = nearest(scene, o, d);
  if (!hit) return outside(scene, o, d);
  const p = along(along(o, d, hit.t), hit.normal, EPSILON * 3);
  const light = fromWindow(scene, p, hit.normal, random);
  const glow = (c: 0 | 1 | 2): number =>
    hit.surface.albedo[c] * (scene.window.light[c] * light + scene.ambient[c]);
  return [glow(0), glow(1), glow(2)];
}

function trace(scene: Scene, from: Vec, towards: Vec, random: () => number): Rgb {
  let o = from;
  let d = towards;
  let through: Rgb = [1, 1, 1];
  const sum = [0, 0, 0];
  for (let turn = 0; turn < 3; turn++) {
    const hit = nearest(scene, o, d);
    if (!hit) {
      for (let c = 0; c < 3; c++) sum[c]! += through[c]! * scene.ambient[c]!;
      break;
    }
    const { normal, surface } = hit;
    const p = along(along(o, d, hit.t), normal, EPSILON * 3);
    // Gloss counts where the eye meets it; light that it throws on to the matt (caustics) would cost hundreds
    // of paths a pixel and is left out.
    if (turn === 0 && surface.gloss > 0) {
      const k = 2 * dot(normal, d);
      const share = surface.gloss + (1 - surface.gloss) * (1 - clamp(-k / 2)) ** 5;
      const bounce: Vec = [d[0] - normal[0] * k, d[1] - normal[1] * k, d[2] - normal[2] * k];
      const seen = mirrored(scene, p, scatter(bounce, surface.roughness, random), random);
      for (let c = 0; c < 3; c++) sum[c]! += share * Math.min(seen[c]!, 12);
      through = [1 - share, 1 - share, 1 - share];
    }
    const a = surface.albedo;
    through = [through[0] * a[0], through[1] * a[1], through[2] * a[2]];
    const light = fromWindow(scene, p, normal, random);
    for (let c = 0; c < 3; c++) sum[c]! += through[c]! * scene.window.light[c]! * light;
    d = scatter(normal, 1, random);
    if (dot(d, normal) <= 0) break;
    o = p;
  }
  return [Math.min(sum[0]!, 6), Math.min(sum[1]!, 6), Math.min(sum[2]!, 6)];
}

/** A function from a place in the picture (0 … 1) to linear light, `samples` paths each. */
export function render(
  scene: Scene,
  camera: Camera,
  samples: number,
  seed: number,
): (x: number, y: number) => Rgb {
  const random = randomFrom(seed);
  const depth = Math.hypot(...sub(camera.to, camera.from));
  const ahead = unit(sub(camera.to, camera.from));
  const right = unit(cross(ahead, [0, 1, 0]));
  const up = cross(right, ahead);
  return (x, y) => {
    const sum = [0, 0, 0];
    for (let s = 0; s < samples; s++) {
      const u = (2 * x - 1 + (random() - 0.5) * 0.0022) * camera.spread * depth;
      const v = (1 - 2 * y + (random() - 0.5) * 0.0022) * camera.spread * depth;
      const target = along(along(along(camera.from, ahead, depth), right, u), up, v);
      const angle = 2 * Math.PI * random();
      const lens = camera.aperture * Math.sqrt(random());
      const eye = along(along(camera.from, right, Math.cos(angle) * lens), up, Math.sin(angle) * lens);
      const light = trace(scene, eye, unit(sub(target, eye)), random);
      for (let c = 0; c < 3; c++) sum[c]! += light[c]! / samples;
    }
    return [sum[0]!, sum[1]!, sum[2]!];
  };
}
