import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openCheckpoint } from "@/lib/engine/layouts/open-checkpoint";
import { openControlNet as openControlNetPart } from "@/lib/engine/layouts/open-controlnet";
import { openVae } from "@/lib/engine/layouts/open-vae";
import { pictureToTensor } from "@/lib/engine/picture";
import { openAutoencoder } from "@/lib/engine/pipelines/autoencoder";
import { openControlNet } from "@/lib/engine/pipelines/control";
import { openDiffusion } from "@/lib/engine/pipelines/diffusion";
import { openUNet } from "@/lib/engine/pipelines/unet";
import type { Device } from "@/lib/engine/runtime/session";
import { sizeOf, type Tensor, tensor } from "@/lib/engine/tensor";
import type { Precision } from "@/lib/inference/tasks";
import { median } from "./table";

export const ENGINE_PARTS = ["unet", "controlnet", "vae", "taesd", "lcm-picture"] as const;
export type EnginePart = (typeof ENGINE_PARTS)[number];

export interface PartTimes {
  readonly openMs: number;
  readonly medianMs: number;
  /** The file of its output, in float32. */
  readonly output: string;
}

/** Opens one part of the full-size model and calls it once to warm up and `runs` times to be timed. */
export async function measurePart(
  part: EnginePart,
  precision: Precision,
  folder: string,
  runs: number,
): Promise<PartTimes> {
  const began = performance.now();
  const call = await PARTS[part](folder, { kind: "cpu", precision });
  const openMs = performance.now() - began;
  let last = await call();
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    last = await call();
    times.push(performance.now() - start);
  }
  const output = path.join(folder, `${part}.${precision}.bin`);
  await writeFile(output, new Uint8Array(last.data.buffer));
  return { openMs, medianMs: median(times), output };
}

const latent = () => ramp([1, 4, 64, 64], 97);
const context = () => ramp([1, 77, 768], 89);

const PARTS: Readonly<
  Record<EnginePart, (folder: string, device: Device) => Promise<() => Promise<Tensor>>>
> = {
  async unet(folder, device) {
    const { unet: part } = await openCheckpoint(folder);
    const unet = await openUNet(part, device);
    return () => unet.predict(latent(), 601, { context: context() });
  },
  async controlnet(folder, device) {
    const net = await openControlNet(await openControlNetPart(path.join(folder, "controlnet")), device);
    const { shape, data } = ramp([1, 3, 512, 512], 83);
    const picture = tensor(
      shape,
      data.map((value) => value / 2.8 + 0.5),
    );
    return async () => {
      const residuals = await net.residuals(latent(), 601, { context: context() }, picture);
      return residuals.mid_residual!;
    };
  },
  vae: (folder, device) => decoder(path.join(folder, "vae"), device),
  taesd: (folder, device) => decoder(path.join(folder, "taesd"), device),
  async "lcm-picture"(folder, device) {
    const diffusion = await openDiffusion(folder, { device, vae: path.join(folder, "taesd") });
    return async () => {
      const [picture] = await diffusion.draw({
        ...{ prompt: "a lighthouse on a cliff, evening light", negativePrompt: "", guidance: 1 },
        ...{ width: 512, height: 512, steps: 4, sampler: "lcm", schedule: "normal", convention: "diffusers" },
        seeds: { seed: 1, count: 1 },
        generator: "torch-cpu",
      });
      return pictureToTensor(picture!, "unit");
    };
  },
};

async function decoder(folder: string, device: Device) {
  const part = await openVae(folder);
  const autoencoder = openAutoencoder(part, device);
  const scaling = part.kind === "kl" ? 0.18215 : 1;
  const { shape, data } = latent();
  // The reference is asked below the scaling.
  const latents = tensor(
    shape,
    data.map((value) => value * scaling),
  );
  return () => autoencoder.decode(latents);
}

/** The reference's inputs: sines over the index, alike on both sides. */
function ramp(shape: readonly number[], period: number): Tensor {
  const data = new Float32Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = Math.sin(i * 0.7 + ((i * i * 1e-3) % period)) * 1.4;
  return tensor(shape, data);
}
