import { setImmediate } from "node:timers/promises";
import { openClip } from "../engine/layouts/open-clip";
import { type ClipEmbedder, openClipEmbedder } from "../engine/pipelines/clip-embedder";
import { measureWeights } from "./host-measure";
import type { ModelType } from "./host-models";
import type { TaskTools } from "./host-task";
import type { EmbedInput, EmbedOutput, EmbedProgress } from "./tasks";

/** Embedded at once: more would keep a cancellation waiting. */
const BATCH = 16;

const clipType: ModelType<Pick<EmbedInput, "model">, ClipEmbedder> = {
  name: "clip",
  async measure({ model }) {
    const { weights } = await openClip(model);
    return {
      ...(await measureWeights([weights])),
      open: (device) => openClipEmbedder(model, device),
    };
  },
};

/** Texts and pictures as vectors of one space. @throws the signal's reason */
export async function embed(
  { model, texts, pictures }: EmbedInput,
  { models, signal, onProgress }: TaskTools<EmbedProgress>,
): Promise<EmbedOutput | "restart"> {
  const begun = performance.now();
  const clip = await models.use(clipType, { model });
  if (clip === "restart") return "restart";
  const loaded = performance.now();
  const of = texts.length + pictures.length;
  let done = 0;
  async function inBatches<T>(
    all: readonly T[],
    vectors: (part: readonly T[]) => Promise<Float32Array[]>,
  ): Promise<Float32Array[]> {
    const rows: Float32Array[] = [];
    for (let from = 0; from < all.length; from += BATCH) {
      // A network's call blocks this thread: between two of them messages are let through, and with them the signal.
      await setImmediate();
      signal.throwIfAborted();
      const made = await vectors(all.slice(from, from + BATCH));
      rows.push(...made);
      done += made.length;
      onProgress({ done, of });
    }
    return rows;
  }
  return {
    texts: await inBatches(texts, clip.embedTexts),
    pictures: await inBatches(pictures, clip.embedPictures),
    timesMs: { load: loaded - begun, embed: performance.now() - loaded },
  };
}
