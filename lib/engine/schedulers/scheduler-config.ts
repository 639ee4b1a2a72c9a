import { EngineError } from "../engine-error";

export type BetaSchedule = "linear" | "scaled_linear" | "squaredcos_cap_v2";
export type PredictionType = "epsilon" | "v_prediction" | "sample";
export type TimestepSpacing = "linspace" | "leading" | "trailing";

/** What a model was trained with, and how its authors walk its timesteps: diffusers' `scheduler_config.json`. */
export interface SchedulerConfig {
  readonly trainSteps: number;
  readonly betaStart: number;
  readonly betaEnd: number;
  readonly betaSchedule: BetaSchedule;
  /** Betas are shifted so that the last step holds no signal at all. */
  readonly zeroTerminalSnr: boolean;
  readonly predictionType: PredictionType;
  /** Absent: the sampler's own custom. */
  readonly timestepSpacing?: TimestepSpacing;
  /** Added to `leading` timesteps. */
  readonly stepsOffset: number;
  /** DDIM's and LCM's last step ends at no noise at all; else at the noise of timestep 0. */
  readonly setAlphaToOne: boolean;
  /** Steps a latent consistency model was distilled over: its few steps are chosen among them. */
  readonly originalSteps: number;
}

/** Stable Diffusion 1.x as published: for checkpoints that come without a scheduler's configuration. */
export const stableDiffusion1: SchedulerConfig = {
  trainSteps: 1000,
  betaStart: 0.00085,
  betaEnd: 0.012,
  betaSchedule: "scaled_linear",
  zeroTerminalSnr: false,
  predictionType: "epsilon",
  stepsOffset: 1,
  setAlphaToOne: false,
  originalSteps: 50,
};

/**
 * Reads diffusers' `scheduler_config.json`; what it leaves out is as in Stable Diffusion 1.x. Clipping and
 * thresholding of x₀ are for models of pixels and not read.
 * @throws EngineError setting_invalid, naming the field and its value.
 */
export function parseSchedulerConfig(json: unknown): SchedulerConfig {
  const fields = record(json);
  const base = stableDiffusion1;
  return {
    trainSteps: integer(fields, "num_train_timesteps", base.trainSteps, 1),
    betaStart: beta(fields, "beta_start", base.betaStart),
    betaEnd: beta(fields, "beta_end", base.betaEnd),
    betaSchedule: oneOf(fields, "beta_schedule", betaSchedules) ?? base.betaSchedule,
    zeroTerminalSnr: flag(fields, "rescale_betas_zero_snr", base.zeroTerminalSnr),
    predictionType: oneOf(fields, "prediction_type", predictionTypes) ?? base.predictionType,
    timestepSpacing: oneOf(fields, "timestep_spacing", timestepSpacings),
    stepsOffset: integer(fields, "steps_offset", base.stepsOffset, 0),
    setAlphaToOne: flag(fields, "set_alpha_to_one", base.setAlphaToOne),
    originalSteps: integer(fields, "original_inference_steps", base.originalSteps, 1),
  };
}

const betaSchedules: readonly BetaSchedule[] = ["linear", "scaled_linear", "squaredcos_cap_v2"];
const predictionTypes: readonly PredictionType[] = ["epsilon", "v_prediction", "sample"];
const timestepSpacings: readonly TimestepSpacing[] = ["linspace", "leading", "trailing"];

type Fields = Readonly<Record<string, unknown>>;

function record(json: unknown): Fields {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as Fields;
  throw new EngineError("setting_invalid", "The scheduler's configuration is not an object");
}

function invalid(field: string, got: unknown): EngineError {
  return new EngineError(
    "setting_invalid",
    `${field} is ${JSON.stringify(got)} in the scheduler's configuration`,
    {
      setting: field,
      got: String(got),
    },
  );
}

function oneOf<T extends string>(fields: Fields, field: string, values: readonly T[]): T | undefined {
  const got = fields[field];
  if (got === undefined || got === null) return undefined;
  const value = values.find((each) => each === got);
  if (value === undefined) throw invalid(field, got);
  return value;
}

function integer(fields: Fields, field: string, otherwise: number, least: number): number {
  const got = fields[field] ?? otherwise;
  if (typeof got === "number" && Number.isInteger(got) && got >= least && got <= 100_000) return got;
  throw invalid(field, got);
}

function beta(fields: Fields, field: string, otherwise: number): number {
  const got = fields[field] ?? otherwise;
  if (typeof got === "number" && got > 0 && got < 1) return got;
  throw invalid(field, got);
}

function flag(fields: Fields, field: string, otherwise: boolean): boolean {
  const got = fields[field] ?? otherwise;
  if (typeof got === "boolean") return got;
  throw invalid(field, got);
}
