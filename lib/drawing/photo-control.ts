import { type AnnotatorName, isAnnotatorName } from "../engine/annotators/annotate";
import type { Picture } from "../engine/picture";
import type { Companions } from "../inference/model-defaults";
import { findModel, listModels } from "../inference/model-files";
import type { ControlInput } from "../inference/tasks";
import { describeModel } from "../models/describe-model";
import type { Easel } from "./open-easel";
import { PHOTO_TRAITS, type PhotoTrait } from "./photo-trait.input";

/** A trait of a picture that a ControlNet can hold: what people choose from, and its colours besides. */
export type HeldTrait = PhotoTrait | "colours";

/** ControlNets as people name their files, the best first, with what makes their hint of a picture. */
const KNOWN: Readonly<Record<HeldTrait, readonly (readonly [RegExp, AnnotatorName])[]>> = {
  lines: [
    [/canny/i, "canny"],
    [/line.?art/i, "line-art"],
  ],
  edges: [[/soft.?edge|hed|pidi/i, "soft-edge"]],
  light: [[/brightness|luminance/i, "luminance"]],
  colours: [[/(^|[^a-z])tile([^a-z]|$)/i, "tile"]],
};
/** ControlNets that ship go with the model that ships alone. */
const SHIPPED = /^seedling/;

/** What a drawing is made with, as far as ControlNets have to fit it. */
export type ControlledModel = Pick<Easel, "companions" | "family">;

interface HoldingNet {
  /** Absolute. */
  readonly model: string;
  readonly annotator: AnnotatorName;
}

/** What of a picture can be held with such a model, by what is installed. */
export async function listPhotoTraits(model: ControlledModel): Promise<PhotoTrait[]> {
  const found = await Promise.all(PHOTO_TRAITS.map((trait) => findHolding(model, trait)));
  return PHOTO_TRAITS.filter((_, i) => found[i] !== null);
}

/** Holds a trait of a picture while it is drawn anew. @returns null where no ControlNet for it fits the model. */
export async function photoControl(
  model: ControlledModel,
  picture: Picture,
  trait: HeldTrait,
  weight: number,
): Promise<ControlInput | null> {
  const net = await findHolding(model, trait);
  return net && { ...net, picture, weight, from: 0, to: 1, guess: false };
}

async function findHolding(
  { companions, family }: ControlledModel,
  trait: HeldTrait,
): Promise<HoldingNet | null> {
  const own = await companionFor(companions, trait);
  if (own || companions.line) return own;
  const files = (await listModels("controlnet")).filter(({ name }) => !SHIPPED.test(name));
  for (const [pattern, annotator] of KNOWN[trait])
    for (const file of files.filter(({ name }) => pattern.test(name))) {
      const net = await describeModel("controlnet", file);
      if (net && (net.family === null || net.family === family)) return { model: file.path, annotator };
    }
  return null;
}

/** A model that brings its own was taught with that one alone. */
async function companionFor({ line }: Companions, trait: HeldTrait): Promise<HoldingNet | null> {
  if (trait !== "lines" || !line || !isAnnotatorName(line.annotator)) return null;
  return { model: await findModel(line.control, "controlnet"), annotator: line.annotator };
}
