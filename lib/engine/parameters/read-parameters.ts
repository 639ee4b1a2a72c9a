import {
  type GenerationParameters,
  KEY,
  LABELS,
  type Label,
  type LoraHash,
  NEGATIVE,
} from "./generation-parameters";

type Draft = { -readonly [K in keyof GenerationParameters]: GenerationParameters[K] };

/** One `key: value` of the settings' line; the value is JSON in quotes, or runs to the next comma. */
const SETTING = /\s*([\p{L}\p{N}_][\p{L}\p{N}_ \-/]*):\s*("(?:\\.|[^\\"])*"\s*(?=,|$)|[^,]*)(?:,|$)/uy;
/** What is no `key: value`: a key alone, or noise, to the next comma. */
const ALONE = /([^,]*)(?:,|$)/uy;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Schedules that older versions wrote into the sampler's name. */
const SAMPLER_WITH_SCHEDULE = /^(.+) (Karras|Exponential)$/;
/** Fewer settings than this, and the last line is prompt. */
const FEWEST = 3;

function unquote(value: string): string {
  if (!value.startsWith('"') || !value.endsWith('"')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "string" ? parsed : value;
  } catch {
    return value;
  }
}

/** The settings of a line in their order; a key without a value has its name for one. */
function readSettings(line: string): { pairs: [string, string][]; withValue: number } {
  const pairs: [string, string][] = [];
  let withValue = 0;
  for (let at = 0; at < line.length; ) {
    SETTING.lastIndex = at;
    const setting = SETTING.exec(line);
    ALONE.lastIndex = at;
    const alone = setting === null ? ALONE.exec(line) : null;
    at = setting === null ? ALONE.lastIndex : SETTING.lastIndex;
    const key = (setting?.[1] ?? alone?.[1] ?? "").trim();
    if (!KEY.test(key)) continue;
    pairs.push([key, setting === null ? key : unquote(setting[2]!.trim())]);
    if (setting !== null) withValue += 1;
  }
  return { pairs, withValue };
}

function readLoraHashes(value: string): LoraHash[] | null {
  if (value === "") return [];
  const hashes = value.split(",").map((entry) => {
    const at = entry.indexOf(":");
    return at < 0 ? null : { name: entry.slice(0, at).trim(), hash: entry.slice(at + 1).trim() };
  });
  return hashes.every((hash) => hash !== null) ? hashes : null;
}

/** Puts a setting where it belongs; false where its value is not what its name promises. */
function set(draft: Draft, label: Label, value: string): boolean {
  switch (label.kind) {
    case "text":
      draft[label.field] = value;
      return true;
    case "number": {
      const number = NUMBER.test(value) ? Number(value) : Number.NaN;
      // A seed that a double can't hold stays text.
      if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return false;
      draft[label.field] = number;
      return true;
    }
    case "size": {
      const size = /^(\d{1,6})x(\d{1,6})$/.exec(value);
      if (size === null) return false;
      draft.width = Number(size[1]);
      draft.height = Number(size[2]);
      return true;
    }
    case "loraHashes": {
      const hashes = readLoraHashes(value);
      if (hashes === null) return false;
      draft.loraHashes = hashes;
      return true;
    }
  }
}

/** Prompt and negative prompt, as they stood. */
function splitPrompts(lines: readonly string[]): { prompt: string; negativePrompt: string } {
  const at = lines.findIndex((line) => line.startsWith(NEGATIVE));
  if (at < 0) return { prompt: lines.join("\n"), negativePrompt: "" };
  const negative = [lines[at]!.slice(NEGATIVE.length).replace(/^ /, ""), ...lines.slice(at + 1)];
  return { prompt: lines.slice(0, at).join("\n"), negativePrompt: negative.join("\n") };
}

/**
 * Reads A1111's text. Never throws: text that holds no settings is a prompt.
 * Settings that are unknown, or are not what their name promises, are kept in `others`.
 * Of a setting that stands twice, the last counts.
 * @source https://github.com/AUTOMATIC1111/stable-diffusion-webui (parse_generation_parameters)
 */
export function readParameters(text: string): GenerationParameters {
  const whole = text.replaceAll("\r\n", "\n");
  const lines = whole.trimEnd().split("\n");
  const { pairs, withValue } = readSettings(lines.at(-1)!);
  if (withValue < FEWEST) return { ...splitPrompts(whole.split("\n")), others: [] };

  const others: [string, string][] = [];
  const draft: Draft = { ...splitPrompts(lines.slice(0, -1)), others };
  for (const [key, value] of pairs) {
    const label = LABELS.get(key);
    if (label === undefined || !set(draft, label, value)) others.push([key, value]);
  }
  const old = draft.scheduleType === undefined ? SAMPLER_WITH_SCHEDULE.exec(draft.sampler ?? "") : null;
  return old === null ? draft : { ...draft, sampler: old[1]!, scheduleType: old[2]! };
}
