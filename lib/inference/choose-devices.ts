import type { Device } from "../engine/runtime/session";

export interface DeviceChoice {
  /** One host each. */
  readonly devices: readonly Pick<Device, "kind" | "id">[];
  /** For the log and the health page. */
  readonly why: string;
}

/** Whether a kind of device works here. */
export interface Probed {
  readonly works: boolean;
  readonly why: string;
}

export type Probe = (kind: "cuda" | "webgpu") => Promise<Probed>;

/**
 * CUDA where its libraries load, else WebGPU where there is an adapter, else the CPU; the setting overrides all.
 * @param setting INFERENCE_DEVICE, in the form that lib/env.ts checks.
 */
export async function chooseDevices(setting: string, probe: Probe): Promise<DeviceChoice> {
  if (setting !== "auto")
    return { devices: setting.split(",").map(deviceOf), why: `INFERENCE_DEVICE is ${setting}` };
  const [cuda, webgpu] = await Promise.all([probe("cuda"), probe("webgpu")]);
  if (cuda.works) return { devices: [{ kind: "cuda" }], why: `CUDA: ${cuda.why}` };
  const whyNot = `no CUDA: ${cuda.why}`;
  if (webgpu.works) return { devices: [{ kind: "webgpu" }], why: `WebGPU: ${webgpu.why}; ${whyNot}` };
  return { devices: [{ kind: "cpu" }], why: `${whyNot}; no WebGPU: ${webgpu.why}` };
}

function deviceOf(name: string): Pick<Device, "kind" | "id"> {
  const [kind, id] = name.split(":") as [Device["kind"], string | undefined];
  return id === undefined ? { kind } : { kind, id: Number(id) };
}
