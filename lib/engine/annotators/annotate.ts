import { EngineError } from "../engine-error";
import type { Picture } from "../picture";
import { type CannyOptions, canny } from "./canny";
import { type LineArtOptions, lineArt } from "./line-art";
import { luminance } from "./luminance";
import { type SoftEdgeOptions, softEdge } from "./soft-edge";
import { type TileOptions, tile } from "./tile";

/** The settings of each annotator; every one may be left out. */
export interface AnnotatorOptions {
  /** The picture is a hint already. */
  none: Record<never, never>;
  luminance: Record<never, never>;
  tile: TileOptions;
  canny: CannyOptions;
  "soft-edge": SoftEdgeOptions;
  "line-art": LineArtOptions;
}

export type AnnotatorName = keyof AnnotatorOptions;

type Annotators = { [N in AnnotatorName]: (source: Picture, options?: AnnotatorOptions[N]) => Picture };

const annotators: Annotators = {
  none: (source) => source,
  luminance,
  tile,
  canny,
  "soft-edge": softEdge,
  "line-art": lineArt,
};

/** In the order in which people should meet them. */
export const annotatorNames = Object.keys(annotators) as AnnotatorName[];

/** Annotators that are networks, which `pipelines` opens, and a model of each that is known to do. */
export const modelAnnotators = { depth: "Depth Anything V2 Small", pose: "ViTPose base simple" } as const;

export type ModelAnnotatorName = keyof typeof modelAnnotators;

export const isModelAnnotatorName = (name: string): name is ModelAnnotatorName =>
  Object.hasOwn(modelAnnotators, name);

/** What is wrong where such an annotator has no model; says what to install. */
export const annotatorMissing = (annotator: ModelAnnotatorName): EngineError =>
  new EngineError("annotator_missing", `the annotator ${annotator} needs a model, and none is installed`, {
    ...{ annotator, install: modelAnnotators[annotator] },
  });

export const isAnnotatorName = (name: string): name is AnnotatorName => Object.hasOwn(annotators, name);

/**
 * Makes the hint of a ControlNet out of a picture, of the same size; the picture is never written to.
 * @throws EngineError setting_invalid for a name that is unknown and for options out of range, annotator_missing for a
 *   network's name.
 */
export function annotate<N extends AnnotatorName>(
  name: N,
  source: Picture,
  options?: AnnotatorOptions[N],
): Picture {
  if (isModelAnnotatorName(name)) throw annotatorMissing(name);
  if (!isAnnotatorName(name))
    throw new EngineError("setting_invalid", `no annotator is called ${name}`, {
      annotator: name,
      known: annotatorNames.join(", "),
    });
  return annotators[name](source, options);
}
