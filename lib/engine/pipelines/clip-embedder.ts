import { type ClipFraming, clipPicture } from "../annotators/clip-picture";
import { type Normalization, normalizedPicture } from "../annotators/network-picture";
import { EngineError } from "../engine-error";
import type { Config } from "../layouts/checkpoint";
import { openClip } from "../layouts/open-clip";
import { readClipTextConfig, readClipVisionConfig } from "../models/clip-config";
import { clipText } from "../models/clip-text";
import { clipVision } from "../models/clip-vision";
import { type Json, number, numbers } from "../models/config-fields";
import type { Picture } from "../picture";
import { openStandardTokenizer, openTokenizer } from "../prompt/open-tokenizer";
import type { Tokenizer } from "../prompt/tokenizer";
import { type Device, openSession, type Session } from "../runtime/session";
import { type Tensor, tensor } from "../tensor";
import { emitNetwork } from "./emit-network";

/** Pictures and texts as vectors of one space, in which what belongs together is near. */
export interface ClipEmbedder {
  /** Length of every vector. */
  readonly dimensions: number;
  /** @returns unit vectors, one a text; what does not fit into the encoder's positions is cut off. */
  embedTexts(texts: readonly string[]): Promise<Float32Array[]>;
  /** @returns unit vectors, one a picture. */
  embedPictures(pictures: readonly Picture[]): Promise<Float32Array[]>;
  release(): Promise<void>;
}

/** Of OpenAI's CLIP, and of nearly everyone's since. */
const OPENAI: Normalization = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
};

/**
 * A CLIP with both towers, as `openClip` finds it.
 * @throws EngineError weights_unknown for a SigLIP; those of `openClip` and `openSession`.
 * @source arXiv:2103.00020 · @golden tests/unit/engine-clip-embedder.test.ts against transformers, cosine ≥ 0.99999
 */
export async function openClipEmbedder(source: string, device: Device): Promise<ClipEmbedder> {
  const { kind, config, weights, tokenizerFiles, preprocessor } = await openClip(source);
  if (kind !== "clip")
    throw new EngineError("weights_unknown", `${source} is a ${kind}, not a CLIP`, {
      file: source,
      seen: kind,
    });
  const text = readClipTextConfig(config);
  const vision = readClipVisionConfig(config);
  const tokenizer = await (tokenizerFiles ? openTokenizer(tokenizerFiles) : openStandardTokenizer("eos"));
  const framing = readFraming(preprocessor, vision.imageSize);
  const normalization = {
    mean: numbers(preprocessor ?? {}, "image_mean", OPENAI.mean),
    std: numbers(preprocessor ?? {}, "image_std", OPENAI.std),
  };
  const textModel = emitNetwork({ weights }, device, (s) => {
    const ids = s.graph.input("ids", "int64", ["batch", "tokens"]);
    const { pooled } = clipText(s, text, { ids }, { pooled: "text_embeds" });
    s.graph.output("embeds", pooled!, "float32", ["batch", text.projectionDim]);
  });
  const visionModel = emitNetwork({ weights }, device, (s) => {
    const side = vision.imageSize;
    const pixels = s.graph.input("pixels", "float32", ["batch", vision.channels, side, side]);
    s.graph.output("embeds", clipVision(s, vision, pixels), "float32", ["batch", vision.projectionDim]);
  });
  // Those who search need no pictures, and those who file need no texts.
  const texts = opensLate(() => openSession(textModel, device));
  const pictures = opensLate(() => openSession(visionModel, device));
  return {
    dimensions: vision.projectionDim,
    async embedTexts(given) {
      if (given.length === 0) return [];
      const session = await texts.session();
      const { embeds } = await session.run({ ids: idsOf(given, tokenizer, text.maxPositions) });
      return unitRows(embeds!);
    },
    async embedPictures(given) {
      if (given.length === 0) return [];
      const session = await pictures.session();
      const framed = given.map((each) => normalizedPicture(clipPicture(each, framing), normalization));
      const { embeds } = await session.run({ pixels: stack(framed) });
      return unitRows(embeds!);
    },
    async release() {
      await Promise.all([texts.release(), pictures.release()]);
    },
  };
}

/** As preprocessor_config.json says it: an object, or a number alone in early files. */
function readFraming(json: Config | null, otherwise: number): ClipFraming {
  const side = (value: unknown, keys: readonly string[]): number => {
    if (typeof value === "number") return value;
    for (const key of keys) {
      const found = number((value ?? {}) as Json, key, 0);
      if (found > 0) return found;
    }
    return otherwise;
  };
  return {
    shortestEdge: side(json?.size, ["shortest_edge", "height"]),
    crop: side(json?.crop_size, ["height"]),
  };
}

/** Start, tokens, end: a causal encoder pools the first end, whatever lies behind it. */
function idsOf(texts: readonly string[], { encode, bos, eos, pad }: Tokenizer, positions: number) {
  const rows = texts.map((text) => [bos, ...encode(text).slice(0, positions - 2), eos]);
  const longest = Math.max(...rows.map((row) => row.length));
  const data = new BigInt64Array(rows.length * longest).fill(BigInt(pad));
  for (const [i, row] of rows.entries()) data.set(BigInt64Array.from(row, BigInt), i * longest);
  return { shape: [rows.length, longest], data };
}

/** [1, …] each → [n, …] */
function stack(parts: readonly Tensor[]): Tensor {
  const size = parts[0]!.data.length;
  const data = new Float32Array(parts.length * size);
  for (const [i, part] of parts.entries()) data.set(part.data, i * size);
  return tensor([parts.length, ...parts[0]!.shape.slice(1)], data);
}

function unitRows({ shape, data }: Tensor): Float32Array[] {
  const [count = 0, width = 0] = shape;
  return Array.from({ length: count }, (_, i) => {
    const row = data.slice(i * width, (i + 1) * width);
    const length = Math.hypot(...row) || 1;
    return row.map((value) => value / length);
  });
}

function opensLate(open: () => Promise<Session>) {
  let opened: Promise<Session> | undefined;
  return {
    session(): Promise<Session> {
      opened ??= open();
      return opened;
    },
    async release() {
      const session = opened;
      opened = undefined;
      await (await session)?.release();
    },
  };
}
