import type { Code } from "../encode/code";
import { encode, layMessage, needsEci } from "../encode/encode";
import { type Fitted, fitCode } from "../freedom/fit-code";
import { DRAWN } from "../looks/draw-look";
import { logoModules } from "../looks/logo";
import { paletteOf } from "../picture/palette";
import { resize } from "../picture/resize";
import { QrError } from "../qr-error";
import type { Raster } from "../raster";
import { type FittedCode, fitCandidates } from "./choose-code";
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

export interface StartedDraft {
  readonly draft: Draft;
  /** Padding bits that were chosen for the picture. */
  readonly freeBits: number;
}

/**
 * The text fitted to the picture and sketched at the least strength.
 * @throws QrError option_invalid without a picture for a look that needs one · those of `fitCandidates`
 */
export function startDraft(request: CodeRequest): StartedDraft {
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
  const inOrder = candidates.slice(first);
  const roomy = look === "classic" && request.logo ? inOrder.find(({ code }) => logoModules(code) > 0) : null;
  const { code, freeBits } = roomy ?? inOrder[0]!;
  return { draft: new DrawnDraft(code, picture, DRAWN[look], request, sizePx), freeBits };
}

/**
 * The same version and level with the standard's padding and its best mask, for where the fitted code is not read even
 * when drawn plainly: a fitted code may have wide areas of one colour, which readers with wide windows lose.
 */
export function startPlainDraft(request: CodeRequest, { version, ecc }: Code): StartedDraft {
  const { text, picture, look, level, sizePx } = request;
  const code = encode(text, { version, ecc, eci: needsEci(text) });
  if (look !== "photo" || picture === null)
    return {
      draft: new DrawnDraft(code, picture, DRAWN[look === "photo" ? "classic" : look], request, sizePx),
      freeBits: 0,
    };
  const small = resize(picture, NOMINAL_PX, NOMINAL_PX);
  const draft = new PhotoDraft(code, small, picture, paletteOf(small), level, sizePx);
  draft.finish();
  return { draft, freeBits: 0 };
}

/** Sketches the best candidates, fits the best of them once more to the threshold that it came to, and keeps the better. */
function startPhoto(
  { text, level, sizePx }: CodeRequest,
  picture: Raster,
  small: Raster,
  candidates: readonly FittedCode[],
  rank: number,
): StartedDraft {
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
