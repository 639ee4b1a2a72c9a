import { EngineError } from "../engine-error";

/** A config.json, or an object inside one. */
export type Json = Readonly<Record<string, unknown>>;

export const number = (json: Json, key: string, otherwise: number): number =>
  (json[key] as number | null | undefined) ?? otherwise;

export const numbers = (json: Json, key: string, otherwise: readonly number[]): readonly number[] =>
  (json[key] as readonly number[] | null | undefined) ?? otherwise;

export const text = (json: Json, key: string, otherwise: string): string =>
  (json[key] as string | null | undefined) ?? otherwise;

export const flag = (json: Json, key: string, otherwise: boolean): boolean =>
  (json[key] as boolean | null | undefined) ?? otherwise;

/** @throws EngineError weights_unknown, naming the field, where its value is given and is none of `allowed`. */
export function refuse(model: string, json: Json, key: string, allowed: readonly unknown[]): void {
  if (!(key in json) || allowed.includes(json[key])) return;
  const got = JSON.stringify(json[key]);
  throw new EngineError("weights_unknown", `${model} with ${key} ${got} is not supported`, {
    layer: key,
    got,
  });
}
