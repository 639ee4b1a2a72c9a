import type { CodeOptions } from "@/lib/codes/code.input";
import { artVersion } from "@/lib/codes/fit-drawing";
import type { CodeFile, FileRequest } from "@/lib/codes/make-file";
import type { DrawingReading, ReadRequest } from "@/lib/codes/read-drawing";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { enlargeDrawn } from "@/lib/drawing/enlarge";
import type { LivePreview } from "@/lib/drawing/live-preview";
import type { Easel } from "@/lib/drawing/open-easel";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import { sizeOfVersion } from "@/lib/qr/encode/code";
import { type Art, type ArtStage, drawArt } from "./draw-art";
import type { QrArtInput } from "./qr-art.job";

/** A finished candidate: the drawing, and the code that was woven into it. */
export interface Candidate {
  readonly index: number;
  /** The person's, with the seed that this one has. */
  readonly input: QrArtInput & { readonly seed: number };
  /** The drawing's PNG, with what restores it. */
  readonly draft: Buffer;
  /** Makes the same code of the draft again, in any size and format. */
  readonly options: CodeOptions;
  readonly file: CodeFile;
  /** Who read the drawing before anything was woven into it. */
  readonly before: DrawingReading;
  /** Of both drawing passes with enlarging; weaving is in the file's report. */
  readonly drawMs: number;
}

export type CandidateStage = ArtStage | "weaving";

interface CandidateTools {
  readonly signal: AbortSignal;
  /** Candidates that are done, in parts. */
  readonly onProgress: (done: number, stage: CandidateStage) => void;
  /** Hears of each that does not pass its level, and is left out. */
  readonly onRefused?: (index: number) => void;
  /** Sees candidates as they are drawn. */
  readonly preview?: LivePreview;
}

/** Of a candidate's time: the rest is weaving and judging, which goes on while the next one is drawn. */
const DRAWING = 0.6;

/**
 * Draws candidates one after another and weaves each while the next is drawn. One that cannot be read well enough is left
 * out.
 * @throws QrError level_not_reached where that is all of them; others at once · EngineError · AppError
 */
export async function* makeCandidates(
  easel: Easel,
  input: QrArtInput,
  seed: number,
  { signal, onProgress, onRefused, preview }: CandidateTools,
): AsyncGenerator<Candidate, void> {
  const size = sizeOfVersion(artVersion(input.text));
  let weaving: Promise<Woven> | null = null;
  let passed = 0;
  let refusal: unknown = null;
  async function* next(): AsyncGenerator<Candidate, void> {
    const woven = await weaving;
    if (!woven) return;
    if (woven.candidate) {
      passed++;
      yield woven.candidate;
    } else {
      refusal = woven.refusal;
      onRefused?.(woven.index);
    }
  }
  for (let index = 0; index < input.candidates; index++) {
    const began = performance.now();
    const own = { ...input, seed: (seed + index) >>> 0 };
    const art = await drawArt(
      easel,
      own,
      { seed: own.seed, size },
      {
        ...{ signal, preview },
        onProgress: (part, stage) => onProgress(index + DRAWING * part, stage),
      },
    );
    const draft = await encodeDrawing(art.drawn, await enlargeDrawn(easel, art.drawn, signal));
    const drawMs = performance.now() - began;
    preview?.clear();
    yield* next();
    onProgress(index + DRAWING, "weaving");
    weaving = weaveOrRefuse({ index, input: own, draft, drawMs }, art, signal);
    // Waited for above or below; meanwhile it may fail.
    weaving.catch(() => {});
  }
  yield* next();
  if (passed === 0) throw refusal;
}

type DrawnCandidate = Pick<Candidate, "index" | "input" | "draft" | "drawMs">;

/** A candidate, or why there is none. */
interface Woven {
  readonly index: number;
  readonly candidate: Candidate | null;
  readonly refusal: unknown;
}

async function weaveOrRefuse(drawn: DrawnCandidate, art: Art, signal: AbortSignal): Promise<Woven> {
  const { index } = drawn;
  try {
    return { index, candidate: await weave(drawn, art, signal), refusal: null };
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== "level_not_reached") throw error;
    return { index, candidate: null, refusal: error };
  }
}

async function weave(
  drawn: DrawnCandidate,
  { drawn: { picture }, code }: Art,
  signal: AbortSignal,
): Promise<Candidate> {
  const { text, level, size } = drawn.input;
  const { version, ecc } = code;
  const reading: ReadRequest = { text, version, picture };
  const before = await runOnCpu<DrawingReading>("read-drawing", reading, { signal });
  const options: CodeOptions = {
    ...{ text, level, size, version, ecc, look: "photo", seed: 1, cornerRadius: 0.5, logo: false },
    ...{ colours: { dark: "#000000", light: "#ffffff" }, focus: { x: 0.5, y: 0.5 } },
  };
  const request: FileRequest = { input: options, picture: drawn.draft, format: "png" };
  const file = await runOnCpu<CodeFile>("qr-picture", request, { signal });
  return { ...drawn, options, file, before };
}
