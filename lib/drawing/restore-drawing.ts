import { UUID } from "../db/uuid";
import { readPictureParameters } from "../engine/parameters/picture-parameters";
import { parseNetworks } from "../engine/prompt/parse-networks";
import { toAppError } from "../errors";
import type { ModelKind } from "../inference/model-files";
import { requireModel } from "../models/require-model";
import { readOriginal } from "../pictures/read-picture-file";
import { MOST_CONTROLS } from "./control.input";
import { type DrawingOptions, drawingOptions } from "./drawing.input";
import { sizeInput } from "./drawing-size.input";
import type { Hires } from "./hires.input";
import { fromParameters, type RestoredSettings } from "./picture-parameters";
import { withoutLora } from "./prompt-loras";
import { type RestoredControl, readRestoredControl } from "./restored-control";

/** Less of a picture is not forgotten here. */
const LEAST_STRENGTH = 0.05;

/** What a picture's own text says of how it was drawn, as far as it can be asked for here. */
export interface RestoredDrawing {
  readonly prompt: string;
  /** With what is installed alone: what is not is left to the model's makers, and the model to the usual one. */
  readonly options: DrawingOptions;
  /** null where the text says none that can be drawn, or that of a part of a picture. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** How much was forgotten of the picture that it was begun with, where it was begun with one. */
  readonly strength?: number;
  /** As the job has them. */
  readonly variation: number;
  readonly variationSeed: number | null;
  readonly hires: Hires | null;
  /** What was followed; the pictures have to be given again. */
  readonly controls: readonly RestoredControl[];
  /** Names of models, networks and samplers that are not here. */
  readonly missing: readonly string[];
}

/**
 * Reads the settings that a picture carries, as A1111 and this studio write them.
 * @returns null for a picture that says nothing of the kind.
 * @throws AppError not_found · file_missing
 */
export async function restoreDrawing(ownerId: string, id: string): Promise<RestoredDrawing | null> {
  const parameters = await readPictureParameters(await (await readOriginal(ownerId, id)).read());
  if (!parameters) return null;
  const restored = fromParameters(parameters);
  const { settings, unknown, inpaintArea } = restored;
  const found = await findModels(ownerId, restored);
  const { variation, strength } = settings;
  const wasBegun = strength !== undefined && strength >= LEAST_STRENGTH;
  const { prompt, hires, controls } = found;
  return {
    ...{ prompt, hires, controls },
    options: optionsOf({ ...settings, model: found.model, vae: found.vae, prediction: restored.prediction }),
    size: (inpaintArea === "masked" ? null : sizeInput.safeParse(settings).data) ?? null,
    ...(wasBegun && { strength }),
    ...{ variation: variation?.strength ?? 0, variationSeed: variation?.seed ?? null },
    missing: [...new Set([...found.missing, ...unknownSamplers(unknown)])],
  };
}

/** Field by field: what another program wrote may be out of bounds here. */
function optionsOf(
  settings: RestoredSettings["settings"] & Pick<DrawingOptions, "model" | "vae" | "prediction">,
): DrawingOptions {
  const { negativePrompt, steps, sampler, schedule, guidance, clipSkip, seed } = settings;
  const { model, vae, prediction } = settings;
  const said = {
    ...{ negativePrompt, steps, sampler, schedule, guidance, clipSkip, seed, model, vae, prediction },
  };
  const kept = Object.entries(said).filter(
    ([name, value]) =>
      value !== undefined && drawingOptions.shape[name as keyof DrawingOptions].safeParse(value).success,
  );
  return drawingOptions.parse(Object.fromEntries(kept));
}

const unknownSamplers = (unknown: RestoredSettings["unknown"]): string[] =>
  unknown.flatMap(({ setting, got }) => (setting === "sampler" ? [got] : []));

/** A1111's words for the model's own. */
const OWN_VAE = /^(automatic|none)$/i;

/** What is installed of that which a text names, and the names of what is not. */
async function findModels(ownerId: string, { settings, model, vae, embeddings, pictures }: RestoredSettings) {
  const missing: string[] = [];
  const here = async (kind: ModelKind, name: string | null | undefined): Promise<string | null> => {
    if (name == null || (await isHere(ownerId, kind, name))) return name ?? null;
    // A LoRA of somebody's own goes by a number that says nothing.
    missing.push(UUID.test(name) ? "LoRA" : name);
    return null;
  };
  const found = {
    model: await here("checkpoint", model?.name),
    vae: vae !== null && OWN_VAE.test(vae) ? null : await here("vae", vae),
  };
  let { prompt = "" } = settings;
  for (const name of lorasOf(prompt))
    if ((await here("lora", name)) === null) prompt = withoutLora(prompt, name);
  for (const name of embeddings) await here("embedding", name);
  const { hires = null } = settings;
  const upscaler = await here("upscaler", hires?.upscaler);
  const controls: RestoredControl[] = [];
  for (const { option, was } of pictures) {
    const control = option === "control" ? readRestoredControl(was) : null;
    if (control && (await here("controlnet", control.model)) !== null) controls.push(control);
  }
  return {
    ...found,
    prompt,
    hires: hires && { ...hires, upscaler },
    controls: controls.slice(0, MOST_CONTROLS),
    missing,
  };
}

async function isHere(ownerId: string, kind: ModelKind, name: string): Promise<boolean> {
  try {
    await requireModel(ownerId, kind, name);
    return true;
  } catch (thrown) {
    const { code } = toAppError(thrown);
    if (code === "weights_missing" || code === "not_found") return false;
    throw thrown;
  }
}

/** None of a prompt that cannot be read: that is told where it is drawn. */
function lorasOf(prompt: string): string[] {
  try {
    return [...new Set(parseNetworks(prompt).networks.map(({ name }) => name))];
  } catch {
    return [];
  }
}
