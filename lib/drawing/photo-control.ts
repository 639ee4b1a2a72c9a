import { type AnnotatorName, isAnnotatorName } from "../engine/annotators/annotate";
import type { Picture } from "../engine/picture";
import type { Companions } from "../inference/model-defaults";
import { findModel } from "../inference/model-files";
import type { ControlInput } from "../inference/tasks";
import { listShared } from "../models/list-models";
import { type HeldTrait, netFor } from "./line-nets";
import type { Easel } from "./open-easel";
import { PHOTO_TRAITS, type PhotoTrait } from "./photo-trait.input";

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
  const found = netFor(await listShared(["controlnet"]), family, trait);
  return found && { model: await findModel(found.net.id, "controlnet"), annotator: found.annotator };
}

/** A model that brings its own was taught with that one alone. */
async function companionFor({ line }: Companions, trait: HeldTrait): Promise<HoldingNet | null> {
  if (trait !== "lines" || !line || !isAnnotatorName(line.annotator)) return null;
  return { model: await findModel(line.control, "controlnet"), annotator: line.annotator };
}
