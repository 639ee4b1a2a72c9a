import type { NoiseGenerator } from "@/lib/engine/noise/batch";
import { fromA1111Names } from "@/lib/engine/schedulers/a1111-names";
import {
  type Convention,
  type SamplerName,
  type ScheduleName,
  samplers,
} from "@/lib/engine/schedulers/registry";
import { AppError } from "@/lib/errors";
import type { Precision } from "@/lib/inference/tasks";

/** What a person says of a drawing, apart from the files it is made with. */
export interface DrawingSettings {
  /** With its networks: `<lora:name:0.8>`. */
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps: number;
  readonly sampler: SamplerName;
  /** `automatic`: what the sampler is mostly used with; see `scheduleOf`. */
  readonly schedule: ScheduleName | "automatic";
  readonly convention: Convention;
  /** Classifier-free guidance; 1 is none. */
  readonly guidance: number;
  /** Part of the steps in which there is guidance, 0 … 1. */
  readonly guidanceEnd: number;
  /** Of the networks, where they run on the CPU: "int8" takes about half the time and memory. */
  readonly precision: Precision;
  /** Of the first picture; the next ones count up. */
  readonly seed: number;
  /** Pixels, multiples of 8. */
  readonly width: number;
  readonly height: number;
  /** How much is forgotten of a picture that is begun with, 0 … 1; nothing where there is none. */
  readonly strength: number;
  /** As A1111 counts: 1 reads the text encoder's last layer, 2 the one before it. */
  readonly clipSkip: number;
  readonly variation: { readonly seed: number; readonly strength: number } | null;
  readonly generator: NoiseGenerator;
}

/** A1111's numbers, with noise that is the same on every machine. */
export const DEFAULT_SETTINGS: Omit<DrawingSettings, "prompt" | "seed"> = {
  negativePrompt: "",
  steps: 20,
  sampler: "dpmpp-2m",
  schedule: "automatic",
  convention: "k-diffusion",
  guidance: 7,
  guidanceEnd: 1,
  precision: "float32",
  width: 512,
  height: 512,
  strength: 0.75,
  clipSkip: 1,
  variation: null,
  generator: "torch-cpu",
};

/** The autoencoders' factor: a latent stands for so many pixels a side. */
export const SIZE_STEP = 8;
const MOST_PX = 4096;
const MOST_STEPS = 1000;
const MOST_CLIP_SKIP = 12;
const MOST_GUIDANCE = 100;
/** Leaves room to count up. */
const MOST_SEED = Number.MAX_SAFE_INTEGER - 1000;

/** Every setting by its name on the command line and on a sheet's axes: reads its text into the settings. */
export const readSetting = {
  prompt: (settings, prompt) => ({ ...settings, prompt }),
  negative: (settings, negativePrompt) => ({ ...settings, negativePrompt }),
  steps: (settings, text) => ({ ...settings, steps: whole("steps", text, 1, MOST_STEPS) }),
  sampler: (settings, text) => withSampler(settings, readSampler(text)),
  schedule: (settings, text) => ({ ...settings, schedule: readSchedule(settings.sampler, text) }),
  convention: (settings, text) => ({
    ...settings,
    convention: oneOf("convention", text, ["diffusers", "k-diffusion"] as const),
  }),
  cfg: (settings, text) => ({ ...settings, guidance: between("cfg", text, 0, MOST_GUIDANCE) }),
  "cfg-end": (settings, text) => ({ ...settings, guidanceEnd: between("cfg-end", text, 0, 1) }),
  precision: (settings, text) => ({
    ...settings,
    precision: oneOf("precision", text, ["float32", "int8"] as const),
  }),
  seed: (settings, text) => ({ ...settings, seed: readSeed("seed", text) }),
  size: (settings, text) => ({ ...settings, ...readSize(text) }),
  strength: (settings, text) => ({ ...settings, strength: between("strength", text, 0, 1) }),
  "clip-skip": (settings, text) => ({ ...settings, clipSkip: whole("clip-skip", text, 1, MOST_CLIP_SKIP) }),
  variation: (settings, text) => ({ ...settings, variation: readVariation(text) }),
  noise: (settings, text) => ({
    ...settings,
    generator: oneOf("noise", text, ["torch-cpu", "philox"] as const),
  }),
} satisfies Record<string, (settings: DrawingSettings, text: string) => DrawingSettings>;

