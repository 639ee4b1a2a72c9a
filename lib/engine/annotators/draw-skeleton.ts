import { type Picture, picture } from "../picture";
import { type Colour, fillConvex, fillDisc, type Pixel } from "./fill-shapes";
import { roundHalfEven } from "./round-half-even";

/** A keypoint in pixels; null where it was not seen. */
export type Keypoint = { readonly x: number; readonly y: number } | null;

/** Half a limb's width and a joint's radius, in pixels, whatever the picture's size. */
const STICK = 4;
/** Limbs are darker than joints. */
const LIMB_SHARE = 0.6;

/** From keypoint to keypoint by OpenPose's numbers, in the order in which limbs are drawn. */
const LIMBS = "1-2 1-5 2-3 3-4 5-6 6-7 1-8 8-9 9-10 1-11 11-12 12-13 1-0 0-14 14-16 0-15 15-17"
  .split(" ")
  .map((limb) => limb.split("-").map(Number) as [number, number]);

/** Once around the colour circle: those of the joints, and less bright of the limbs. */
const COLOURS: readonly Colour[] = Array.from({ length: 18 }, (_, i) => hue(20 * i));

/** Full colour at an angle of the circle, in degrees. */
function hue(degrees: number): Colour {
  const channel = (offset: number): number => {
    const k = (offset + degrees / 60) % 6;
    return Math.round(255 * (1 - Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [channel(5), channel(3), channel(1)];
}

/**
 * The hint of an openpose ControlNet: people on black, each as OpenPose's 18 keypoints.
 * @source controlnet_aux open_pose/util.py draw_bodypose · @golden tests/golden/skeleton
 */
export function drawSkeletons(
  width: number,
  height: number,
  people: readonly (readonly Keypoint[])[],
): Picture {
  const canvas = picture(width, height);
  for (const keypoints of people) {
    LIMBS.forEach(([from, to], i) => {
      const [a, b] = [keypoints[from], keypoints[to]];
      const [red, green, blue] = COLOURS[i]!.map((value) => Math.trunc(value * LIMB_SHARE));
      if (a && b) fillConvex(canvas, limb(a, b), [red!, green!, blue!]);
    });
    keypoints.forEach((keypoint, i) => {
      if (keypoint) fillDisc(canvas, [Math.trunc(keypoint.x), Math.trunc(keypoint.y)], STICK, COLOURS[i]!);
    });
  }
  return canvas;
}

/** An ellipse from one keypoint to the other, as a polygon with a corner a degree. */
function limb(a: NonNullable<Keypoint>, b: NonNullable<Keypoint>): Pixel[] {
  const centre = [Math.trunc((a.x + b.x) / 2), Math.trunc((a.y + b.y) / 2)] as const;
  const half = Math.trunc(Math.hypot(a.x - b.x, a.y - b.y) / 2);
  const turn = Math.trunc((Math.atan2(a.y - b.y, a.x - b.x) * 180) / Math.PI);
  const corners: Pixel[] = [];
  for (let degree = 0; degree <= 360; degree++) {
    const [along, aside] = [half * sine(degree + 90), STICK * sine(degree)];
    const x = roundHalfEven(centre[0] + along * sine(turn + 90) - aside * sine(turn));
    const y = roundHalfEven(centre[1] + along * sine(turn) + aside * sine(turn + 90));
    const last = corners.at(-1);
    if (!last || last[0] !== x || last[1] !== y) corners.push([x, y]);
  }
  return corners;
}

/** Of whole degrees, to the seven places that OpenCV's table has: ties in rounding depend on it. */
const sine = (degrees: number): number => Number(Math.sin((degrees * Math.PI) / 180).toFixed(7));
