import path from "node:path";
import { env } from "../env";
import { describeInference } from "./client";
import type { DeviceState } from "./device-host";
import { listModels, type ModelKind } from "./model-files";

/** What this node draws with, as anybody may know it. */
export interface Machine {
  readonly devices: readonly MachineDevice[];
  /** Named by whoever runs the studio, or found. */
  readonly by: "setting" | "probe";
  /** For the models of each device. */
  readonly budgetBytes: number;
  /** Tasks that wait for a device. */
  readonly waiting: number;
}

export interface MachineDevice {
  readonly kind: DeviceState["device"]["kind"];
  /** Of several of a kind. */
  readonly id: number | null;
  readonly isBusy: boolean;
  readonly models: readonly MachineModel[];
}

export interface MachineModel {
  /** Null for what is not installed in the studio's folders: that is its owner's business. */
  readonly name: string | null;
  readonly sizeBytes: number;
}

/** Kinds of models that a device holds by themselves. */
const KINDS: readonly ModelKind[] = ["checkpoint", "upscaler", "annotator", "clip"];

/**
 * What draws here, and what is in memory; null where this node leaves the work to others. Starts no host. Strangers
 * may read it: no path, no process and no message of a driver leaves by here; those are in the log.
 */
export async function describeMachine(): Promise<Machine | null> {
  if (env().JOB_CONCURRENCY === 0) return null;
  const { hosts, by, budgetBytes, waiting } = await describeInference();
  const names = hosts.some(({ residents }) => residents.length > 0) ? await installedNames() : new Map();
  const devices = hosts.map(({ device, process, residents }) => ({
    ...{ kind: device.kind, id: device.id ?? null, isBusy: process === "busy" },
    models: residents.map(({ model, sizeBytes }) => ({
      name: names.get(path.resolve(/* turbopackIgnore: true */ model)) ?? null,
      sizeBytes,
    })),
  }));
  return { devices, by, budgetBytes, waiting };
}

/** By path. */
async function installedNames(): Promise<Map<string, string>> {
  const kinds = await Promise.all(KINDS.map((kind) => listModels(kind)));
  return new Map(kinds.flat().map(({ name, path: file }) => [file, name]));
}