export type SettingName = keyof typeof readSetting;

/** The schedule that a drawing has in the end. @throws AppError setting_invalid for one that the sampler lacks. */
export function scheduleOf({
  sampler,
  schedule,
}: Pick<DrawingSettings, "sampler" | "schedule">): ScheduleName {
  const { label, schedules } = samplers[sampler];
  if (schedule === "automatic") return fromA1111Names(label, "Automatic")?.schedule ?? "normal";
  return oneOf("schedule", schedule, schedules);
}

/** @param expected what it may be, in signs rather than words. @throws AppError setting_invalid, always. */
export function refuseSetting(setting: string, got: string | number, expected: string): never {
  throw new AppError("setting_invalid", { details: { setting, got, expected } });
}

/** @returns the number, where it is one. @throws AppError setting_invalid */
export function between(setting: string, text: string, least: number, most: number): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return number >= least && number <= most ? number : refuseSetting(setting, text, `${least} … ${most}`);
}

/** @throws AppError setting_invalid for fractions, too. */
export function whole(setting: string, text: string, least: number, most: number): number {
  const number = between(setting, text, least, most);
  return Number.isInteger(number) ? number : refuseSetting(setting, text, `${least}, ${least + 1} … ${most}`);
}

function oneOf<T extends string>(setting: string, text: string, names: readonly T[]): T {
  return names.find((name) => name === text) ?? refuseSetting(setting, text, names.join(", "));
}

const readSeed = (setting: string, text: string): number => whole(setting, text, 0, MOST_SEED);

/** A sampler by its name, or by A1111's, which may bring its schedule: "DPM++ 2M Karras". */
function readSampler(text: string): Pick<DrawingSettings, "sampler"> & Partial<DrawingSettings> {
  const known = fromA1111Names(text);
  if (!known) return refuseSetting("sampler", text, Object.keys(samplers).join(", "));
  return known.schedule === "normal" ? { sampler: known.sampler } : known;
}

/** A schedule that went with the sampler before, and that this one lacks, makes way for its own. */
function withSampler(settings: DrawingSettings, known: ReturnType<typeof readSampler>): DrawingSettings {
  const { schedule } = settings;
  const fits = schedule === "automatic" || samplers[known.sampler].schedules.includes(schedule);
  return { ...settings, ...(!fits && { schedule: "automatic" as const }), ...known };
}

function readSchedule(sampler: SamplerName, text: string): DrawingSettings["schedule"] {
  if (text.toLowerCase() === "automatic") return "automatic";
  const { label, schedules } = samplers[sampler];
  const known = fromA1111Names(label, text);
  return known?.schedule ?? refuseSetting("schedule", text, [...schedules, "automatic"].join(", "));
}

function readSize(text: string): Pick<DrawingSettings, "width" | "height"> {
  const [, width, height] = /^(\d{1,5})x(\d{1,5})$/i.exec(text.trim()) ?? [];
  if (width === undefined || height === undefined) return refuseSetting("size", text, "512x512");
  const size = { width: Number(width), height: Number(height) };
  const nearest = `${nearestSide(size.width)}x${nearestSide(size.height)}`;
  if (nearest !== `${size.width}x${size.height}`)
    throw new AppError("size_invalid", {
      details: { setting: "size", got: text, expected: `${SIZE_STEP} (→ ${nearest})`, nearest },
    });
  return size;
}

/** The nearest number of pixels that a side can have. */
export const nearestSide = (pixels: number): number =>
  Math.min(MOST_PX, Math.max(SIZE_STEP, Math.round(pixels / SIZE_STEP) * SIZE_STEP));

/** `7:0.2`: another seed, and how far the noise goes towards its own. */
function readVariation(text: string): DrawingSettings["variation"] {
  const [seed, strength, ...more] = text.split(":");
  if (seed === undefined || strength === undefined || more.length > 0)
    return refuseSetting("variation", text, "7:0.2");
  return { seed: readSeed("variation", seed), strength: between("variation", strength, 0, 1) };
}
