/** How much several models take together. */
export interface SizeSum {
  readonly bytes: number;
  /** `exact` as their hosts announce it; `about`, for people; `more` than that, since of some nobody knows. */
  readonly is: "exact" | "about" | "more";
}

interface Sized {
  /** Null where nobody knows it for certain. */
  readonly sizeBytes: number | null;
  /** Null where nobody knows at all. */
  readonly aboutBytes: number | null;
}

export function sumSizes(models: readonly Sized[]): SizeSum {
  const bytes = models.reduce((sum, { aboutBytes }) => sum + (aboutBytes ?? 0), 0);
  if (models.some(({ aboutBytes }) => aboutBytes === null)) return { bytes, is: "more" };
  return { bytes, is: models.some(({ sizeBytes }) => sizeBytes === null) ? "about" : "exact" };
}
