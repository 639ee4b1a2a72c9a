import { BUILT_FAMILIES, type Family } from "../engine/layouts/checkpoint";
import type { Kind } from "../engine/layouts/recognise";
import { AppError } from "../errors";
import { type ModelKind, SHIPPED_FAMILY } from "../inference/model-files";
import type { ModelFamily } from "../inference/read-model-facts";
import { kindToInstall } from "./model-kinds";

/** What people call those that are recognised, and not built. */
const CALLED: Readonly<Partial<Record<Family, string>>> = {
  "sdxl-refiner": "SDXL Refiner",
  sd3: "Stable Diffusion 3",
  flux: "FLUX",
};

/**
 * As which kind a recognised model is installed.
 * @param name     what it is called, for messages.
 * @param expected null where whatever it is may be installed.
 * @throws AppError model_kind_differs; model_family_unsupported for what nothing here could draw with
 */
export function requireUsable(
  name: string,
  { what, family }: { readonly what: Kind; readonly family: ModelFamily | null },
  expected: ModelKind | null,
): ModelKind {
  const kind = kindToInstall(what);
  if (kind === null || (expected !== null && kind !== expected))
    throw new AppError("model_kind_differs", {
      details: { file: name, seen: what, expected: expected ?? "checkpoint, controlnet, lora …" },
    });
  if (family !== null && family !== SHIPPED_FAMILY && !BUILT_FAMILIES.has(family))
    throw new AppError("model_family_unsupported", {
      details: { file: name, family: CALLED[family] ?? family },
    });
  return kind;
}
