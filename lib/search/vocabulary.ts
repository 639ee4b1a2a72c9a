import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "../errors";
import { type ClipModel, VOCABULARY } from "./clip-model";
import { GENERAL_WORDS } from "./general-words";

/** What pictures are tagged with, in both languages. */
export interface Word {
  readonly en: string;
  readonly zh: string;
  /** The English name of the wider word that it is a kind of. */
  readonly within?: string | undefined;
  /** Deviations from which on a picture is told by it, where that was measured: `npm run bench -- lines`. */
  readonly line?: number | undefined;
}

const text = z.string().trim().min(1).max(80);
const schema = z.object({
  words: z
    .array(z.object({ en: text, zh: text, within: text.optional(), line: z.number().optional() }))
    .max(5_000),
});

/**
 * The words that a model knows: its own list, where one lies beside it, else the general one.
 * @throws AppError weights_damaged where its list is none.
 */
export async function vocabularyOf(model: Pick<ClipModel, "path">): Promise<readonly Word[]> {
  const file = path.join(await folderOf(model), VOCABULARY);
  const own = await readFile(file, "utf8").catch(() => null);
  if (own === null) return general;
  try {
    return schema.parse(JSON.parse(own)).words;
  } catch (cause) {
    throw new AppError("weights_damaged", { cause, details: { file } });
  }
}

/** Where a model's own files lie. */
export const folderOf = async ({ path: model }: Pick<ClipModel, "path">): Promise<string> =>
  (await stat(model)).isDirectory() ? model : path.dirname(model);

const bilingual = (pair: string): { en: string; zh: string } => {
  const [en = "", zh = ""] = pair.trim().split("|");
  return { en, zh };
};

const general: readonly Word[] = Object.entries(GENERAL_WORDS).flatMap(([kind, members]) => {
  const wider = bilingual(kind);
  return [wider, ...members.split(";").map((member) => ({ ...bilingual(member), within: wider.en }))];
});
