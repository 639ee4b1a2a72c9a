import { type DrawingSettings, nearestSide } from "@/lib/drawing/drawing-settings";
import { growTo } from "@/lib/drawing/enlarge";
import { hashFile } from "@/lib/drawing/hash-file";
import type { UsedFile, UsedFiles } from "@/lib/drawing/picture-parameters";
import { planGeneration } from "@/lib/drawing/plan-generation";
import { isModelAnnotatorName } from "@/lib/engine/annotators/annotate";
import type { Picture } from "@/lib/engine/picture";
import { parseNetworks } from "@/lib/engine/prompt/parse-networks";
import { findAnnotatorModel } from "@/lib/inference/annotator-models";
import { infer } from "@/lib/inference/client";
import type { ControlInput, GenerateInput, GenerateOutput, GenerateProgress } from "@/lib/inference/tasks";
import { nameOfFile } from "./generate-arguments";
import { type FoundFile, findFile, readPicture, stretchTo } from "./generate-files";
import type { DrawingOrder } from "./generate-options";

/** Everything an order needs, found and read, ready to draw. */
export interface Workshop {
  /** The order's, with the size decided. */
  readonly settings: DrawingSettings;
  /** Pixels a side that the model draws best. */
  readonly side: number;
  /** @param over begins with this in place of the order's picture. */
  plan(settings: DrawingSettings, over?: Picture): Promise<GenerateInput>;
  /** A picture in the size of its second pass, and the name of what enlarged it; null where a filter did. */
  enlarge(picture: Picture, size: Size): Promise<{ picture: Picture; upscaler: string | null }>;
  draw(input: GenerateInput, onProgress: (progress: GenerateProgress) => void): Promise<GenerateOutput>;
  /** What a picture's text says of the files; large ones take seconds to be read, but once. */
  usedFor(settings: DrawingSettings): Promise<UsedFiles>;
}

/** A1111's lengths of a hash, in digits. */
const MODEL_DIGITS = 10;
const NETWORK_DIGITS = 12;
/** A picture that is begun with is drawn in its own size up to this many times the model's. */
const MOST_FREE = 1.5;

/** @throws EngineError weights_missing · AppError, those of `readPicture` */
export async function openWorkshop(order: DrawingOrder, signal: AbortSignal): Promise<Workshop> {
  const model = await findFile(order.model, "checkpoint");
  const vae = order.vae === null ? null : await findFile(order.vae, "vae");
  const preview = order.preview === null ? null : await findFile(order.preview, "vae");
  const embeddings: FoundFile[] = [];
  for (const { name, file } of order.embeddings)
    embeddings.push({ ...(await findFile(file, "embedding")), name });
  const controls = await openControls(order);
  const init = order.init === null ? null : await readPicture(order.init);
  // Black, and so kept, where it is transparent; over the picture whatever its own size is.
  const mask =
    order.mask === null || !init
      ? null
      : await readPicture(order.mask, { paper: "#000000", resize: stretchTo(init) });
  const settings = {
    ...order.settings,
    ...(init && order.isSizeFree && sizeFor(init, MOST_FREE * order.side)),
  };
  const enlarger = settings.hires && (settings.hires.upscaler ?? order.companionUpscaler);
  const upscaler = enlarger === null ? null : await findFile(enlarger, "upscaler");
  const findLora = (name: string) => findFile(order.loraFiles.get(name) ?? name, "lora");
  const hashes = new Map<string, Promise<UsedFile>>();
  const hashed = (file: FoundFile, digits: number, part?: "tensors"): Promise<UsedFile> => {
    const hash =
      hashes.get(file.path) ??
      hashFile(file.path, part).then((sha256) => ({
        name: file.name,
        hash: sha256?.slice(0, digits) ?? null,
      }));
    hashes.set(file.path, hash);
    return hash;
  };
  return {
    settings,
    side: order.side,
    async plan(asked, over) {
      const files = {
        model: model.path,
        ...(order.prediction && { prediction: order.prediction }),
        ...(vae && { vae: vae.path }),
        ...(preview && { preview: preview.path, wantsPreviews: true }),
        ...(embeddings.length > 0 && { embeddings: embeddings.map(({ name, path }) => ({ name, path })) }),
        ...(controls.length > 0 && { controls: controls.map(({ input }) => input) }),
        ...(init && { init }),
        ...(over && { init: over }),
        ...(mask && { mask }),
      };
      const plan = await planGeneration(asked, files, async (name) => (await findLora(name)).path);
      return { ...plan, count: over ? 1 : order.count };
    },
    enlarge: async (picture, size) => ({
      picture: await growTo(picture, size, upscaler?.path ?? null, signal),
      upscaler: upscaler?.name ?? null,
    }),
    draw: (input, onProgress) => infer("generate", input, { signal, onProgress }),
    async usedFor({ prompt }) {
      const networks = await Promise.all(
        [...new Set(parseNetworks(prompt).networks.map(({ name }) => name))].map(async (name) => {
          const { hash } = await hashed(await findLora(name), NETWORK_DIGITS, "tensors");
          return { name, hash: hash ?? "" };
        }),
      );
      return {
        model: await hashed(model, MODEL_DIGITS),
        vae: vae && (await hashed(vae, MODEL_DIGITS)),
        loras: networks,
        embeddings: await Promise.all(
          embeddings.map(async (file) => ({
            name: file.name,
            hash: (await hashed(file, NETWORK_DIGITS)).hash ?? "",
          })),
        ),
        controls: await Promise.all(
          controls.map(async ({ input: { annotator, weight, from, to, guess }, file }) => ({
            ...{ annotator, weight, from, to, guess },
            model: await hashed(file, MODEL_DIGITS),
          })),
        ),
        init: order.init && nameOfFile(order.init),
        mask: order.mask && nameOfFile(order.mask),
        prediction: order.prediction,
      };
    },
  };
}

async function openControls({
  controls,
  annotatorModels,
}: DrawingOrder): Promise<{ input: ControlInput; file: FoundFile }[]> {
  const opened: { input: ControlInput; file: FoundFile }[] = [];
  for (const { model, picture, ...rest } of controls) {
    const file = await findFile(model, "controlnet");
    const network = isModelAnnotatorName(rest.annotator) && {
      annotatorModel: await findAnnotatorModel(rest.annotator, annotatorModels),
    };
    const input = { ...rest, ...network, model: file.path, picture: await readPicture(picture) };
    opened.push({ file, input });
  }
  return opened;
}

type Size = { readonly width: number; readonly height: number };

/** A picture's own size, or less, in the proportions that latents allow. */
function sizeFor({ width, height }: Size, most: number): Size {
  const scale = Math.min(1, most / Math.max(width, height));
  return { width: nearestSide(width * scale), height: nearestSide(height * scale) };
}
