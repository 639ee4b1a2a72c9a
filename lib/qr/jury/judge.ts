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
}

/**
 * Lets every reader look at the picture in every scene, and counts exact readings. Scenes follow each other without
 * waiting for readers that work on a thread of their own.
 * @param image quiet zone included, nominally 1024 px a side (see `SCENES`).
 * @throws the signal's reason, between two scenes.
 */
export async function judge(
  image: Gray,
  text: string,
  decoders: readonly Decoder[],
  options: JudgeOptions = {},
): Promise<Verdict> {
  const { scenes = SCENES, signal } = options;
  const wanted = options.cells && new Set(options.cells.map(keyOf));
  const cells: Promise<Cell>[] = [];
  for (const scene of scenes) {
    const sitting = decoders.filter(
      ({ name }) => wanted?.has(keyOf({ decoder: name, scene: scene.name })) ?? true,
    );
    if (sitting.length === 0) continue;
    // The readers of this thread work synchronously: let timers, messages and with them the signal through.
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    const seen = scene.apply(image);
    for (const decoder of sitting) {
      const cell = judgeCell(decoder, scene.name, seen, text);
      // Thrown when all are awaited; until then it must not count as unhandled.
      cell.catch(() => {});
      cells.push(cell);
    }
  }
  const judged = await Promise.all(cells);
  signal?.throwIfAborted();
  return verdictOf(judged);
}

async function judgeCell(decoder: Decoder, scene: string, seen: Gray, text: string): Promise<Cell> {
  const reading = await decoder.read(seen);
  const read = reading?.text === text;
  return { decoder: decoder.name, scene, read, unusedEcc: read ? reading.unusedEcc : null };
}

/** "decoder:scene". */
export const keyOf = ({ decoder, scene }: CellName) => `${decoder}:${scene}`;

/** Counts and scores a set of cells, and puts them in order: scene by scene, in each of them reader by reader. */
export function verdictOf(judged: readonly Cell[]): Verdict {
  const cells = judged.toSorted(
    (a, b) =>
      placeOf(a.scene) - placeOf(b.scene) || DECODERS.indexOf(a.decoder) - DECODERS.indexOf(b.decoder),
  );
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

const placeOf = (scene: string): number => SCENES.findIndex(({ name }) => name === scene);

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
