import type { Kind } from "../engine/layouts/recognise";
import type { ModelKind } from "../inference/model-files";

/** In the order in which people choose them. */
export const MODEL_KINDS = [
  ...(["checkpoint", "controlnet", "lora", "vae"] as const),
  ...(["embedding", "upscaler", "clip", "annotator"] as const),
] satisfies readonly ModelKind[];

const FOLDER_OF: Readonly<Partial<Record<Kind, ModelKind>>> = {
  ...{ checkpoint: "checkpoint", controlnet: "controlnet", lora: "lora", embedding: "embedding" },
  ...{ vae: "vae", taesd: "vae", upscaler: "upscaler" },
  ...{ clip: "clip", siglip: "clip", depth: "annotator", pose: "annotator" },
};

/** As which kind a recognised model is installed; null for what the studio has no use for by itself, a lone UNet. */
export const kindToInstall = (recognised: Kind): ModelKind | null => FOLDER_OF[recognised] ?? null;
