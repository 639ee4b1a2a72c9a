import type { Drawing } from "../drawing/drawing";
import type { Code } from "../encode/code";
import { encode, layMessage, needsEci } from "../encode/encode";
import { meanDeltaE } from "../fidelity/delta-e";
import { ssim } from "../fidelity/ssim";
import { type Fitted, fitCode } from "../freedom/fit-code";
import type { Decoder } from "../jury/decoders";
import { type CellName, judge, keyOf, type Verdict, verdictOf } from "../jury/judge";
import { cellsForLevel, type Level, passesLevel } from "../jury/levels";
import { SCENES } from "../jury/scenes";
import { DRAWN } from "../looks/draw-look";
import type { LookName, LookOptions } from "../looks/look";
import { paletteOf } from "../picture/palette";
import { resize } from "../picture/resize";
import { QrError } from "../qr-error";
import type { Raster } from "../raster";
import { gridOf } from "../weave/grid";
import { toGray } from "../weave/luma";
import { type CodeChoice, type FittedCode, fitCandidates } from "./choose-code";
import type { Draft } from "./draft";
import { DrawnDraft } from "./drawn";
import { NOMINAL_PX, PhotoDraft } from "./photo";
import { plainRaster } from "./plain";
import { wishesOf } from "./wishes";

export interface CodeRequest extends CodeChoice, LookOptions {
  /** Exactly what the code says. */
  readonly text: string;
  /** Square, at least `sizePx` a side for full sharpness; null only for `classic`. */
  readonly picture: Raster | null;
  readonly look: LookName;
  readonly level: Level;
  /** Side of the finished picture, quiet zone included. */
  readonly sizePx: number;
}

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
  /** The plain code of the same text, version and level before the same jury; null where the level did not need it. */
  readonly plain: Verdict | null;
  /** Against the picture as fitted to the symbol; null without a picture. */
  readonly fidelity: { readonly ssim: number; readonly deltaE2000: number } | null;
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

/** Side at which a picture is fitted: some ten pixels a module, and quick to look at again and again. */
const FIT_PX = 512;
/** Seeds 1 … 8 take the masks in the order in which they suit the picture, later ones the next candidates. */
const MASKS = 8;
/** Candidates that are drawn before one is chosen. */
const SKETCHES = 3;
/** Sittings of the jury before a draft is given up; drafts end on the plain code well before. */
const MOST_SITTINGS = 12;

