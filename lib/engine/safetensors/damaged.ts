import { EngineError } from "../engine-error";

/** A file that is not what it says it is. @param tensor  its name, where the fault is in one. */
export function damaged(file: string, fault: string, tensor?: string, cause?: unknown): EngineError {
  const where = tensor === undefined ? file : `${file}: ${tensor}`;
  const details = { file, fault, ...(tensor !== undefined && { tensor }) };
  return new EngineError("weights_damaged", `${where}: ${fault}`, details, { cause });
}
