import { availableParallelism } from "node:os";
import type { FormsName } from "@/lib/engine/nn/forms";
import type { Device } from "@/lib/engine/runtime/session";

const kind = (process.env.ENGINE_TEST_DEVICE ?? "cpu") as Device["kind"];

/** Where the engine's numbers are checked: the CPU, or what `ENGINE_TEST_DEVICE` names. */
export const testDevice: Device = {
  kind,
  ...(kind === "cpu" && { threads: Math.min(2, availableParallelism()) }),
};

/** The forms to check there; the plain ones are checked where they are right, on the CPU. */
export const testForms: readonly FormsName[] = kind === "cpu" ? ["plain", "cpu"] : [kind];

/** How far from the reference float32 may be: `onCpu`, or a thousandth of its scale on other devices. */
export const within = (onCpu: number): number => (kind === "cpu" ? onCpu : 1e-3);
