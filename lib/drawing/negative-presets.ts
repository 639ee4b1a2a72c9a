/** What models are known to get wrong, as words that a negative prompt takes; English, which they were all taught. */
export const NEGATIVE_PRESETS = [
  { name: "hands", words: ["extra fingers", "deformed hands"] },
  { name: "faces", words: ["deformed face", "asymmetric eyes", "cropped head"] },
  { name: "text", words: ["text", "watermark", "signature"] },
  { name: "blurry", words: ["blurry", "low quality"] },
] as const satisfies readonly { name: string; words: readonly string[] }[];

export type NegativePreset = (typeof NEGATIVE_PRESETS)[number];
export type NegativePresetName = NegativePreset["name"];

/** Several presets as one negative prompt. */
export const presetWords = (...names: readonly NegativePresetName[]): string =>
  NEGATIVE_PRESETS.flatMap(({ name, words }) => (names.includes(name) ? words : [])).join(", ");

const SEPARATOR = /\s*[,，、]\s*/;
const termsOf = (prompt: string): string[] => prompt.split(SEPARATOR).filter((term) => term.trim() !== "");
const has = (terms: readonly string[], word: string): boolean =>
  terms.some((term) => term.trim().toLowerCase() === word);

/** Whether a negative prompt has all of a preset's words. */
export const hasPreset = (prompt: string, { words }: NegativePreset): boolean =>
  words.every((word) => has(termsOf(prompt), word));

/** The negative prompt with a preset where it had not all of it, else without; other words stay as they are. */
export function togglePreset(prompt: string, preset: NegativePreset): string {
  const terms = termsOf(prompt);
  const { words }: { readonly words: readonly string[] } = preset;
  if (!hasPreset(prompt, preset))
    return [prompt.replace(/[\s,，、]+$/, ""), ...words.filter((word) => !has(terms, word))]
      .filter((part) => part !== "")
      .join(", ");
  return terms.filter((term) => !words.includes(term.trim().toLowerCase())).join(", ");
}
