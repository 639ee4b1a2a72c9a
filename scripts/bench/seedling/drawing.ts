import path from "node:path";
import { openPartFolder } from "@/lib/engine/layouts/open-part-folder";
import { type Picture, pictureToTensor, tensorToPicture } from "@/lib/engine/picture";
import { openAutoencoder } from "@/lib/engine/pipelines/autoencoder";
import { openClipEmbedder } from "@/lib/engine/pipelines/clip-embedder";
import { type DiffusionOptions, openDiffusion } from "@/lib/engine/pipelines/diffusion";
import type { Drawing } from "./drawings";
import { frechetDistance } from "./frechet";
import type { Judge, Judgement } from "./judge";
import type { Manner } from "./manner";
import { agreement, type Following, following, mean } from "./measures";
import { writeSheet } from "./sheet";

const SHEET_COLUMNS = 12;
const SHEET_PICTURES = 96;

/** Prompts of held-out drawings, in both languages by turns. */
export const promptOf = (drawing: Drawing, index: number): string =>
  (index % 2 === 0 ? drawing.en : drawing.zh)[0]!;

/** One picture a prompt, seeds counting up from 1. */
export async function drawAll(
  family: string,
  prompts: readonly string[],
  manner: Manner,
  options: Omit<DiffusionOptions, "device"> = {},
  say: (done: number) => void = () => {},
): Promise<Picture[]> {
  const diffusion = await openDiffusion(family, { device: { kind: "cpu" }, ...options });
  const pictures: Picture[] = [];
  try {
    for (const [i, prompt] of prompts.entries()) {
      const [drawn] = await diffusion.draw({ ...manner, prompt, seeds: { seed: i + 1, count: 1 } });
      pictures.push(drawn!);
      say(i + 1);
    }
  } finally {
    await diffusion.release();
  }
  return pictures;
}

/** Pictures as latents and back: what no UNet can draw better than. */
export async function recodeAll(family: string, pictures: readonly Picture[]): Promise<Picture[]> {
  const part = await openPartFolder(path.join(family, "vae"));
  const autoencoder = openAutoencoder({ kind: "tiny", ...part }, { kind: "cpu" });
  try {
    const recoded: Picture[] = [];
    for (const each of pictures) {
      const latents = await autoencoder.encode(pictureToTensor(each, "signed"));
      recoded.push(tensorToPicture(await autoencoder.decode(latents), "signed"));
    }
    return recoded;
  } finally {
    await autoencoder.release();
  }
}

/** Shares of what was asked for that the judge finds. */
export interface Found {
  readonly found: number;
  /** In the drawings themselves: what it can find at all. */
  readonly ofDrawings: number;
  /** In the drawings as the VAE gives them back. */
  readonly ofRecoded: number;
}

export interface PromptQuality {
  readonly prompts: number;
  readonly steps: number;
  readonly all: Found;
  readonly byQuestion: Readonly<Record<string, Found>>;
  /** Pictures that fit their own prompt better than the next one's, by the judge and by CLIP. */
  readonly outscores: { readonly judge: number; readonly clip: number };
}

/** Whether pictures show what their prompts ask for. */
export async function measurePrompts(
  family: string,
  judge: Judge,
  drawings: readonly Drawing[],
  { pictures, steps }: { pictures: readonly Picture[]; steps: number },
): Promise<PromptQuality> {
  const real = drawings.map(({ picture }) => picture);
  const judged = await judge.judge(pictures);
  const find = (all: readonly Judgement[]) => following(drawings, all, judge.questions);
  const tables = {
    found: find(judged),
    ofDrawings: find(await judge.judge(real)),
    ofRecoded: find(await judge.judge(await recodeAll(family, real))),
  };
  const shares = (of: (table: ReadonlyMap<string, Following>) => Following[]): Found => ({
    found: share(of(tables.found)),
    ofDrawings: share(of(tables.ofDrawings)),
    ofRecoded: share(of(tables.ofRecoded)),
  });
  return {
    ...{ prompts: drawings.length, steps },
    all: shares((table) => [...table.values()]),
    byQuestion: Object.fromEntries(
      [...tables.found.keys()].map((question) => [question, shares((table) => [table.get(question)!])]),
    ),
    outscores: {
      judge: outscores(drawings, judged, judge),
      clip: await clipOutscores(family, drawings, pictures),
    },
  };
}

const share = (parts: readonly Following[]): number =>
  parts.reduce((sum, { found }) => sum + found, 0) / parts.reduce((sum, { asked }) => sum + asked, 0);

function outscores(drawings: readonly Drawing[], judged: readonly Judgement[], { questions }: Judge): number {
  const wins = judged.map((judgement, i) => {
    const other = drawings[(i + 1) % drawings.length]!;
    return agreement(drawings[i]!, judgement, questions) > agreement(other, judgement, questions) ? 1 : 0;
  });
  return mean(wins);
}

async function clipOutscores(
  family: string,
  drawings: readonly Drawing[],
  pictures: readonly Picture[],
): Promise<number> {
  const clip = await openClipEmbedder(path.join(family, "clip", "seedling"), { kind: "cpu" });
  try {
    const texts = await clip.embedTexts(drawings.map(promptOf));
    const shown: Float32Array[] = [];
    for (const each of pictures) shown.push(...(await clip.embedPictures([each])));
    const score = (picture: Float32Array, text: Float32Array) =>
      picture.reduce((sum, value, i) => sum + value * text[i]!, 0);
    return mean(
      shown.map((picture, i) =>
        score(picture, texts[i]!) > score(picture, texts[(i + 1) % texts.length]!) ? 1 : 0,
      ),
    );
  } finally {
    await clip.release();
  }
}

export interface Distances {
  readonly pictures: number;
  /** Of the judge's features, drawn against held-out drawings. */
  readonly drawn: number;
  /** Between two halves of the held-out drawings: what no model can do better than. */
  readonly floor: number;
}

/** The Fréchet distance; comparable with itself alone, not with FID on other features. */
export async function measureDistance(
  judge: Judge,
  drawings: readonly Drawing[],
  pictures: readonly Picture[],
): Promise<Distances> {
  const featuresOf = async (all: readonly Picture[]) =>
    (await judge.judge(all)).map(({ features }) => features);
  const real = await featuresOf(drawings.map(({ picture }) => picture));
  const half = real.length >> 1;
  return {
    pictures: pictures.length,
    drawn: frechetDistance(await featuresOf(pictures), real),
    floor: frechetDistance(real.slice(0, half), real.slice(half)),
  };
}

/** Sheets to look at: drawn pictures, and beneath each of some the training drawing most like it. */
export async function writeSheets(
  folder: string,
  judge: Judge,
  pictures: readonly Picture[],
  training: readonly Drawing[],
): Promise<void> {
  await writeSheet(path.join(folder, "prompts.png"), pictures.slice(0, SHEET_PICTURES), SHEET_COLUMNS);
  const known = await judge.judge(training.map(({ picture }) => picture));
  const shown = pictures.slice(0, SHEET_COLUMNS);
  const nearest = (await judge.judge(shown)).map(({ features }) => {
    const distances = known.map((each) =>
      each.features.reduce((sum, value, i) => sum + (value - features[i]!) ** 2, 0),
    );
    return training[distances.indexOf(Math.min(...distances))]!.picture;
  });
  await writeSheet(path.join(folder, "nearest.png"), [...shown, ...nearest], SHEET_COLUMNS);
}
