import { EngineError } from "../engine-error";
import { type GenerationParameters, KEY, LABELS, type Label, NEGATIVE } from "./generation-parameters";

/** What is written always says this much, so that its last line is known for settings. */
export type WritableParameters = GenerationParameters &
  Required<Pick<GenerationParameters, "steps" | "sampler" | "cfgScale" | "seed" | "width" | "height">>;

/**
 * As A1111: JSON where a value has a comma, a colon or a new line. Also where the reader would take it for less
 * than it is: quotes in front, space at an end, control characters, nothing at all.
 */
function quote(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  return value === "" || /[,:\u0000-\u001f]|^"|^\s|\s$/u.test(value) ? JSON.stringify(value) : value;
}

function settingOf(parameters: GenerationParameters, label: Label): string | undefined {
  switch (label.kind) {
    case "number":
      return parameters[label.field]?.toString();
    case "text":
      return parameters[label.field];
    case "size":
      return parameters.width === undefined ? undefined : `${parameters.width}x${parameters.height}`;
    case "loraHashes":
      return parameters.loraHashes
        ?.map(({ name, hash }) => `${name.replace(/[,:]/g, "")}: ${hash}`)
        .join(", ");
  }
}

/**
 * Generation parameters as A1111's text: the prompt, `Negative prompt: …`, one line of settings.
 * @throws EngineError setting_invalid for a name in `others` that could not be read again.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui (create_infotext)
 */
export function writeParameters(parameters: WritableParameters): string {
  const settings: string[] = [];
  const version: string[] = [];
  for (const [name, label] of LABELS) {
    const value = settingOf(parameters, label);
    if (value === undefined) continue;
    // The version is the last, behind what others added.
    (name === "Version" ? version : settings).push(`${name}: ${quote(value)}`);
  }
  const others = parameters.others.map(([key, value]) => {
    if (!KEY.test(key))
      throw new EngineError("setting_invalid", `A setting can't be named ${JSON.stringify(key)}`, {
        got: key,
      });
    return key === value ? key : `${key}: ${quote(value)}`;
  });
  const lines = [[...settings, ...others, ...version].join(", ")];
  if (parameters.negativePrompt !== "") lines.unshift(`${NEGATIVE} ${parameters.negativePrompt}`);
  if (parameters.prompt !== "") lines.unshift(parameters.prompt);
  return lines.join("\n");
}
