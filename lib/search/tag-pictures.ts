import { createHash } from "node:crypto";
import { listUntagged, saveTold } from "../db/tags";
import type { ClipModel } from "./clip-model";
import { IS_A_TAG } from "./stand-out";
import { tellTags } from "./tell-tags";
import { vocabularyOf } from "./vocabulary";

/** In one go. Words are compared with vectors that are there: that takes no device, and no time to speak of. */
const BATCH = 200;

/**
 * Puts the next pictures that were seen into words, whoever's they are: those that never were, and those that another
 * vocabulary was used for.
 * @returns how many were done; 0 when none waits.
 * @throws those of the host; the signal's reason.
 */
export async function tagNextPictures(model: ClipModel, signal: AbortSignal): Promise<number> {
  const vocabulary = await nameVocabulary(model);
  const waiting = await listUntagged(model.name, vocabulary, BATCH);
  const told = [];
  for (const { pictureId, vector } of waiting) {
    signal.throwIfAborted();
    const tags = await tellTags(model, vector);
    // Of words that differ in nothing but capitals, the one that stands out more is first.
    const scores = new Map(tags.toReversed().map(({ en, score }) => [en.toLowerCase(), score]));
    told.push({ pictureId, tags: [...scores].map(([word, score]) => ({ word, score })) });
  }
  if (told.length > 0) await saveTold(model.name, vocabulary, told);
  return told.length;
}

/** Words of which none has changed, and the line above which they are told, have one name. */
async function nameVocabulary(model: ClipModel): Promise<string> {
  const words = await vocabularyOf(model);
  return createHash("sha256")
    .update(JSON.stringify([IS_A_TAG, words]))
    .digest("hex")
    .slice(0, 12);
}
