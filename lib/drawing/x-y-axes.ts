import { between, type DrawingSettings, readSetting, refuseSetting } from "./drawing-settings";
import { withLora } from "./prompt-loras";

/** One direction of a sheet: `cfg=4,7,10`, `lora:NAME=0.2,0.6`, or `prompt=cat,dog`, whose first word is the one replaced. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

/** The first goes to the right, the second down. */
export type Axes = readonly [Axis] | readonly [Axis, Axis];

export interface Cell<T = DrawingSettings> {
  readonly column: number;
  readonly row: number;
  readonly settings: T;
}

const SETTINGS = [
  ...(["strength", "cfg", "cfg-end", "steps", "sampler", "schedule"] as const),
  ...(["seed", "clip-skip", "precision"] as const),
];
const EXPECTED = `${[...SETTINGS, "lora:NAME", "prompt"].join(", ")}: cfg=4,7;steps=10,20`;

const MOST_CELLS = 256;
const MOST_LORA_WEIGHT = 10;

/** A value as it stands, or in double quotes, where `"` is `""` as in CSV. */
const VALUE = /\s*(?:"((?:[^"]|"")*)"\s*|([^",;]*))/y;

/**
 * Axes as they are written on the command line: one or two, separated by a semicolon.
 * @throws AppError setting_invalid for what can't be read, unknown names, and one name twice.
 */
export function parseAxes(text: string): Axes {
  const refuse = (): never => refuseSetting("xy", text, EXPECTED);
  const axes: Axis[] = [];
  for (let at = 0; at <= text.length; ) {
    const equals = text.indexOf("=", at);
    if (equals < 0) return text.slice(at).trim() === "" && axes.length > 0 ? checked(axes, refuse) : refuse();
    const values: string[] = [];
    const name = text.slice(at, equals).trim();
    for (at = equals; text[at] === (values.length === 0 ? "=" : ","); ) {
      VALUE.lastIndex = at + 1;
      const [, quoted, plain = ""] = VALUE.exec(text)!;
      values.push(quoted?.replaceAll('""', '"') ?? plain.trim());
      at = VALUE.lastIndex;
    }
    if (at < text.length && text[at] !== ";") return refuse();
    at++;
    axes.push({ name, values });
  }
  return checked(axes, refuse);
}

function checked(axes: readonly Axis[], refuse: () => never): Axes {
  const [first, second, ...more] = axes;
  if (!first || more.length > 0 || !axes.every(isAxis)) return refuse();
  // Two searches in a prompt go together; any other setting has one value at a time.
  if (first.name === second?.name && first.name !== "prompt") return refuse();
  if (first.values.length * (second?.values.length ?? 1) > MOST_CELLS)
    return refuseSetting("xy", axes.map(({ values }) => values.length).join(" × "), `≤ ${MOST_CELLS}`);
  return second ? [first, second] : [first];
}

const isAxis = ({ name, values }: Axis): boolean =>
  (name === "prompt" || isSetting(name) || /^lora:[^<>:]+$/.test(name)) &&
  values.every((value) => value !== "");

const isSetting = (name: string): name is (typeof SETTINGS)[number] =>
  SETTINGS.some((setting) => setting === name);

/** What `parseAxes` reads again. */
export const formatAxes = (axes: readonly Axis[]): string =>
  axes.map(({ name, values }) => `${name}=${formatValues(values)}`).join(";");

export const formatValues = (values: readonly string[]): string =>
  values.map((value) => (/[",;]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(",");

/**
 * Every cell's settings, row by row; all are read before any is drawn.
 * @throws AppError setting_invalid as `readSetting`, and for a prompt that lacks the word to replace.
 */
export const cellsOf = (axes: Axes, base: DrawingSettings): Cell[] => crossAxes(axes, base, vary);

/**
 * What each cell is drawn with, row by row.
 * @param vary the settings with one of them as an axis has it, by its place among the axis's values.
 */
export function crossAxes<A extends { readonly values: readonly unknown[] }, T>(
  [across, down]: readonly [A] | readonly [A, A],
  base: T,
  vary: (settings: T, axis: A, i: number) => T,
): Cell<T>[] {
  const cells: Cell<T>[] = [];
  for (let row = 0; row < (down?.values.length ?? 1); row++)
    for (let column = 0; column < across.values.length; column++) {
      const settings = vary(base, across, column);
      cells.push({ column, row, settings: down ? vary(settings, down, row) : settings });
    }
  return cells;
}

function vary(settings: DrawingSettings, { name, values }: Axis, i: number): DrawingSettings {
  const value = values[i]!;
  if (isSetting(name)) return readSetting[name](settings, value);
  if (name === "prompt") return replaceWord(settings, values[0]!, value);
  between(name, value, -MOST_LORA_WEIGHT, MOST_LORA_WEIGHT);
  return { ...settings, prompt: withLora(settings.prompt, name.slice("lora:".length), value) };
}

/**
 * A1111's "Prompt S/R".
 * @throws AppError setting_invalid where neither prompt has the word.
 */
export function replaceWord<T extends Pick<DrawingSettings, "prompt" | "negativePrompt">>(
  settings: T,
  word: string,
  by: string,
): T {
  const { prompt, negativePrompt } = settings;
  if (!prompt.includes(word) && !negativePrompt.includes(word))
    return refuseSetting("xy", `prompt=${word}`, prompt);
  return {
    ...settings,
    prompt: prompt.replaceAll(word, by),
    negativePrompt: negativePrompt.replaceAll(word, by),
  };
}
