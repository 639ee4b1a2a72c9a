import type { Drawing } from "../drawing/drawing";
import type { Code } from "../encode/code";
import { encode, needsEci } from "../encode/encode";
import type { Decoder } from "../jury/decoders";
import { type CellName, judge, keyOf, type Verdict, verdictOf } from "../jury/judge";
import { cellsForLevel, type Level, passesLevel, shortOfAim } from "../jury/levels";
import { SCENES } from "../jury/scenes";
import { resize } from "../picture/resize";
import { QrError } from "../qr-error";
import type { Gray, Raster } from "../raster";
import { toGray } from "../weave/luma";
import type { CodeRequest } from "./code-request";
import { NOMINAL_PX } from "./photo";
import { plainRaster } from "./plain";
import { startDraft, startPlainDraft } from "./start-draft";
import { type Fidelity, symbolFidelity } from "./symbol-fidelity";

export interface MadeCode {
  readonly raster: Raster;
  /** For looks that are drawings. */
  readonly drawing: Drawing | null;
  readonly code: Code;
  readonly freeBits: number;
  /** 0 … 1, how far it had to move toward the plain code. */
  readonly strength: number;
  /** Every reader in every scene. */
  readonly verdict: Verdict;
  /** The plain code of the same text, version and level before the same jury; null where it is known to be read everywhere. */
  readonly plain: Verdict | null;
  /** Against the picture as fitted to the symbol; null without a picture. */
  readonly fidelity: Fidelity | null;
  readonly timesMs: {
    readonly fit: number;
    readonly draw: number;
    readonly jury: number;
    readonly total: number;
  };
}

export interface MakeOptions {
  readonly signal?: AbortSignal;
  /** 0 … 1 and what is being done. */
  readonly onProgress?: (progress: number, stage: "fitting" | "weaving" | "judging") => void;
  readonly now?: () => number;
}

/** Plain codes up to here are read by every reader in every scene (113 of them were tried), so none has to be judged. */
const FULLY_READ_VERSION = 9;
/** Sittings of the jury before a draft is given up; drafts end on the plain code well before. */
const MOST_SITTINGS = 12;

/**
 * Makes a code that passes its level, or none. The picture is fitted first, then drawn at the least strength, shown to
 * the level's readers, and strengthened where one of them failed, until it passes; then every reader sees it in every
 * scene for the verdict. Where the fitted code does not get there at all, an unfitted one is tried. Same request, same bytes, on any machine.
 * @throws QrError level_not_reached naming what was missing · those of `fitCandidates` · option_invalid without a
 *         picture for a look that needs one · the signal's reason.
 */
export async function makeCode(
  request: CodeRequest,
  decoders: readonly Decoder[],
  options: MakeOptions = {},
): Promise<MadeCode> {
  const { signal, onProgress, now = () => 0 } = options;
  const began = now();
  onProgress?.(0.02, "fitting");
  let { draft, freeBits } = startDraft(request);
  let isLastResort = request.picture === null;
  const fitted = now();
  const plain = await plainVerdict(request, draft.code, decoders, signal);
  let juryMs = now() - fitted;
  let verdict: Verdict | null = null;
  for (let sitting = 0; ; sitting++) {
    signal?.throwIfAborted();
    onProgress?.(Math.min(0.1 + sitting * 0.08, 0.7), "weaving");
    const raster = draft.render();
    const seen = toGray(resize(raster, NOMINAL_PX, NOMINAL_PX));
    const sat = now();
    onProgress?.(Math.min(0.14 + sitting * 0.08, 0.75), "judging");
    verdict = await sit({ ...request, seen, decoders, plain, signal }, verdict);
    juryMs += now() - sat;
    const { missing } = passesLevel(request.level, verdict, plain);
    const wanting = shortOfAim(request.level, verdict, plain);
    if (draft.revise(verdict, missing, wanting) && sitting < MOST_SITTINGS) continue;
    if (missing.length > 0 && !isLastResort) {
      ({ draft, freeBits } = startPlainDraft(request, draft.code));
      isLastResort = true;
      verdict = null;
      sitting = -1;
      continue;
    }
    if (missing.length > 0)
      throw new QrError(
        "level_not_reached",
        `not read well enough even near the plain code: ${missing.join(", ")}`,
        { level: request.level, missing: missing.join(", ") },
      );
    const last = now();
    onProgress?.(0.85, "judging");
    const rest = await judge(seen, request.text, decoders, { cells: cellsBeyond(verdict, decoders), signal });
    juryMs += now() - last;
    onProgress?.(0.95, "judging");
    const timesMs = { fit: fitted - began, jury: juryMs };
    return {
      raster,
      drawing: draft.drawing(),
      code: draft.code,
      freeBits,
      strength: draft.strength(),
      verdict: verdictOf([...verdict.cells, ...rest.cells]),
      plain,
      fidelity: symbolFidelity(request, draft.code, raster),
      timesMs: { ...timesMs, draw: now() - began - timesMs.fit - juryMs, total: now() - began },
    };
  }
}

interface Sitting {
  readonly text: string;
  readonly level: Level;
  readonly seen: Gray;
  readonly decoders: readonly Decoder[];
  readonly plain: Verdict | null;
  readonly signal: AbortSignal | undefined;
}

/**
 * Judges the cells that a level depends on. After a failed sitting the cells that failed are judged first: where they
 * still fall short, nothing else needs to be looked at, and the others count as they did before.
 * @returns a verdict that passes the level only if every one of its cells was judged on this picture.
 */
async function sit(sitting: Sitting, before: Verdict | null): Promise<Verdict> {
  const { text, level, seen, decoders, plain, signal } = sitting;
  const all = cellsForLevel(level);
  const doubted = new Set(before?.cells.filter(({ read }) => !read).map(keyOf));
  const first = await judge(seen, text, decoders, {
    cells: all.filter((c) => doubted.has(keyOf(c))),
    signal,
  });
  const hoped = verdictOf([...(before?.cells.filter(({ read }) => read) ?? []), ...first.cells]);
  if (before && !passesLevel(level, hoped, plain).pass) return hoped;
  const rest = await judge(seen, text, decoders, {
    cells: all.filter((c) => !doubted.has(keyOf(c))),
    signal,
  });
  return verdictOf([...first.cells, ...rest.cells]);
}

async function plainVerdict(
  { text, level }: CodeRequest,
  { version, ecc }: Code,
  decoders: readonly Decoder[],
  signal: AbortSignal | undefined,
): Promise<Verdict | null> {
  if (level !== "everywhere" || version <= FULLY_READ_VERSION) return null;
  return judge(
    toGray(plainRaster(encode(text, { version, ecc, eci: needsEci(text) }), NOMINAL_PX)),
    text,
    decoders,
    { signal },
  );
}

function cellsBeyond(verdict: Verdict, decoders: readonly Decoder[]): CellName[] {
  const judged = new Set(verdict.cells.map(keyOf));
  return SCENES.flatMap(({ name: scene }) =>
    decoders.map(({ name: decoder }) => ({ decoder, scene })),
  ).filter((cell) => !judged.has(keyOf(cell)));
}
