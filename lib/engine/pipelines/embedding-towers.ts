import { clipPicture } from "../annotators/clip-picture";
import type { Normalization } from "../annotators/network-picture";
import { resampleAntialiased } from "../annotators/resample-antialiased";
import type { ClipPart, Config } from "../layouts/checkpoint";
import { readClipFraming } from "../layouts/clip-framing";
import { readClipTextConfig, readClipVisionConfig } from "../models/clip-config";
import { clipText } from "../models/clip-text";
import { clipVision } from "../models/clip-vision";
import { numbers } from "../models/config-fields";
import { siglipText, siglipVision } from "../models/siglip";
import { readSiglipTextConfig, readSiglipVisionConfig } from "../models/siglip-config";
import type { Scope } from "../nn/scope";
import type { Value } from "../onnx/graph";
import type { Picture } from "../picture";
import { lowerCase } from "../prompt/normalize-text";
import type { Tokenizer } from "../prompt/tokenizer";

/** What tells one family of text and vision encoders from another. */
export interface EmbeddingTowers {
  /** Of the vectors. */
  readonly dimensions: number;
  /** ids int64 [B, T] → [B, dimensions]. */
  emitText(scope: Scope, ids: Value): Value;
  /** Pixels [B, channels, side, side] → [B, dimensions]. */
  emitVision(scope: Scope, pixels: Value): Value;
  readonly channels: number;
  /** Pixels of the square that pictures are brought to. */
  readonly side: number;
  readonly normalization: Normalization;
  frame(picture: Picture): Picture;
  /** A text's ids with their marks; rows of different lengths are padded to the longest. */
  idsOf(text: string, tokenizer: Tokenizer): number[];
}

/** Of OpenAI's CLIP, and of nearly everyone's since. */
const OPENAI: Normalization = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
};
/** [0, 255] → [−1, 1]. */
const SIGNED: Normalization = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };

/** CLIP: the middle of a picture; a text's vector is that of its first end mark, whatever lies behind it. */
export function clipTowers({ config, preprocessor }: ClipPart): EmbeddingTowers {
  const text = readClipTextConfig(config);
  const vision = readClipVisionConfig(config);
  const framing = readClipFraming(preprocessor, vision.imageSize);
  return {
    dimensions: vision.projectionDim,
    emitText: (s, ids) => clipText(s, text, { ids }, { pooled: "text_embeds" }).pooled!,
    emitVision: (s, pixels) => clipVision(s, vision, pixels),
    channels: vision.channels,
    side: vision.imageSize,
    normalization: readNormalization(preprocessor, OPENAI),
    frame: (picture) => clipPicture(picture, framing),
    idsOf: (given, { encode, bos, eos }) => [bos, ...encode(given).slice(0, text.maxPositions - 2), eos],
  };
}

/**
 * SigLIP, and SigLIP 2 at a fixed size: the whole picture, whatever its proportions; lower case, filled up to the length
 * that it was trained with, whose last position is pooled.
 * @source transformers models/siglip2/tokenization_siglip2.py, models/siglip/image_processing_siglip.py
 */
export function siglipTowers({ config, preprocessor }: ClipPart): EmbeddingTowers {
  const text = readSiglipTextConfig(config);
  const vision = readSiglipVisionConfig(config);
  const side = vision.imageSize;
  const kernel = preprocessor?.resample === PIL_BILINEAR ? "bilinear" : "bicubic";
  return {
    dimensions: text.projectionSize,
    emitText: (s, ids) => siglipText(s, text, ids),
    emitVision: (s, pixels) => siglipVision(s, vision, pixels),
    channels: vision.channels,
    side,
    normalization: readNormalization(preprocessor, SIGNED),
    frame: (picture) => resampleAntialiased(picture, side, side, { kernel }),
    idsOf(given, { encode, eos, pad }) {
      const ids = [...encode(lowerCase(given)).slice(0, text.maxPositions - 1), eos];
      return [...ids, ...new Array<number>(text.maxPositions - ids.length).fill(pad)];
    },
  };
}

/** PIL.Image.Resampling.BILINEAR, as preprocessor_config.json has it. */
const PIL_BILINEAR = 2;

const readNormalization = (json: Config | null, otherwise: Normalization): Normalization => ({
  mean: numbers(json ?? {}, "image_mean", otherwise.mean),
  std: numbers(json ?? {}, "image_std", otherwise.std),
});
