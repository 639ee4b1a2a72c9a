import { z } from "zod";
import { recommendedSettings } from "../inference/recommended-settings";
import raw from "./catalogue.json";
import { MODEL_KINDS } from "./model-kinds";

const words = z.object({ en: z.string().min(1), zh: z.string().min(1) });

/** Sizes and hashes stand here only where they are known for certain; a download learns the others from the host. */
const file = z.object({
  /** Within the repository, with "/". */
  path: z.string().regex(/^(?!\/)(?!.*\.\.).+$/),
  sizeBytes: z.number().int().positive().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

const source = z.discriminatedUnion("from", [
  z.object({
    from: z.literal("huggingface"),
    repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    /** A branch, a tag or a commit. */
    revision: z.string().regex(/^[\w./-]+$/),
    files: z.array(file).min(1),
  }),
  z.object({
    from: z.literal("civitai"),
    version: z.number().int().positive(),
    sizeBytes: z.number().int().positive().optional(),
  }),
]);

/** What models are used for: the scenarios, and searching pictures. */
export const MODEL_USES = [
  "qr-art",
  "portrait",
  "character-album",
  "product",
  "free-play",
  "search",
] as const;

export type ModelUse = (typeof MODEL_USES)[number];

const model = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string().min(1),
  kind: z.enum(MODEL_KINDS),
  /** Of Stable Diffusion, as the engine names it; null where a model goes with several, or with none. */
  family: z.enum(["sd1", "sd2", "sdxl"]).nullable(),
  source,
  /** What it is called once installed, where its file's own name says too little; folders always are called this. */
  saveAs: z.string().min(1).optional(),
  /** Where its files' sizes are not known for certain: what its page says, for people; nothing is compared with it. */
  aboutBytes: z.number().int().positive().optional(),
  /** Null where its makers name none. */
  licence: z.string().min(1).nullable(),
  uses: z.array(z.enum(MODEL_USES)).min(1),
  /**
   * How its makers draw with it. Of a LoRA: how models are drawn with that have it, as where it teaches them few steps.
   * `prediction`, where the file does not say rightly what its UNet predicts.
   */
  recommended: recommendedSettings
    .extend({ prediction: z.enum(["epsilon", "v_prediction"]).optional() })
    .optional(),
  note: words,
});

const bundle = z.object({
  id: z.string(),
  models: z.array(z.string()).min(1),
  title: words,
  note: words,
});

const catalogueSchema = z.object({ models: z.array(model), bundles: z.array(bundle) });

/** A model that the project knows and somebody may want. */
export type CatalogueModel = z.infer<typeof model>;
/** Models that belong together for one purpose. */
export type Bundle = z.infer<typeof bundle>;

let parsed: z.infer<typeof catalogueSchema> | undefined;

/** All that the project knows of models elsewhere. */
export function catalogue(): {
  readonly models: readonly CatalogueModel[];
  readonly bundles: readonly Bundle[];
} {
  parsed ??= catalogueSchema.parse(raw);
  return parsed;
}

/** Null where there is none of that id. */
export const findInCatalogue = (id: string): CatalogueModel | null =>
  catalogue().models.find((one) => one.id === id) ?? null;

/** Null where there is none of that id. */
export const findBundle = (id: string): Bundle | null =>
  catalogue().bundles.find((one) => one.id === id) ?? null;

/** What a bundle consists of, in its order. */
export const modelsOf = (bundle: Bundle): CatalogueModel[] =>
  bundle.models.flatMap((id) => findInCatalogue(id) ?? []);

/** How large it is for certain, and how large as people are told; each null where nobody knows. */
export function sizesOf(model: CatalogueModel): { sizeBytes: number | null; aboutBytes: number | null } {
  const sizeBytes = knownSize(model);
  return { sizeBytes, aboutBytes: sizeBytes ?? model.aboutBytes ?? null };
}

/** Bytes of all its files; null where the catalogue does not know them all. */
export function knownSize({ source }: CatalogueModel): number | null {
  if (source.from === "civitai") return source.sizeBytes ?? null;
  // What stands beside weights is small enough to be left out of a size that people read.
  const weights = source.files.filter(({ path }) => path.endsWith(".safetensors"));
  return weights.some(({ sizeBytes }) => sizeBytes === undefined)
    ? null
    : source.files.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
}
