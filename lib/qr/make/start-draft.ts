import { layMessage, needsEci } from "../encode/encode";
import { type Fitted, fitCode } from "../freedom/fit-code";
import { DRAWN } from "../looks/draw-look";
import { paletteOf } from "../picture/palette";
import { resize } from "../picture/resize";
import { QrError } from "../qr-error";
import type { Raster } from "../raster";
import { type FittedCode, fitCandidates } from "./choose-code";
import { classicCode } from "./classic-code";
import type { CodeRequest } from "./code-request";
import type { Draft } from "./draft";
import { DrawnDraft } from "./drawn";
import { NOMINAL_PX, PhotoDraft } from "./photo";
import { wishesOf } from "./wishes";

/** Side at which a picture is fitted: some ten pixels a module, and quick to look at again and again. */
const FIT_PX = 512;
/** Seeds 1 … 8 take the masks in the order in which they suit the picture, later ones the next candidates. */
const MASKS = 8;
/** Candidates that are drawn before one is chosen. */
const SKETCHES = 3;

/**
 * The text fitted to the picture and sketched at the least strength.
 * @throws QrError option_invalid without a picture for a look that needs one · those of `fitCandidates`
 */
export function startDraft(request: CodeRequest): { draft: Draft; freeBits: number } {
  const { text, picture, look, level, sizePx } = request;
  if (look === "classic") {
    const code = classicCode(text, request, request.logo && picture !== null);
    return { draft: new DrawnDraft(code, picture, DRAWN.classic, request, sizePx), freeBits: 0 };
  }
  if (picture === null)
    throw new QrError("option_invalid", `the look ${look} needs a picture`, { option: "picture" });
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
            { rank },
          ),
        );
  const chosen = again.draft.loss() < best.draft.loss() ? again : best;
  chosen.draft.finish();
  return chosen;
}
