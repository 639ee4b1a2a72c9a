import { jobSeed } from "@/lib/drawing/job-seed";
import { tellWithPreview } from "@/lib/drawing/live-preview";
import { openStyledEasel } from "@/lib/drawing/open-styled-easel";
import { pictureStyle } from "@/lib/drawing/picture-styles.input";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { addMade } from "@/lib/pictures/add-made";
import { madeId } from "@/lib/pictures/made-id";
import { type Candidate, makeCandidates } from "./make-candidates";
import { type ArtCandidate, inOrder, weighed } from "./order-candidates";
import { qrArtInput } from "./qr-art.job";

/** Keeps every candidate, each with the drawing that it was woven into; the best is shown first. */
export const qrArtHandler: JobHandler = async ({ job, signal, report }) => {
  const input = qrArtInput.parse(job.input);
  const of = input.candidates;
  const made: ArtCandidate[] = [];
  let refused = 0;
  const { tell, preview } = tellWithPreview((done, stage, shown) =>
    report(done / of, stage, { pictures: inOrder(made), of, refused, preview: shown }),
  );
  tell(0, "opening");
  const easel = await openStyledEasel(input, pictureStyle(input.style), job.ownerId);
  const seed = jobSeed(job.id, input.seed);
  const onRefused = () => refused++;
  const tools = { signal, onProgress: tell, onRefused, preview };
  for await (const candidate of makeCandidates(easel, input, seed, tools)) {
    const id = await keep(job, candidate, made.length === 0);
    made.push(weighed(id, candidate.file));
    tell(candidate.index + 1, "weaving");
  }
  return { pictureId: job.id, result: { pictures: inOrder(made), of, refused } };
};

/** @param isFirst takes the job's id, which is where the job leads. @returns the code's id. */
async function keep(
  job: { readonly id: string; readonly scenario: string },
  { index, input, draft, options, file, before }: Candidate,
  isFirst: boolean,
): Promise<string> {
  const draftId = madeId(job.id, `draft-${index}`);
  const { prompt: title } = input;
  const settings = { ...input, candidates: 1, scenario: job.scenario };
  await addMade(job.id, { id: draftId, kind: "draft", bytes: draft, title, settings, sourceId: null });
  const kept = await addMade(job.id, {
    ...(!isFirst && { id: madeId(job.id, `${index}`) }),
    ...{ kind: "code", bytes: Buffer.from(file.bytes), title, sourceId: draftId },
    // The code's own settings make it again from the draft, in any size and format.
    settings: { ...options, picture: { from: "gallery", id: draftId }, art: settings },
    verdict: JSON.parse(JSON.stringify({ ...file.report, before })),
  });
  return kept.id;
}
