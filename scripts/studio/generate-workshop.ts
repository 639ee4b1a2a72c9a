import type { DrawingSettings } from "@/lib/drawing/drawing-settings";
import { growTo } from "@/lib/drawing/enlarge";
import { hashFile } from "@/lib/drawing/hash-file";
import { putBack } from "@/lib/drawing/keep-rest";
import type { UsedFile, UsedFiles } from "@/lib/drawing/picture-parameters";
import { planGeneration } from "@/lib/drawing/plan-generation";
import type { Picture } from "@/lib/engine/picture";
import { parseNetworks } from "@/lib/engine/prompt/parse-networks";
import { infer } from "@/lib/inference/client";
import type { GenerateInput, GenerateOutput, GenerateProgress } from "@/lib/inference/tasks";
import { nameOfFile } from "./generate-arguments";
import { type FoundFile, findFile } from "./generate-files";
import type { DrawingOrder } from "./generate-options";
import { openSources, type Sources } from "./generate-sources";

/** Everything an order needs, found and read, ready to draw. */
export interface Workshop {
  /** The order's, with the size decided. */
  readonly settings: DrawingSettings;
  /** Pixels a side that the model draws best. */
  readonly side: number;
  /** @param over begins with this in place of the order's picture. */
  plan(settings: DrawingSettings, over?: Picture): Promise<GenerateInput>;
  /** A picture in the size of its second pass, and the name of what enlarged it; null where a filter did. */
  enlarge(picture: Picture, size: Sources["size"]): Promise<{ picture: Picture; upscaler: string | null }>;
  /** What was drawn in its place in the picture, where it is a part of one. */
  putBack(picture: Picture): Promise<Picture>;
  /** Whether only what is painted is drawn. */
  readonly isPart: boolean;
  draw(input: GenerateInput, onProgress: (progress: GenerateProgress) => void): Promise<GenerateOutput>;
  /** What a picture's text says of the files; large ones take seconds to be read, but once. */
  usedFor(settings: DrawingSettings): Promise<UsedFiles>;
}

/** A1111's lengths of a hash, in digits. */
const MODEL_DIGITS = 10;
const NETWORK_DIGITS = 12;

/** @throws EngineError weights_missing · AppError, those of `readPicture` */
export async function openWorkshop(order: DrawingOrder, signal: AbortSignal): Promise<Workshop> {
  const model = await findFile(order.model, "checkpoint");
  const vae = order.vae === null ? null : await findFile(order.vae, "vae");
  const preview = order.preview === null ? null : await findFile(order.preview, "vae");
  const embeddings: FoundFile[] = [];
  for (const { name, file } of order.embeddings)
    embeddings.push({ ...(await findFile(file, "embedding")), name });
  const { init, mask, controls, size, rest } = await openSources(order);
  const settings = { ...order.settings, width: size.width, height: size.height };
  const enlarger = settings.hires || rest ? (settings.hires?.upscaler ?? order.companionUpscaler) : null;
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
    putBack: async (picture) =>
      rest ? await putBack(rest, picture, upscaler?.path ?? null, { signal }) : picture,
    isPart: rest !== null,
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
