import { randomInt } from "node:crypto";
import path from "node:path";
import {
  DEFAULT_SETTINGS,
  type DrawingSettings,
  readSetting,
  refuseSetting,
  type SettingName,
  whole,
} from "@/lib/drawing/drawing-settings";
import {
  fromParameters,
  INPAINT_AREAS,
  type InpaintArea,
  type RestoredSettings,
} from "@/lib/drawing/picture-parameters";
import { withLora } from "@/lib/drawing/prompt-loras";
import { type Axes, parseAxes } from "@/lib/drawing/x-y-axes";
import type { PredictionType } from "@/lib/engine/layouts/scheduler-config";
import { readPictureParameters } from "@/lib/engine/parameters/picture-parameters";
import { parseNetworks } from "@/lib/engine/prompt/parse-networks";
import { defaultCheckpoint } from "@/lib/inference/model-files";
import type { RecommendedSettings } from "@/lib/inference/recommended-settings";
import { recommendForLora, recommendSettings } from "@/lib/models/recommend-settings";
import { readInput } from "./files";
import {
  type ControlArgument,
  type NamedFile,
  parseControl,
  parseEmbedding,
  parseLora,
} from "./generate-arguments";
import { findFile } from "./generate-files";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;

const SETTINGS = {
  ...{ prompt: text, negative: text, steps: text, sampler: text, schedule: text, convention: text },
  ...{
    cfg: text,
    "cfg-end": text,
    precision: text,
    seed: text,
    size: text,
    strength: text,
    "clip-skip": text,
    variation: text,
    noise: text,
  },
  ...{ hires: text, "hires-strength": text, "hires-steps": text, "hires-upscaler": text },
} satisfies Record<SettingName, typeof text>;

const OPTIONS = {
  ...SETTINGS,
  ...{
    model: text,
    prediction: text,
    vae: text,
    preview: text,
    from: text,
    init: text,
    mask: text,
    "inpaint-area": text,
    batch: text,
    xy: text,
  },
  ...{ control: texts, "annotator-model": texts, lora: texts, embedding: texts, out: text, lang: text },
  json: { type: "boolean" },
} as const;

/** What was asked for; files are still names. */
export interface DrawingOrder {
  readonly settings: DrawingSettings;
  /** Whether nobody said how large, so that a picture that is begun with may. */
  readonly isSizeFree: boolean;
  /** Pixels a side that the model was trained with. */
  readonly side: number;
  /** The upscaler that goes with the model, by name; null where there is none. */
  readonly companionUpscaler: string | null;
  readonly count: number;
  readonly axes: Axes | null;
  readonly model: string;
  /** First digits of the hash of the model that a restored picture was drawn with. */
  readonly modelHash: string | null;
  readonly prediction: PredictionType | null;
  readonly vae: string | null;
  readonly preview: string | null;
  readonly init: string | null;
  readonly mask: string | null;
  /** What is drawn where something is painted over. */
  readonly inpaintArea: InpaintArea;
  readonly controls: readonly ControlArgument[];
  /** Paths or names of the networks that annotate. */
  readonly annotatorModels: readonly string[];
  /** Where the LoRAs lie that prompts name; others are looked for by their names. */
  readonly loraFiles: ReadonlyMap<string, string>;
  readonly embeddings: readonly NamedFile[];
  readonly out: string;
  readonly json: boolean;
  /** What a restored picture was made from besides, and cannot bring along. */
  readonly notes: readonly string[];
}

const MOST_PICTURES = 64;

