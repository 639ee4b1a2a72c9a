import type { ClipModel } from "./clip-model";
import type { SearchWords } from "./parse-words";
import { MATCHES } from "./stand-out";
import { wordScorer } from "./word-scorer";

export interface WordScore {
  /** How far what is wanted stands out; 0 where nothing is. */
  readonly wanted: number;
  /** Whether it is one of the things that are not wanted. */
  readonly isUnwanted: boolean;
}

/** How well words fit pictures. @param vectors by picture, of the model. @throws those of the host */
export async function scoreWords(
  model: ClipModel,
  { wanted, unwanted }: SearchWords,
  vectors: ReadonlyMap<string, Float32Array>,
): Promise<Map<string, WordScore>> {
  const scoreOf = await wordScorer(model, [...(wanted ? [wanted] : []), ...unwanted]);
  return new Map(
    [...vectors].map(([id, vector]) => {
      const scores = scoreOf(vector);
      const fits = wanted ? scores.shift()! : 0;
      return [id, { wanted: fits, isUnwanted: scores.some((each) => each >= MATCHES) }];
    }),
  );
}
