import type { CodeFile } from "@/lib/codes/make-file";

/** A finished candidate. */
export interface ArtCandidate {
  readonly id: string;
  /** How much of the drawing the weave left as it was, 0 … 1. */
  readonly ssim: number;
  /** The jury's, 0 … 100. */
  readonly score: number;
}

/** A candidate's file as it is weighed against others. */
export const weighed = (id: string, { report: { fidelity, jury } }: CodeFile): ArtCandidate => ({
  ...{ id, ssim: fidelity?.ssim ?? 0, score: jury.score },
});

/** A point of the jury's is worth so much likeness: every candidate passes its level anyway. */
const LIKENESS_OF_POINT = 0.004;

/** The ids, the best first: those that are read best and were changed least. */
export const inOrder = (candidates: readonly ArtCandidate[]): string[] =>
  [...candidates].sort((a, b) => worth(b) - worth(a)).map(({ id }) => id);

const worth = ({ ssim, score }: ArtCandidate): number => ssim + LIKENESS_OF_POINT * score;
