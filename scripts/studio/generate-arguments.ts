import path from "node:path";
import { between, refuseSetting } from "@/lib/drawing/drawing-settings";
import {
  type AnnotatorName,
  annotatorNames,
  isAnnotatorName,
  isModelAnnotatorName,
  type ModelAnnotatorName,
  modelAnnotators,
} from "@/lib/engine/annotators/annotate";
import { UsageError } from "./usage-error";

// Arguments with parts of their own: --control, --lora, --embedding.

export interface ControlArgument {
  readonly annotator: AnnotatorName | ModelAnnotatorName;
  /** Path or name, as everywhere. */
  readonly model: string;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
  readonly guess: boolean;
  readonly picture: string;
}

const NUMBER = String.raw`\d*\.?\d+`;
const CONTROL = new RegExp(
  `^([^:=]+):([^=]+?)(?::(${NUMBER}))?(?::(${NUMBER})-(${NUMBER}))?(:guess)?=(.+)$`,
  "s",
);
const MOST_WEIGHT = 10;
const ALL_ANNOTATORS = [...annotatorNames, ...Object.keys(modelAnnotators)];

/**
 * `canny:MODEL:0.8:0-1:guess=photo.jpg`: annotator and model, weight (1), part of the steps (all), guess mode, and the
 * picture behind the first `=`.
 * @throws UsageError · AppError setting_invalid for an annotator that is unknown and for numbers out of range.
 */
export function parseControl(text: string): ControlArgument {
  const match = CONTROL.exec(text);
  if (!match) throw new UsageError("controlForm", text);
  const [, annotator = "", model = "", weight = "1", from = "0", to = "1", guess, picture = ""] = match;
  if (!isAnnotatorName(annotator) && !isModelAnnotatorName(annotator))
    return refuseSetting("control", annotator, ALL_ANNOTATORS.join(", "));
  const control = {
    ...{ annotator, model, picture, guess: guess !== undefined },
    weight: between("control", weight, 0, MOST_WEIGHT),
    from: between("control", from, 0, 1),
    to: between("control", to, 0, 1),
  };
  return control.from < control.to ? control : refuseSetting("control", `${from}-${to}`, "0-1");
}

/** A file under the name that prompts call it by. */
export interface NamedFile {
  readonly name: string;
  /** Path or name. */
  readonly file: string;
}

const SIGNED = `[+-]?${NUMBER}`;
const LORA = new RegExp(`^(.+?)((?::${SIGNED}){0,2})$`, "s");

/** `NAME_OR_PATH[:WEIGHT]`, or two weights, for the text encoder and the UNet. @throws UsageError */
export function parseLora(text: string): NamedFile & { readonly weights: string } {
  const [, file = "", weights = ""] = LORA.exec(text) ?? [];
  const name = nameOfFile(file);
  if (name === "") throw new UsageError("loraForm", text);
  return { name, file, weights: weights === "" ? "1" : weights.slice(1) };
}

/** `NAME=PATH`, or a name or path alone. @throws UsageError */
export function parseEmbedding(text: string): NamedFile {
  const at = text.indexOf("=");
  const file = at < 0 ? text : text.slice(at + 1);
  const name = at < 0 ? nameOfFile(text) : text.slice(0, at);
  if (name === "" || file === "") throw new UsageError("embeddingForm", text);
  return { name, file };
}

/** A file's name without folder and ending; what would end a tag in a prompt becomes `_`. */
export function nameOfFile(file: string): string {
  const base = path.basename(file);
  return base.replace(/\.(safetensors|ckpt|pt|pth|bin)$/i, "").replace(/[<>:]/g, "_");
}
