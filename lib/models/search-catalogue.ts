import { type Bundle, type CatalogueModel, catalogue, modelsOf } from "./catalogue";

/** Models of the catalogue in which every word is found, in either language; all where there is none. */
export const searchCatalogue = (words: string): CatalogueModel[] =>
  catalogue().models.filter((model) => hasWords(textOf(model), words));

/** Bundles in whose own words, or whose models' names, every word is found; all where there is none. */
export const searchBundles = (words: string): Bundle[] =>
  catalogue().bundles.filter((bundle) => {
    const { id, title, note } = bundle;
    const names = modelsOf(bundle).map((model) => `${model.id} ${model.name}`);
    return hasWords([id, title.en, title.zh, note.en, note.zh, ...names].join(" ").toLowerCase(), words);
  });

const hasWords = (text: string, words: string): boolean =>
  words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));

const textOf = ({ id, name, kind, family, uses, licence, note }: CatalogueModel): string =>
  [id, name, kind, family, ...uses, licence, note.en, note.zh].join(" ").toLowerCase();
