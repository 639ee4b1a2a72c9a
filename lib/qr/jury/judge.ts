import type { Gray } from "../raster";
import { DECODERS, type DecoderName } from "./decoder-names";
import type { Decoder } from "./decoders";
import { SCENES, type Scene } from "./scenes";

/** One reader in one scene. */
export interface CellName {
  readonly decoder: DecoderName;
  readonly scene: string;
}

/** What came of it. `read` is true only for the exact text; `unusedEcc` is null where nothing was read or told. */
export interface Cell extends CellName {
  readonly read: boolean;
  /** 0 … 1. */
  readonly unusedEcc: number | null;
}

export interface Verdict {
  readonly cells: readonly Cell[];
  /** Over the cells that were judged. */
  readonly byDecoder: Readonly<Record<DecoderName, { read: number; of: number }>>;
  /** The least share of error correction left over among the cells that were read; null where none told. */
  readonly leastUnusedEcc: number | null;
  /** 0 … 100, see `scoreOf`. */
  readonly score: number;
}

export interface JudgeOptions {
  readonly scenes?: readonly Pick<Scene, "name" | "apply">[];
  /** Judge only these cells (see `cellsForLevel`); all by default. */
  readonly cells?: readonly CellName[];
  readonly signal?: AbortSignal;
  /** Asked after every cell; true ends the sitting with the cells so far. */
  readonly stop?: (cellsSoFar: readonly Cell[]) => boolean;
}

/**
 * Lets every reader look at the picture in every scene, scene by scene, and counts exact readings.
 * @param image quiet zone included, nominally 1024 px a side (see `SCENES`).
 * @throws the signal's reason, between two scenes or readers.
 */
export async function judge(
  image: Gray,
  text: string,
  decoders: readonly Decoder[],
  options: JudgeOptions = {},
): Promise<Verdict> {
  const { scenes = SCENES, signal, stop } = options;
  const wanted = options.cells && new Set(options.cells.map(keyOf));
  const cells: Cell[] = [];
  for (const scene of scenes) {
    const sitting = decoders.filter(
      ({ name }) => wanted?.has(keyOf({ decoder: name, scene: scene.name })) ?? true,
    );
    if (sitting.length === 0) continue;
    // The readers work synchronously: let timers, messages and with them the signal through now and then.
    await new Promise((resolve) => setTimeout(resolve));
    const seen = scene.apply(image);
    for (const decoder of sitting) {
      signal?.throwIfAborted();
      const reading = await decoder.read(seen);
      const read = reading?.text === text;
      cells.push({
        decoder: decoder.name,
        scene: scene.name,
        read,
        unusedEcc: read ? reading.unusedEcc : null,
      });
      if (stop?.(cells)) return verdictOf(cells);
    }
  }
  return verdictOf(cells);
}

/** "decoder:scene". */
export const keyOf = ({ decoder, scene }: CellName) => `${decoder}:${scene}`;

/** Counts and scores a set of cells. */
export function verdictOf(cells: readonly Cell[]): Verdict {
  const byDecoder = Object.fromEntries(
    DECODERS.map((name) => [name, { read: 0, of: 0 }]),
  ) as Verdict["byDecoder"];
  let least: number | null = null;
  for (const { decoder, read, unusedEcc } of cells) {
    byDecoder[decoder].of++;
    if (read) byDecoder[decoder].read++;
    if (unusedEcc !== null && (least === null || unusedEcc < least)) least = unusedEcc;
  }
  return { cells, byDecoder, leastUnusedEcc: least, score: scoreOf(cells) };
}

/** How common a reader's kind is on phones and in apps. */
const DECODER_WEIGHT: Record<DecoderName, number> = {
  "zxing-local": 0.35,
  "zxing-histogram": 0.2,
  zbar: 0.2,
  jsqr: 0.25,
};
/** The picture as it is counts most, what few people do to a code least; every other scene 1. */
const SCENE_WEIGHT: Readonly<Record<string, number>> = {
  original: 3,
  "blur-2": 0.5,
  "scale-25": 0.5,
  "tilt-45": 0.5,
};
/** ISO 15415's grade A for unused error correction. */
const GRADE_A = 0.62;

/**
 * The weighted share of the judged cells that were read, of 100. Where a reader tells its unused error
 * correction, a quarter of the cell's worth depends on it, evenly up to ISO grade A (0.62). A plain code that is
 * read everywhere has 100.
 */
export function scoreOf(cells: readonly Cell[]): number {
  let score = 0;
  let total = 0;
  for (const { decoder, scene, read, unusedEcc } of cells) {
    const weight = DECODER_WEIGHT[decoder] * (SCENE_WEIGHT[scene] ?? 1);
    const margin = unusedEcc === null ? 1 : Math.min(1, unusedEcc / GRADE_A);
    total += weight;
    if (read) score += weight * (0.75 + 0.25 * margin);
  }
  return total === 0 ? 0 : Math.round((score / total) * 1000) / 10;
}
