import type { Device } from "../engine/runtime/session";

export interface DeviceChoice {
  /** One host each. */
  readonly devices: readonly Pick<Device, "kind" | "id">[];
  /** Told to use them, or found that they work. */
  readonly by: "setting" | "probe";
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
    return {
      ...{ devices: setting.split(",").map(deviceOf), by: "setting" },
      why: `INFERENCE_DEVICE is ${setting}`,
    };
  const [cuda, webgpu] = await Promise.all([probe("cuda"), probe("webgpu")]);
  const found = (kind: Device["kind"], why: string) => ({ devices: [{ kind }], by: "probe" as const, why });
  if (cuda.works) return found("cuda", `CUDA: ${cuda.why}`);
  const whyNot = `no CUDA: ${cuda.why}`;
  if (webgpu.works) return found("webgpu", `WebGPU: ${webgpu.why}; ${whyNot}`);
  return found("cpu", `${whyNot}; no WebGPU: ${webgpu.why}`);
}

function deviceOf(name: string): Pick<Device, "kind" | "id"> {
  const [kind, id] = name.split(":") as [Device["kind"], string | undefined];
  return id === undefined ? { kind } : { kind, id: Number(id) };
}
