import type { Checkpoint } from "../engine/layouts/checkpoint";
import { openCheckpoint } from "../engine/layouts/open-checkpoint";
import { openControlNet } from "../engine/layouts/open-controlnet";
import { openVae } from "../engine/layouts/open-vae";
import { type Diffusion, openDiffusion } from "../engine/pipelines/diffusion";
import type { Weights } from "../engine/safetensors/stored-tensor";
import { readEmbeddings } from "./host-embeddings";
import { checkLoras, type LoraLeftover } from "./host-loras";
import { measureWeights } from "./host-measure";
import type { ModelType, OpenedModel } from "./host-models";
import type { GenerateInput } from "./tasks";

export type DiffusionSpec = Pick<
  GenerateInput,
  "model" | "prediction" | "vae" | "preview" | "loras" | "embeddings" | "precision"
> & {
  /** ControlNets by path, each once. */
  readonly controlNets: readonly string[];
};

export interface OpenedDiffusion extends OpenedModel {
  readonly diffusion: Diffusion;
  readonly leftovers: readonly LoraLeftover[];
}

/** Stable Diffusion with its networks. */
export const diffusionType: ModelType<DiffusionSpec, OpenedDiffusion> = {
  name: "diffusion",
  async measure(spec) {
    const { model, prediction, loras = [], vae, preview, precision, controlNets } = spec;
    const checkpoint = await openCheckpoint(model);
    const adapters = [...loras, ...(spec.embeddings ?? [])].map(({ path }) => path);
    const { encoders, networks } = await partsOf(checkpoint, spec);
    const rounded = new Set(precision === "int8" ? networks : []);
    const measured = await measureWeights([...encoders, ...networks], adapters, rounded);
    const leftovers = await checkLoras(checkpoint, loras);
    const embeddings = await readEmbeddings(checkpoint, spec.embeddings ?? []);
    return {
      ...measured,
      async open(bare) {
        const device = { ...bare, ...(precision && { precision }) };
        const diffusion = await openDiffusion(model, {
          ...{ device, prediction, loras, ...embeddings, vae, preview, controlNets },
        });
        return { diffusion, leftovers, release: diffusion.release };
      },
    };
  },
};

/** Text encoders, which stay as they are, and what precision is about. @throws EngineError as the layouts' readers. */
async function partsOf(
  checkpoint: Checkpoint,
  { vae, preview, controlNets }: DiffusionSpec,
): Promise<{ encoders: Weights[]; networks: Weights[] }> {
  const { unet, textEncoder, textEncoder2 } = checkpoint;
  const networks = [unet, vae === undefined ? checkpoint.vae : await openVae(vae)];
  if (preview !== undefined) networks.push(await openVae(preview));
  for (const path of controlNets) networks.push(await openControlNet(path));
  const weightsOf = (parts: readonly ({ readonly weights: Weights } | null | undefined)[]) =>
    parts.flatMap((part) => (part ? [part.weights] : []));
  return { encoders: weightsOf([textEncoder, textEncoder2]), networks: weightsOf(networks) };
}
