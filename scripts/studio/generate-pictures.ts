import path from "node:path";
import { drawSheet, type SheetPicture } from "@/lib/drawing/draw-sheet";
import type { DrawingSettings } from "@/lib/drawing/drawing-settings";
import { encodePng } from "@/lib/drawing/encode-png";
import { ONLY_MASKED, toParameters } from "@/lib/drawing/picture-parameters";
import { type Axes, cellsOf, formatValues } from "@/lib/drawing/x-y-axes";
import { writePictureParameters } from "@/lib/engine/parameters/picture-parameters";
import type { Picture } from "@/lib/engine/picture";
import type { GenerateInput, GenerateOutput } from "@/lib/inference/tasks";
import { resizePicture } from "@/lib/photos/resize-picture";
import { writeOutput } from "./files";
import { drawOver } from "./generate-hires";
import { describeStep } from "./generate-progress";
import type { Workshop } from "./generate-workshop";
import { messages } from "./messages/messages";

export interface Drawing {
  readonly workshop: Workshop;
  readonly out: string;
  /** Told while it is drawn. */
  readonly say: (text: string) => void;
  readonly show: (picture: Picture) => void;
}

/** What was written, for people and for `--json`. */
export interface Report {
  readonly lines: readonly string[];
  readonly facts: object;
  /** What went otherwise than somebody may have thought. */
  readonly notes: readonly string[];
}

/** One picture, or `out-1.png`, `out-2.png`, … */
export async function drawPictures(drawing: Drawing): Promise<Report> {
  const { workshop, out } = drawing;
  const { settings } = workshop;
  const input = await workshop.plan(settings);
  // Large models take seconds to be hashed: meanwhile they draw.
  const [made, used] = await Promise.all([drawWatched(drawing, input), workshop.usedFor(settings)]);
  const notes = new Set(made.loraLeftovers.map(describeLeftover));
  const pictures: { file: string; seed: number; variationSeed?: number }[] = [];
  let size: { readonly width: number; readonly height: number } = input;
  for (const [i, { picture, ...seeds }] of made.pictures.entries()) {
    const file = made.pictures.length === 1 ? out : out.replace(/\.png$/i, `-${i + 1}.png`);
    const own = withSeeds(settings, seeds);
    const finished = await drawOver(workshop, picture, own, (again) => drawWatched(drawing, again));
    for (const note of finished.notes) notes.add(note);
    const whole = await workshop.putBack(finished.picture);
    const parameters = toParameters(finished.settings, used, areaOf(workshop));
    await writeOutput(file, writePictureParameters(await encodePng(whole), parameters));
    size = whole;
    pictures.push({ file, seed: own.seed, ...(own.variation && { variationSeed: own.variation.seed }) });
  }
  const { width, height } = size;
  const { load, steps, decode } = made.timesMs;
  const took = seconds(steps.reduce((sum, ms) => sum + ms, load + decode));
  const told = messages().generate;
  return {
    lines: pictures.map(({ file, seed }) => told.made(file, `${width}×${height}`, seed, took)),
    facts: {
      ...{ pictures, settings: { ...settings, schedule: input.schedule }, ...used },
      ...(workshop.isPart && { inpaintArea: "masked" }),
      timesMs: made.timesMs,
    },
    notes: [...notes],
  };
}

const areaOf = ({ isPart }: Workshop): (readonly [string, string])[] => (isPart ? [ONLY_MASKED] : []);

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

const describeLeftover = ({ path: file, keys }: GenerateOutput["loraLeftovers"][number]): string =>
  messages().generate.leftover(path.basename(file), keys);

function withSeeds(
  { variation, ...settings }: DrawingSettings,
  { seed, variationSeed }: { seed: bigint; variationSeed?: bigint },
): DrawingSettings {
  const varies = variation && variationSeed !== undefined;
  return {
    ...settings,
    seed: Number(seed),
    variation: varies ? { ...variation, seed: Number(variationSeed) } : null,
  };
}

/** A labelled grid over one axis or two. */
export async function drawAxes(drawing: Drawing, axes: Axes): Promise<Report> {
  const { workshop, out } = drawing;
  const began = performance.now();
  const cells = await Promise.all(
    cellsOf(axes, workshop.settings).map(async (cell) => ({
      ...cell,
      input: await workshop.plan(cell.settings),
    })),
  );
  const notes = new Set<string>();
  const drawCells = async (): Promise<SheetPicture[]> => {
    const drawn: SheetPicture[] = [];
    for (const { column, row, settings, input } of sameNetworksTogether(cells)) {
      const say = (text: string) =>
        drawing.say(messages().progress.picture(drawn.length + 1, cells.length, text));
      const { pictures, loraLeftovers } = await drawWatched({ ...drawing, say }, input);
      for (const leftover of loraLeftovers) notes.add(describeLeftover(leftover));
      const made = await drawOver(workshop, pictures[0]!.picture, settings, (again) =>
        drawWatched({ ...drawing, say }, again),
      );
      for (const note of made.notes) notes.add(note);
      const picture = workshop.isPart ? await cellOf(await workshop.putBack(made.picture)) : made.picture;
      drawn.push({ column, row, picture });
    }
    return drawn;
  };
  const [drawn, used] = await Promise.all([drawCells(), workshop.usedFor(workshop.settings)]);
  const parameters = toParameters(workshop.settings, used, [
    ...areaOf(workshop),
    ["Script", "X/Y/Z plot"],
    ...describeAxes(axes),
  ]);
  await writeOutput(out, writePictureParameters(await drawSheet(axes, drawn), parameters));
  const size = axes.map(({ values }) => values.length).join(" × ");
  return {
    lines: [messages().generate.sheet(out, size, seconds(performance.now() - began))],
    facts: { sheet: out, axes, ...used, timesMs: { total: performance.now() - began } },
    notes: [...notes],
  };
}

/** A photo has more pixels than any model draws, and a sheet may have 256 of them. */
const MOST_CELL_PX = 1024;

/** A picture with a part drawn anew, as large as a sheet shows it. */
function cellOf(picture: Picture): Promise<Picture> {
  const scale = Math.min(1, MOST_CELL_PX / Math.max(picture.width, picture.height));
  return resizePicture(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
}

/** LoRAs are part of the weights: a model that has other ones is opened anew. */
function sameNetworksTogether<T extends { readonly input: GenerateInput }>(cells: readonly T[]): T[] {
  const groups = new Map<string, T[]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.input.loras ?? []);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].flat();
}

/** As A1111's script writes it. */
const describeAxes = (axes: Axes): [string, string][] =>
  axes.flatMap(({ name, values }, i): [string, string][] => [
    [`${"XY"[i]} Type`, name],
    [`${"XY"[i]} Values`, formatValues(values)],
  ]);

function drawWatched({ workshop, say, show }: Drawing, input: GenerateInput): ReturnType<Workshop["draw"]> {
  const { opening, decoding } = messages().progress;
  say(opening(path.basename(input.model)));
  let firstDoneMs = Number.NaN;
  return workshop.draw(input, ({ step, of, previews }) => {
    // Time is counted from the first step's end, without what opening the model took.
    if (step === 1) firstDoneMs = performance.now();
    const eachMs = step > 1 ? (performance.now() - firstDoneMs) / (step - 1) : null;
    say(step === of ? decoding() : describeStep(step, of, eachMs));
    if (previews?.[0]) show(previews[0]);
  });
}
