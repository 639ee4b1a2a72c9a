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
import { type Art, drawArt } from "./draw-art";
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

interface CandidateTools {
  readonly signal: AbortSignal;
  /** Candidates that are done, in parts. */
  readonly onProgress: (done: number, stage: string) => void;
  /** Sees candidates as they are drawn. */
  readonly preview?: LivePreview;
}

/** Of a candidate's time: the rest is weaving and judging, which goes on while the next one is drawn. */
const DRAWING = 0.6;

/** Draws candidates one after another and weaves each while the next is drawn. @throws QrError · EngineError · AppError */
export async function* makeCandidates(
  easel: Easel,
  input: QrArtInput,
  seed: number,
  { signal, onProgress, preview }: CandidateTools,
): AsyncGenerator<Candidate, void> {
  const size = sizeOfVersion(artVersion(input.text));
  let weaving: Promise<Candidate> | null = null;
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
    if (weaving) yield await weaving;
    onProgress(index + DRAWING, "weaving");
    weaving = weave({ index, input: own, draft, drawMs }, art, signal);
    // Waited for above or below; meanwhile it may fail.
    weaving.catch(() => {});
  }
  if (weaving) yield await weaving;
}

async function weave(
  drawn: Pick<Candidate, "index" | "input" | "draft" | "drawMs">,
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
