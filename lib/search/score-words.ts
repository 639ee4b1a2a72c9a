import type { ClipModel } from "./clip-model";
import { embedBackground } from "./embed-background";
import { embedWords } from "./embed-words";
import type { SearchWords } from "./parse-words";
import { MATCHES, standOut } from "./stand-out";

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
  const background = await embedBackground(model, [wanted, ...unwanted]);
  const [wantedVector, ...unwantedVectors] = await embedWords(model, [wanted, ...unwanted]);
  return new Map(
    [...vectors].map(([id, vector]) => {
      const [fits = 0, ...unfits] = standOut([wantedVector!, ...unwantedVectors], vector, background);
      return [id, { wanted: wanted ? fits : 0, isUnwanted: unfits.some((each) => each >= MATCHES) }];
    }),
  );
}
