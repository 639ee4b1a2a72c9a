import { EngineError } from "../engine-error";

// What the parts of a tokenizer.json have in common: JSON of unknown making, read with care.

export type Json = Readonly<Record<string, unknown>>;

/** @throws EngineError tokenizer_damaged, always. */
export function damaged(message: string): never {
  throw new EngineError("tokenizer_damaged", `The tokenizer can't be used: ${message}`);
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws EngineError tokenizer_damaged */
export const objectAt = (value: unknown, what: string): Json =>
  isObject(value) ? value : damaged(`${what} is no object`);

/** @throws EngineError tokenizer_damaged */
export const arrayAt = (value: unknown, what: string): readonly unknown[] =>
  Array.isArray(value) ? value : damaged(`${what} is no list`);

/** @throws EngineError tokenizer_damaged */
export const stringAt = (value: unknown, what: string): string =>
  typeof value === "string" ? value : damaged(`${what} is no text`);

/** @throws EngineError tokenizer_damaged */
export const idAt = (value: unknown, what: string): number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 24
    ? value
    : damaged(`${what} is no token id`);

/** The source of an expression that finds a text literally. */
export const literalPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/**
 * A pattern of a tokenizer.json as a global JavaScript expression that knows Unicode.
 * `\s` is Unicode's White_Space there (with U+0085, without U+FEFF), which JavaScript's is not.
 * @throws EngineError tokenizer_damaged where the pattern says what JavaScript can't.
 */
export function patternFrom(pattern: unknown, flags = "gu"): RegExp {
  const { Regex: regex, String: literal } = objectAt(pattern, "a pattern");
  if (typeof literal === "string") return new RegExp(literalPattern(literal), flags);
  const source = stringAt(regex, "a pattern");
  const translated = source.replace(/\\[\s\S]/g, (token) => {
    if (token === "\\s") return "\\p{White_Space}";
    if (token === "\\S") return "\\P{White_Space}";
    return token;
  });
  try {
    return new RegExp(translated, flags);
  } catch {
    return damaged(`the pattern ${source} is not understood`);
  }
}
