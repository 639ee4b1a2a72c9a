import type { Drawing } from "../canvas";
import { writeCaptions } from "../captions/captions";
import { luma } from "../colour";
import { isHeldOut } from "../hold-out";
import { createRandom, type Random } from "../random";
import type { Background, Captions, WorldRecord } from "../record";
import { render } from "../styles/render";
import { COLOURS, DUOTONES, type Duotone, STYLES, type Style } from "../vocabulary";
import { findSprite, planCharacter, planScene, planThing } from "./kinds";

export type Split = "train" | "test";
export type Sample = {
  record: WorldRecord;
  captions: Captions;
  draw: () => { drawing: Drawing; shift: number };
  /** uint8 RGB [size, size, 3], where it is not the drawing in its record's style. */
  render?: (size: number) => Promise<Uint8Array>;
};

/** Shares of the kinds and of the styles, in percent. */
const KINDS = { character: 35, thing: 35, scene: 30 } as const;
const STYLE_SHARES: Record<Style, number> = {
  flat: 50,
  outline: 8,
  "line art": 5,
  pixel: 7,
  "paper-cut": 6,
  watercolour: 8,
  duotone: 5,
  monochrome: 3,
  pastel: 4,
  dark: 4,
};

const COLOUR_WORD =
  /\b(red|orange|yellow|green|blue|light blue|purple|brown|black|white|pink|gold|golden|polar)\b/;

const isPale = (background: Background): boolean =>
  background.type !== "scene" &&
  [background.colour, ...(background.type === "gradient" ? [background.to] : [])].some(
    (colour) => luma(COLOURS[colour].hex) > 0.62,
  );

/** A style whose captions stay true for the record. */
export function chooseStyle(
  random: Random,
  record: Omit<WorldRecord, "style">,
): { style: Style; duotone?: Duotone } {
  const style = random.weighted(STYLE_SHARES);
  const things = "things" in record ? (record.things as { id: string }[]) : [];
  // A "red heart" in two blues would be a lie.
  if (!STYLES[style].keepsColour && things.some((thing) => COLOUR_WORD.test(findSprite(thing.id).en)))
    return { style: "flat" };
  // Dusk turns pale grounds grey, whatever they were called.
  if (style === "dark" && "background" in record && isPale(record.background as Background))
    return { style: "flat" };
  return style === "duotone"
    ? { style, duotone: random.pick(Object.keys(DUOTONES) as Duotone[]) }
    : { style };
}

const plan = (random: Random) => {
  const kind = random.weighted(KINDS);
  return kind === "character"
    ? planCharacter(random)
    : kind === "thing"
      ? planThing(random)
      : planScene(random);
};

/**
 * The sample at `index` of a split: its record, its captions, and how to draw it. Records are tried in turn
 * until one belongs to the split, so both splits have the same mixture and no index is missing.
 */
export function drawSample(seed: number, index: number, split: Split = "train"): Sample {
  for (let attempt = 0; ; attempt += 1) {
    const random = createRandom(seed, split, index, attempt);
    const planned = plan(random);
    const record = {
      ...planned.record,
      ...chooseStyle(random, planned.record),
    } as WorldRecord;
    if (isHeldOut(record) !== (split === "test")) continue;
    return {
      record,
      captions: writeCaptions(createRandom(seed, split, index, attempt, "captions"), record, findSprite),
      draw: () => ({
        drawing: planned.draw(createRandom(seed, split, index, attempt, "drawing")),
        shift: index % 4096,
      }),
    };
  }
}

/** @returns uint8 RGB [size, size, 3] */
export function renderSample(sample: Sample, size: number): Promise<Uint8Array> {
  if (sample.render) return sample.render(size);
  const { drawing, shift } = sample.draw();
  return render(drawing, sample.record.style, size, shift, sample.record.duotone);
}
