import { parseNetworks } from "@/lib/engine/prompt/parse-networks";
import type { GenerateInput, LoraInput } from "@/lib/inference/tasks";
import { type DrawingSettings, scheduleOf } from "./drawing-settings";

/** What a drawing is made with besides its settings. */
export type GenerateFiles = Pick<
  GenerateInput,
  "model" | "prediction" | "vae" | "preview" | "embeddings" | "controls" | "mask"
> & { readonly init?: NonNullable<GenerateInput["init"]>["picture"] };

/**
 * Settings and files as the engine takes them: networks out of the prompt, the schedule decided.
 * @param findLora the file of a LoRA that the prompt names. @throws AppError setting_invalid · EngineError prompt_invalid
 */
export async function planGeneration(
  settings: DrawingSettings,
  { init, ...files }: GenerateFiles,
  findLora: (name: string) => Promise<string>,
): Promise<Omit<GenerateInput, "count">> {
  const { clipSkip, variation, strength, prompt, hires: _second, ...rest } = settings;
  const { text, networks } = parseNetworks(prompt);
  const loras: LoraInput[] = [];
  for (const { name, unetWeight, textEncoderWeight } of networks)
    loras.push({ path: await findLora(name), unetWeight, textEncoderWeight });
  return {
    ...rest,
    ...files,
    schedule: scheduleOf(settings),
    prompt: text,
    clipSkip: clipSkip - 1,
    ...(loras.length > 0 && { loras }),
    ...(variation && { variation }),
    ...(init && { init: { picture: init, strength } }),
  };
}
