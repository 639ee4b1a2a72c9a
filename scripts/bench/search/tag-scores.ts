import { standOut } from "@/lib/search/stand-out";
import type { Gallery, Language } from "./gallery";

/** By picture and word: how far it stands out, the mean of both languages, as pictures get their tags. */
export function tagScores(gallery: Gallery): Float32Array[] {
  const [en, zh] = [scoresIn(gallery, "en"), scoresIn(gallery, "zh")];
  return en.map((row, i) => row.map((score, at) => (score + zh[i]![at]!) / 2));
}

/** In one language. */
export const scoresIn = ({ pictures, vectors }: Gallery, language: Language): Float32Array[] =>
  pictures.map((picture) => Float32Array.from(standOut(vectors[language], picture, vectors[language])));