/** @throws UsageError · AppError setting_invalid, size_invalid, file_unreadable · EngineError parameters_damaged */
export async function readOrder(args: string[]): Promise<DrawingOrder> {
  const { values } = parseOptions({ args, options: OPTIONS });
  const { out, from, xy, init = null, mask = null } = values;
  if (out === undefined) throw new UsageError("missing", "--out");
  if (path.extname(out).toLowerCase() !== ".png") throw new UsageError("ending", "--out", ".png");
  const restored = from === undefined ? null : await restore(from);
  if (values.prompt === undefined && !restored) throw new UsageError("missing", "--prompt");
  const model = values.model ?? restored?.model?.name ?? (await defaultCheckpoint())?.name;
  if (model === undefined) throw new UsageError("missing", "--model");
  const manner = await recommendSettings(await findFile(model, "checkpoint"));
  const { side, companions } = manner;
  if (mask !== null && init === null) throw new UsageError("needs", "--mask", "--init");
  if (mask === null && values["inpaint-area"] !== undefined)
    throw new UsageError("needs", "--inpaint-area", "--mask");
  const inpaintArea = readInpaintArea(values["inpaint-area"]) ?? restored?.inpaintArea ?? "masked";
  // The size of a part says nothing of a whole picture, nor the other way round.
  const isPart = mask !== null && inpaintArea === "masked";
  const keepsSize = restored?.settings.width !== undefined && isPart === (restored.inpaintArea === "masked");
  const count = values.batch === undefined ? 1 : whole("batch", values.batch, 1, MOST_PICTURES);
  if (xy !== undefined && count > 1) throw new UsageError("apart", "--xy", "--batch");
  const loras = (values.lora ?? []).map(parseLora);
  const own = {
    ...manner.settings,
    ...(await askedByLoras(values.prompt ?? restored?.settings.prompt, loras)),
  };
  const settings = settle(values, restored, { width: side, height: side, ...own });
  if (settings.hires && mask !== null) throw new UsageError("apart", "--hires", "--mask");
  const embeddings = (values.embedding ?? []).map(parseEmbedding);
  const given = { init: init !== null, mask: mask !== null, control: values.control !== undefined };
  return {
    settings: {
      ...settings,
      prompt: loras.reduce((prompt, { name, weights }) => withLora(prompt, name, weights), settings.prompt),
    },
    isSizeFree: values.size === undefined && !keepsSize,
    side,
    companionUpscaler: companions.upscaler ?? null,
    ...{ count, model, init, mask, inpaintArea, out },
    axes: xy === undefined ? null : parseAxes(xy),
    modelHash: restored?.model?.hash ?? null,
    prediction:
      values.prediction === undefined
        ? (restored?.prediction ?? manner.prediction)
        : readPrediction(values.prediction),
    vae: values.vae ?? restored?.vae ?? null,
    preview: values.preview ?? null,
    controls: (values.control ?? []).map(parseControl),
    annotatorModels: values["annotator-model"] ?? [],
    loraFiles: new Map(loras.map(({ name, file }) => [name, file])),
    embeddings: [
      ...embeddings,
      ...(restored?.embeddings ?? [])
        .filter((name) => !embeddings.some((own) => own.name === name))
        .map((name) => ({ name, file: name })),
    ],
    json: values.json ?? false,
    notes: (restored?.pictures ?? [])
      .filter(({ option }) => !given[option])
      .map(({ option, was }) => messages().generate.alsoFrom(from ?? "", was, `--${option}`)),
  };
}

/** What the networks ask of a drawing that has them; one that is not there is told by whoever opens it. */
async function askedByLoras(prompt = "", given: readonly NamedFile[]): Promise<RecommendedSettings> {
  const asked: RecommendedSettings = {};
  const named = parseNetworks(prompt).networks.map(({ name }) => name);
  for (const file of [...named, ...given.map((lora) => lora.file)]) {
    const found = await findFile(file, "lora").catch(() => null);
    if (found) Object.assign(asked, await recommendForLora(found));
  }
  return asked;
}

const PREDICTIONS: Readonly<Record<string, PredictionType>> = { epsilon: "epsilon", v: "v_prediction" };

/** @throws AppError setting_invalid */
function readPrediction(value: string): PredictionType {
  return PREDICTIONS[value] ?? refuseSetting("prediction", value, Object.keys(PREDICTIONS).join(", "));
}

/** @throws AppError setting_invalid */
function readInpaintArea(value: string | undefined): InpaintArea | undefined {
  if (value === undefined) return undefined;
  return (
    INPAINT_AREAS.find((area) => area === value) ??
    refuseSetting("inpaint-area", value, INPAINT_AREAS.join(", "))
  );
}

type Values = Partial<Record<SettingName, string>>;

/** Defaults, then the model's own, then what the picture says, then what the options say. */
function settle(
  values: Values,
  restored: RestoredSettings | null,
  custom: Partial<DrawingSettings>,
): DrawingSettings {
  for (const { setting, got } of restored?.unknown ?? [])
    if (values[setting] === undefined) refuseSetting(setting, got, `--${setting}`);
  const base: DrawingSettings = {
    ...DEFAULT_SETTINGS,
    ...custom,
    ...{ prompt: "", seed: randomInt(2 ** 32) },
    // A picture that names no schedule was drawn with its sampler's own.
    ...(restored && { schedule: "automatic" as const }),
    ...restored?.settings,
    // Another sampler has no use for the schedule that went with the picture's.
    ...(values.sampler !== undefined && { schedule: "automatic" }),
  };
  return (Object.keys(readSetting) as SettingName[]).reduce((settings, name) => {
    const value = values[name];
    return value === undefined ? settings : readSetting[name](settings, value);
  }, base);
}

async function restore(file: string): Promise<RestoredSettings> {
  const parameters = await readPictureParameters(await readInput(file));
  return parameters ? fromParameters(parameters) : refuseSetting("from", file, "PNG “parameters”");
}
