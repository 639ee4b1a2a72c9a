import { readTensor } from "../safetensors/read-tensor";
import type { Weights } from "../safetensors/stored-tensor";
import type { Config, Family } from "./checkpoint";

export type PredictionType = "epsilon" | "v_prediction";

/** The noise schedule that all Stable Diffusion models were trained on. */
const STABLE_DIFFUSION: Config = {
  num_train_timesteps: 1000,
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
  steps_offset: 1,
  timestep_spacing: "leading",
  set_alpha_to_one: false,
  clip_sample: false,
};

/** Where the training of Stable Diffusion 2 base stood when it was released. */
const SD2_BASE_STEPS = 875_000;

/**
 * scheduler_config.json of a single file, which carries none.
 * @param file      the file's own names and metadata.
 * @param override  the caller knows better.
 */
export async function inferSchedulerConfig(
  file: { readonly tensors: Weights; readonly metadata: Readonly<Record<string, string>> },
  family: Family,
  override?: PredictionType,
): Promise<Config> {
  const prediction_type = override ?? statedPrediction(file) ?? (await usualPrediction(file.tensors, family));
  const rescaled = file.tensors.has("ztsnr") && { rescale_betas_zero_snr: true };
  return { ...STABLE_DIFFUSION, prediction_type, ...rescaled };
}

/**
 * What the file says of itself: an empty tensor named `v_pred`, or ModelSpec's metadata.
 * @source https://github.com/Stability-AI/ModelSpec
 */
function statedPrediction(file: Parameters<typeof inferSchedulerConfig>[0]): PredictionType | null {
  if (file.tensors.has("v_pred")) return "v_prediction";
  const stated = file.metadata["modelspec.prediction_type"];
  if (stated === "v" || stated === "v_prediction") return "v_prediction";
  if (stated === "epsilon") return "epsilon";
  const architecture = file.metadata["modelspec.architecture"] ?? "";
  if (architecture.startsWith("stable-diffusion-v2-768-v")) return "v_prediction";
  return architecture.startsWith("stable-diffusion-v2-512") ? "epsilon" : null;
}

/**
 * Stable Diffusion 2's two kinds have the same weights in shape and name. The reference tells them apart by the step
 * counter that the base model was released with, and takes all others for v-prediction; so do we.
 * @source https://github.com/huggingface/diffusers/blob/main/src/diffusers/loaders/single_file_utils.py
 */
async function usualPrediction(tensors: Weights, family: Family): Promise<PredictionType> {
  if (family !== "sd2") return "epsilon";
  const counter = tensors.get("global_step");
  const steps = counter?.byteLength ? (await readTensor(counter)).data[0] : undefined;
  return steps === SD2_BASE_STEPS ? "epsilon" : "v_prediction";
}
