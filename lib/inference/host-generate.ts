import { resizeControl } from "../engine/annotators/resize-control";
import { EngineError } from "../engine/engine-error";
import { pictureSeeds } from "../engine/noise/batch";
import type { Picture } from "../engine/picture";
import type { DrawControl, DrawRequest } from "../engine/pipelines/diffusion";
import { hintOf } from "./host-annotate";
import { diffusionType } from "./host-diffusion";
import type { TaskModels } from "./host-models";
import type { TaskTools } from "./host-task";
import type { GenerateInput, GenerateOutput, GenerateProgress } from "./tasks";

/** Larger drawings, or more at once, are a mistake. */
const MOST_PIXELS = 4096 * 4096;
const MOST_PICTURES = 64;

/**
 * Draws pictures. What is wrong with the request itself is told before a model is opened.
 * @throws EngineError · the signal's reason
 */
export async function generate(
  input: GenerateInput,
  { models, signal, onProgress }: TaskTools<GenerateProgress>,
): Promise<GenerateOutput | "restart"> {
  checkSize(input);
  const controlNets = [...new Set(input.controls?.map(({ model }) => model))];
  const request = requestOf(input);
  const begun = performance.now();
  const controls = await hintsOf(input, controlNets, models);
  if (controls === "restart") return "restart";
  const { model, prediction, vae, preview, loras, embeddings, precision } = input;
  const spec = { model, prediction, vae, preview, loras, embeddings, precision, controlNets };
  const opened = await models.use(diffusionType, spec);
  if (opened === "restart") return "restart";
  const loaded = performance.now();
  const steps: number[] = [];
  let last = loaded;
  let shown = loaded;
  const pictures = await opened.diffusion.draw(
    { ...request, ...(controls && { controls }) },
    {
      signal,
      async onStep({ index, of, preview: draw }) {
        steps.push(performance.now() - last);
        const isDue = performance.now() - shown >= (input.previewPaceMs ?? 0);
        const previews = input.wantsPreviews && isDue ? { previews: await draw() } : {};
        if (isDue) shown = performance.now();
        onProgress({ step: index + 1, of, ...previews });
        last = performance.now();
      },
    },
  );
  const seeds = pictureSeeds(request.seeds);
  return {
    pictures: pictures.map((picture, i) => ({ picture, ...seeds[i]! })),
    timesMs: { load: loaded - begun, steps, decode: performance.now() - last },
    loraLeftovers: opened.leftovers,
  };
}

/** Networks that make hints come and go before the one that draws is opened: they need not fit in beside it. */
async function hintsOf(
  { controls, ...size }: GenerateInput,
  controlNets: readonly string[],
  models: TaskModels,
): Promise<readonly DrawControl[] | null | "restart"> {
  if (!controls) return null;
  const drawn: DrawControl[] = [];
  for (const control of controls) {
    const { model, weight, from, to, guess } = control;
    // Lines drawn on the fitted picture keep their width.
    const picture = await hintOf(control, fittedTo(size, control.picture), models);
    if (picture === "restart") return "restart";
    drawn.push({ net: controlNets.indexOf(model), picture, weight, from, to, guess });
  }
  return drawn;
}

const fittedTo = ({ width, height }: Pick<GenerateInput, "width" | "height">, picture: Picture): Picture =>
  resizeControl(picture, width, height, "crop");

function requestOf(input: GenerateInput): DrawRequest {
  const { width, height, steps, sampler, schedule, convention, guidance, generator } = input;
  const { prompt, negativePrompt, eta, guidanceEnd, clipSkip, emphasis, seed, count, variation } = input;
  const { init, mask } = input;
  const fitted = (picture: Picture) => fittedTo(input, picture);
  return {
    ...{ width, height, steps, sampler, schedule, convention, guidance, generator, prompt, negativePrompt },
    seeds: { seed, count, ...(variation && { variation }) },
    ...(eta !== undefined && { eta }),
    ...(clipSkip !== undefined && { clipSkip }),
    ...(guidanceEnd !== undefined && { guidanceEnd }),
    ...(emphasis && { emphasis }),
    ...(init && { init: { ...init, picture: fitted(init.picture) } }),
    ...(mask && { mask: fitted(mask) }),
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
