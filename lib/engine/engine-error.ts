/** What can be wrong with files, settings or devices; every code has a message for people in the error table. */
export type EngineErrorCode =
  // Files
  | "weights_missing"
  | "weights_pickle"
  | "weights_damaged"
  | "weights_dtype_unsupported"
  | "weights_unknown"
  | "weights_key_missing"
  | "weights_shape_mismatch"
  | "lora_fits_nothing"
  | "lora_damaged"
  | "controlnet_fits_nothing"
  | "annotator_missing"
  | "tokenizer_damaged"
  | "parameters_damaged"
  // Settings
  | "prompt_invalid"
  | "size_invalid"
  | "setting_invalid"
  | "shape_mismatch"
  // Devices
  | "device_unavailable"
  | "device_lost"
  | "out_of_memory";

/** Thrown by everything in `lib/engine`. `details` are names and numbers for the message: file, layer, expected, got. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly details: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
