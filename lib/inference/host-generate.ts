import { annotate } from "../engine/annotators/annotate";
import { resizeControl } from "../engine/annotators/resize-control";
import { EngineError } from "../engine/engine-error";
import { pictureSeeds } from "../engine/noise/batch";
import type { Picture } from "../engine/picture";
import type { DrawControl, DrawRequest } from "../engine/pipelines/diffusion";
import type { Models } from "./host-models";
import type { GenerateInput, GenerateOutput, GenerateProgress } from "./tasks";

export interface GenerateTools {
  readonly models: Models;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: GenerateProgress) => void;
}

/** Larger drawings, or more at once, are a mistake. */
const MOST_PIXELS = 4096 * 4096;
const MOST_PICTURES = 64;

/**
 * Draws pictures. What is wrong with the request itself is told before a model is opened.
 * @throws EngineError · the signal's reason
 */
export async function generate(
  input: GenerateInput,
  { models, signal, onProgress }: GenerateTools,
): Promise<GenerateOutput | "restart"> {
  checkSize(input);
  const controlNets = [...new Set(input.controls?.map(({ model }) => model))];
  const request = requestOf(input, controlNets);
  const begun = performance.now();
  const { model, prediction, vae, preview, loras, embeddings } = input;
  const opened = await models.use(
    { model, prediction, vae, preview, loras, embeddings, controlNets },
    signal,
  );
  if (opened === "restart") return "restart";
  const loaded = performance.now();
  const steps: number[] = [];
  let last = loaded;
  const pictures = await opened.diffusion.draw(request, {
    signal,
    async onStep({ index, of, preview: draw }) {
      steps.push(performance.now() - last);
      const previews = input.wantsPreviews ? { previews: await draw() } : {};
      onProgress({ step: index + 1, of, ...previews });
      last = performance.now();
    },
  });
  const seeds = pictureSeeds(request.seeds);
  return {
    pictures: pictures.map((picture, i) => ({ picture, ...seeds[i]! })),
    timesMs: { load: loaded - begun, steps, decode: performance.now() - last },
    loraLeftovers: opened.leftovers,
  };
}

function requestOf(input: GenerateInput, controlNets: readonly string[]): DrawRequest {
  const { width, height, steps, sampler, schedule, convention, guidance, generator } = input;
  const { prompt, negativePrompt, eta, clipSkip, emphasis, seed, count, variation } = input;
  const { init, mask, controls } = input;
  const fitted = (picture: Picture) => resizeControl(picture, width, height, "crop");
  return {
    ...{ width, height, steps, sampler, schedule, convention, guidance, generator, prompt, negativePrompt },
    seeds: { seed, count, ...(variation && { variation }) },
    ...(eta !== undefined && { eta }),
    ...(clipSkip !== undefined && { clipSkip }),
    ...(emphasis && { emphasis }),
    ...(init && { init: { ...init, picture: fitted(init.picture) } }),
    ...(mask && { mask: fitted(mask) }),
    ...(controls && {
      controls: controls.map(({ model, annotator, picture, ...rest }): DrawControl => {
        // Lines drawn on the fitted picture keep their width.
        return { ...rest, net: controlNets.indexOf(model), picture: annotate(annotator, fitted(picture)) };
      }),
    }),
  };
}

function checkSize({ width, height, count }: GenerateInput): void {
  for (const [setting, got] of Object.entries({ width, height }))
    if (!Number.isInteger(got) || got < 8 || got % 8 !== 0)
      throw new EngineError("size_invalid", `the ${setting} of ${got} is not a multiple of 8`, {
        ...{ setting, got, expected: 8 },
      });
  if (width * height > MOST_PIXELS)
    throw new EngineError("size_invalid", `${width} × ${height} pixels are too many`, {
      ...{ got: `${width} × ${height}`, limit: "4096 × 4096" },
    });
  if (!Number.isInteger(count) || count < 1 || count > MOST_PICTURES)
    throw new EngineError("setting_invalid", `${count} pictures at once`, {
      ...{ setting: "count", got: count, expected: `1 … ${MOST_PICTURES}` },
    });
}
