import { samplers } from "../engine/schedulers/registry";
import { type DrawingSettings, MOST_PX, nearestSide } from "./drawing-settings";
import type { Hires } from "./hires.input";

/** How an enlarged drawing is drawn over. */
export interface SecondPass {
  /** Pixels, multiples of 8. */
  readonly width: number;
  readonly height: number;
  /** Of the whole schedule, of which `strength` leaves the end. */
  readonly steps: number;
  /** 0: it stays as it was enlarged. */
  readonly strength: number;
  /** How many times as wide and high it is: less than what was asked for where the model draws no larger. */
  readonly times: number;
}

/** Models that draw smaller than this were made small: what is half as large again they still draw as one. */
const SMALL_SIDE_PX = 256;
const MOST_OF_SMALL = 1.5;
/** What every schedule holds; distilled models were taught to walk fewer. */
const MOST_STEPS = 500;
const MOST_LCM_STEPS = 50;
/** A1111's: all of a picture forgotten leaves no way to count the steps. */
const MOST_STRENGTH = 0.999;

/**
 * The second pass of a drawing; its steps are all made, however little is forgotten, as in A1111.
 * @param side pixels that the model draws best.
 * @returns null where the drawing is as large as the model draws.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui modules/sd_samplers_common.py (setup_img2img_steps)
 */
export function planSecondPass(
  { width, height, steps, sampler }: Pick<DrawingSettings, "width" | "height" | "steps" | "sampler">,
  hires: Pick<Hires, "times" | "strength" | "steps">,
  side: number,
): SecondPass | null {
  const most =
    side < SMALL_SIDE_PX ? (MOST_OF_SMALL * side) / Math.sqrt(width * height) : Number.POSITIVE_INFINITY;
  const times = Math.min(hires.times, most, MOST_PX / Math.max(width, height));
  const size = { width: nearestSide(width * times), height: nearestSide(height * times) };
  if (size.width <= width && size.height <= height) return null;
  const mostSteps = samplers[sampler].family === "lcm" ? MOST_LCM_STEPS : MOST_STEPS;
  const { strength } = hires;
  const whole = strength === 0 ? 0 : Math.floor((hires.steps ?? steps) / Math.min(strength, MOST_STRENGTH));
  return {
    ...{ ...size, strength, steps: Math.min(mostSteps, whole) },
    times: times < hires.times ? Math.floor(times * 100) / 100 : times,
  };
}
