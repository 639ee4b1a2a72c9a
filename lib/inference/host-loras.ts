import type { Checkpoint } from "../engine/layouts/checkpoint";
import { parseLora } from "../engine/lora/parse-lora";
import { openSafetensors } from "../engine/safetensors/open-safetensors";
import type { GenerateOutput, LoraInput } from "./tasks";

export type LoraLeftover = GenerateOutput["loraLeftovers"][number];

/**
 * What of the LoRAs means nothing in a model; told by names and shapes, before the model is opened.
 * @throws EngineError as parseLora.
 */
export async function checkLoras(
  { unet, textEncoder, textEncoder2 }: Checkpoint,
  loras: readonly LoraInput[],
): Promise<LoraLeftover[]> {
  const targets = {
    unet: unet.weights,
    textEncoder: textEncoder?.weights ?? null,
    textEncoder2: textEncoder2?.weights ?? null,
  };
  const leftovers: LoraLeftover[] = [];
  for (const { path } of loras) {
    const { unmatched } = await parseLora(await openSafetensors(path), targets);
    if (unmatched.length > 0) leftovers.push({ path, keys: unmatched.length });
  }
  return leftovers;
}
