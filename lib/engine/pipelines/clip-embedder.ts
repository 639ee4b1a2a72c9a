import { normalizedPicture } from "../annotators/network-picture";
import { openClip } from "../layouts/open-clip";
import type { Picture } from "../picture";
import { openStandardTokenizer, openTokenizer } from "../prompt/open-tokenizer";
import { type Device, openSession, type Session } from "../runtime/session";
import { type Tensor, tensor } from "../tensor";
import { clipTowers, siglipTowers } from "./embedding-towers";
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

/**
 * A CLIP or SigLIP with both towers, as `openClip` finds it.
 * @throws EngineError those of `openClip`, `openTokenizer` and `openSession`.
 * @source arXiv:2103.00020, arXiv:2303.15343 · @golden tests/golden/clip-embedder, cosine ≥ 0.99999
 */
export async function openClipEmbedder(source: string, device: Device): Promise<ClipEmbedder> {
  const part = await openClip(source);
  const { weights, tokenizerFiles } = part;
  const towers = part.kind === "clip" ? clipTowers(part) : siglipTowers(part);
  const { dimensions, channels, side } = towers;
  const tokenizer = await (tokenizerFiles ? openTokenizer(tokenizerFiles) : openStandardTokenizer("eos"));
  const textModel = emitNetwork({ weights }, device, (s) => {
    const ids = s.graph.input("ids", "int64", ["batch", "tokens"]);
    s.graph.output("embeds", towers.emitText(s, ids), "float32", ["batch", dimensions]);
  });
  const visionModel = emitNetwork({ weights }, device, (s) => {
    const pixels = s.graph.input("pixels", "float32", ["batch", channels, side, side]);
    s.graph.output("embeds", towers.emitVision(s, pixels), "float32", ["batch", dimensions]);
  });
  // Those who search need no pictures, and those who file need no texts.
  const texts = opensLate(() => openSession(textModel, device));
  const pictures = opensLate(() => openSession(visionModel, device));
  return {
    dimensions,
    async embedTexts(given) {
      if (given.length === 0) return [];
      const session = await texts.session();
      const rows = given.map((text) => towers.idsOf(text, tokenizer));
      const { embeds } = await session.run({ ids: padded(rows, tokenizer.pad) });
      return unitRows(embeds!);
    },
    async embedPictures(given) {
      if (given.length === 0) return [];
      const session = await pictures.session();
      const framed = given.map((each) => normalizedPicture(towers.frame(each), towers.normalization));
      const { embeds } = await session.run({ pixels: stack(framed) });
      return unitRows(embeds!);
    },
    async release() {
      await Promise.all([texts.release(), pictures.release()]);
    },
  };
}

function padded(rows: readonly (readonly number[])[], pad: number) {
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