/**
 * Makes a code that passes its level, or none. The picture is fitted first, then drawn at the least strength, shown to
 * the level's readers, and strengthened where one of them failed, until it passes; then every reader sees it in every
 * scene for the verdict. Same request, same bytes, on any machine.
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
  const { draft, freeBits } = startDraft(request);
  const fitted = now();
  const plain = await plainVerdict(request, draft.code, decoders, signal);
  let juryMs = now() - fitted;
  for (let sitting = 0; ; sitting++) {
    signal?.throwIfAborted();
    onProgress?.(Math.min(0.1 + sitting * 0.12, 0.7), "weaving");
    const raster = draft.render();
    const seen = toGray(nominal(raster));
    const sat = now();
    onProgress?.(Math.min(0.16 + sitting * 0.12, 0.75), "judging");
    const verdict = await judge(seen, request.text, decoders, {
      cells: cellsForLevel(request.level),
      signal,
    });
    juryMs += now() - sat;
    const { missing } = passesLevel(request.level, verdict, plain);
    if (draft.revise(verdict, missing) && sitting < MOST_SITTINGS) continue;
    if (missing.length > 0)
      throw new QrError(
        "level_not_reached",
        `not read well enough even near the plain code: ${missing.join(", ")}`,
        {
          level: request.level,
          missing: missing.join(", "),
        },
      );
    const last = now();
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
      fidelity: fidelityOf(request, draft.code, raster),
      timesMs: { ...timesMs, draw: now() - began - timesMs.fit - juryMs, total: now() - began },
    };
  }
}

function startDraft(request: CodeRequest): { draft: Draft; freeBits: number } {
  const { text, picture, look, level, sizePx } = request;
  if (picture === null) {
    if (look !== "classic")
      throw new QrError("option_invalid", `the look ${look} needs a picture`, { option: "picture" });
    const code = encode(text, { version: request.version, ecc: request.ecc, eci: needsEci(text) });
    return { draft: new DrawnDraft(code, null, DRAWN.classic, request, sizePx), freeBits: 0 };
  }
  const small = resize(picture, NOMINAL_PX, NOMINAL_PX);
  const variant = Math.max(request.seed, 1) - 1;
  const rank = variant % MASKS;
  const candidates = fitCandidates(text, resize(small, FIT_PX, FIT_PX), level, request, NOMINAL_PX, rank);
  const first = (Math.floor(variant / MASKS) * SKETCHES) % candidates.length;
  if (look === "photo") return startPhoto(request, picture, small, candidates.slice(first), rank);
  const { code, freeBits } = candidates[first]!;
  return { draft: new DrawnDraft(code, picture, DRAWN[look], request, sizePx), freeBits };
}

/** Sketches the best candidates, fits the best of them once more to the threshold that it came to, and keeps the better. */
function startPhoto(
  { text, level, sizePx }: CodeRequest,
  picture: Raster,
  small: Raster,
  candidates: readonly FittedCode[],
  rank: number,
): { draft: Draft; freeBits: number } {
  const palette = paletteOf(small);
  const sketch = ({ code, freeBits }: Fitted) => ({
    draft: new PhotoDraft(code, small, picture, palette, level, sizePx),
    freeBits,
  });
  const sketches = candidates.slice(0, SKETCHES).map(sketch);
  const best = sketches.reduce((a, b) => (b.draft.loss() < a.draft.loss() ? b : a));
  const { code } = best.draft;
  const threshold = level === "art" ? null : best.draft.globalThreshold();
  const again =
    threshold === null
      ? best
      : sketch(
          fitCode(
            layMessage(text, code.version, code.ecc, { eci: needsEci(text) }),
            wishesOf(small, code.size, level, threshold),
          ),
        );
  const chosen = again.draft.loss() < best.draft.loss() ? again : best;
  chosen.draft.finish();
  return chosen;
}

async function plainVerdict(
  { text, level }: CodeRequest,
  { version, ecc }: Code,
  decoders: readonly Decoder[],
  signal: AbortSignal | undefined,
): Promise<Verdict | null> {
  if (level !== "everywhere") return null;
  return judge(
    toGray(plainRaster(encode(text, { version, ecc, eci: needsEci(text) }), NOMINAL_PX)),
    text,
    decoders,
    { signal },
  );
}

/** Scenes are meant for one size: a code is looked at from where it fills the picture the same. */
const nominal = (raster: Raster): Raster => resize(raster, NOMINAL_PX, NOMINAL_PX);

function cellsBeyond(verdict: Verdict, decoders: readonly Decoder[]): CellName[] {
  const judged = new Set(verdict.cells.map(keyOf));
  return SCENES.flatMap(({ name: scene }) =>
    decoders.map(({ name: decoder }) => ({ decoder, scene })),
  ).filter((cell) => !judged.has(keyOf(cell)));
}

/** Over the symbol alone, at no more than the nominal size: the quiet zone is nobody's picture. */
function fidelityOf({ picture, look }: CodeRequest, code: Code, raster: Raster): MadeCode["fidelity"] {
  if (picture === null || look === "classic") return null;
  const small = nominal(raster);
  const { codePx, originPx } = gridOf(code.version, raster.width);
  const scale = NOMINAL_PX / raster.width;
  const side = Math.round(codePx * scale);
  const made = crop(small, Math.round(originPx * scale), side);
  const wanted = resize(picture, side, side);
  return { ssim: ssim(toGray(wanted), toGray(made)), deltaE2000: meanDeltaE(wanted, made) };
}

function crop({ data, width }: Raster, origin: number, side: number): Raster {
  const out = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++) {
    const from = ((y + origin) * width + origin) * 4;
    out.set(data.subarray(from, from + side * 4), y * side * 4);
  }
  return { width: side, height: side, data: out };
}
