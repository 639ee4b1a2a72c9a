import { stat } from "node:fs/promises";
import { readClipFraming } from "../engine/layouts/clip-framing";
import { openClip } from "../engine/layouts/open-clip";
import { readClipVisionConfig } from "../engine/models/clip-config";
import { readSiglipVisionConfig } from "../engine/models/siglip-config";
import { listModels, type ModelFile } from "./model-files";
import { recogniseModel } from "./recognise-model";

/** By path and time: headers of files that people do not touch need no second look. */
const known = new Map<string, Promise<boolean>>();

/**
 * The installed CLIPs and SigLIPs that both see pictures and read words. Among them in their folder lie text encoders of
 * diffusion models, `clip_l` and the like, which see nothing.
 */
export async function listWholeClips(): Promise<ModelFile[]> {
  const models = await listModels("clip");
  const whole = await Promise.all(models.map(({ path }) => isWhole(path)));
  return models.filter((_, i) => whole[i]);
}

/**
 * Pixels that a CLIP or SigLIP brings a picture's shorter side to before it looks.
 * @throws EngineError those of `openClip`
 */
export async function clipSide(path: string): Promise<number> {
  const { kind, config, preprocessor } = await openClip(path);
  if (kind === "siglip") return readSiglipVisionConfig(config).imageSize;
  return readClipFraming(preprocessor, readClipVisionConfig(config).imageSize).shortestEdge;
}

async function isWhole(path: string): Promise<boolean> {
  const key = `${path}\n${(await stat(path)).mtimeMs}`;
  const asked = known.get(key) ?? look(path);
  known.set(key, asked);
  return asked;
}

async function look(path: string): Promise<boolean> {
  // What is damaged or strange there is told by who asks for it by name.
  const seen = await recogniseModel(path).catch(() => null);
  const parts = String(seen?.facts.parts ?? "").split(", ");
  return (
    (seen?.kind === "clip" || seen?.kind === "siglip") && parts.includes("text") && parts.includes("vision")
  );
}
