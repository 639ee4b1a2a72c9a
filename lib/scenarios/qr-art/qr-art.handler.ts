import type { CodeOptions } from "@/lib/codes/code.input";
import { artVersion } from "@/lib/codes/fit-drawing";
import type { CodeFile, FileRequest } from "@/lib/codes/make-file";
import type { DrawingReading, ReadRequest } from "@/lib/codes/read-drawing";
import { encodeDrawing } from "@/lib/drawing/encode-drawing";
import { enlarge } from "@/lib/drawing/enlarge";
import { jobSeed } from "@/lib/drawing/job-seed";
import { openEasel } from "@/lib/drawing/open-easel";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import type { JobContext, JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import { sizeOfVersion } from "@/lib/qr/encode/code";
import { type Art, drawArt } from "./draw-art";
import { type ArtCandidate, inOrder } from "./order-candidates";
import { type QrArtInput, qrArtInput } from "./qr-art.job";

/** Of a candidate's time: the rest is weaving and judging, which goes on while the next one is drawn. */
const DRAWING = 0.6;

/** Draws candidates, weaves the code into each and has it judged; all are kept, the best is shown first. */
export const qrArtHandler: JobHandler = async (context) => {
  const { job, signal, report } = context;
  const input = qrArtInput.parse(job.input);
  const easel = await openEasel(input);
  const size = sizeOfVersion(artVersion(input.text));
  const seed = jobSeed(job.id, input.seed);
  const made: ArtCandidate[] = [];
  const tell = (done: number, stage: string) =>
    report(done / input.candidates, stage, { pictures: inOrder(made), of: input.candidates });
  tell(0, "opening");
  let weaving: Promise<void> = Promise.resolve();
  for (let i = 0; i < input.candidates; i++) {
    const own = { ...input, seed: (seed + i) >>> 0 };
    const art = await drawArt(
      easel,
      own,
      { seed: own.seed, size },
      {
        signal,
        onProgress: (part, stage) => tell(i + DRAWING * part, stage),
      },
    );
    const draft = await encodeDrawing(art.drawn, await enlarge(easel, art.drawn.picture, signal));
    await weaving;
    tell(i + DRAWING, "weaving");
    weaving = keepCandidate(context, { input: own, index: i, art, draft }).then((candidate) => {
      made.push(candidate);
      tell(made.length, "weaving");
    });
    // Waited for below; meanwhile it may fail.
    weaving.catch(() => {});
  }
  await weaving;
  return { pictureId: job.id, result: { pictures: inOrder(made), of: input.candidates } };
};

interface Finished {
  readonly input: QrArtInput & { seed: number };
  readonly index: number;
  readonly art: Art;
  /** The drawing's PNG. */
  readonly draft: Buffer;
}

/** Weaves and judges; the drawing is kept beside the code, which can so be made again in any size. */
async function keepCandidate(
  { job, signal }: JobContext,
  { input, index, art: { drawn, code }, draft }: Finished,
): Promise<ArtCandidate> {
  const { text, level, size, prompt } = input;
  const { version, ecc } = code;
  const reading: ReadRequest = { text, version, picture: drawn.picture };
  const before = await runOnCpu<DrawingReading>("read-drawing", reading, { signal });
  const options: CodeOptions = {
    ...{ text, level, size, version, ecc, look: "photo", seed: 1, cornerRadius: 0.5, logo: false },
    ...{ colours: { dark: "#000000", light: "#ffffff" }, focus: { x: 0.5, y: 0.5 } },
  };
  const request: FileRequest = { input: options, picture: draft, format: "png" };
  const { bytes, report } = await runOnCpu<CodeFile>("qr-picture", request, { signal });
  const draftId = madeId(job.id, `draft-${index}`);
  const settings = { ...input, candidates: 1, scenario: job.scenario };
  await addMade(job.id, {
    id: draftId,
    kind: "draft",
    bytes: draft,
    title: prompt,
    settings,
    sourceId: null,
  });
  const kept = await addMade(job.id, {
    ...(index > 0 && { id: madeId(job.id, `${index}`) }),
    ...{ kind: "code", bytes: Buffer.from(bytes), title: prompt, sourceId: draftId },
    // The code's own settings make it again from the draft, in any size and format.
    settings: { ...options, picture: { from: "gallery", id: draftId }, art: settings },
    verdict: JSON.parse(JSON.stringify({ ...report, before })),
  });
  return { id: kept.id, ssim: report.fidelity?.ssim ?? 0, score: report.jury.score };
}
