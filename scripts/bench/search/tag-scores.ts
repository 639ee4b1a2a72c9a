import { standOut } from "@/lib/search/stand-out";
import { foundBy, toldBy } from "@/lib/search/taught-words";
import type { Gallery, Language } from "./gallery";

/** By picture and word: how far it stands out, as pictures get their tags; the mean of both languages of what is read. */
export function tagScores(gallery: Gallery): Float32Array[] {
  const [en, zh] = [scoresIn(gallery, "en"), scoresIn(gallery, "zh")];
  const { pictures, taught } = gallery;
  return en.map((row, i) =>
    row.map((score, at) => (taught[at] ? toldBy(taught[at], pictures[i]!) : (score + zh[i]![at]!) / 2)),
  );
}

/** In one language, as somebody's single word is searched. */
export const searchScores = (gallery: Gallery, language: Language): Float32Array[] => {
  const { pictures, taught } = gallery;
  return scoresIn(gallery, language).map((row, i) =>
    row.map((score, at) => (taught[at] ? foundBy(taught[at], pictures[i]!) : score)),
  );
};

/** In one language, as the model reads it. */
export const scoresIn = ({ pictures, vectors }: Gallery, language: Language): Float32Array[] =>
  pictures.map((picture) => Float32Array.from(standOut(vectors[language], picture, vectors[language])));
