import { type CatalogueModel, catalogue } from "./catalogue";

/** Models of the catalogue in which every word is found, in either language; all where there is none. */
export function searchCatalogue(words: string): CatalogueModel[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return catalogue().models.filter((model) => {
    const text = textOf(model);
    return wanted.every((word) => text.includes(word));
  });
}

const textOf = ({ id, name, kind, family, uses, licence, note }: CatalogueModel): string =>
  [id, name, kind, family, ...uses, licence, note.en, note.zh].join(" ").toLowerCase();
