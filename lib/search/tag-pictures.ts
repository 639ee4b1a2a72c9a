import { createHash } from "node:crypto";
import { listUntagged, saveTold } from "../db/tags";
import type { ClipModel } from "./clip-model";
import { ownVocabulary } from "./own-vocabulary";
import { CARE, IS_A_TAG } from "./stand-out";
import { taughtWords } from "./taught-words";
import { type TellTags, tagTeller } from "./tell-tags";
import { vocabularyOf } from "./vocabulary";

/** In one go. Words are compared with vectors that are there: that takes no device, and no time to speak of. */
const BATCH = 200;

/**
 * Puts the next pictures that were seen into their owners' words: those that never were, and those whose words have changed.
 * @returns how many were done; 0 when none waits.
 * @throws those of the host; the signal's reason.
 */
export async function tagNextPictures(model: ClipModel, signal: AbortSignal): Promise<number> {
  const waiting = await listUntagged(model.name, await nameVocabulary(model), BATCH);
  const tellers = new Map<string, TellTags>();
  const told = [];
  for (const { pictureId, ownerId, vector, telling } of waiting) {
    signal.throwIfAborted();
    // Words that change from here on have another name by then, and are told by in the next round.
    const tell = tellers.get(ownerId) ?? (await tagTeller(model, await ownVocabulary(ownerId, model)));
    tellers.set(ownerId, tell);
    // Of words that differ in nothing but capitals, the one that stands out more is first.
    const scores = new Map(
      tell(vector)
        .toReversed()
        .map(({ word, score }) => [word, score]),
    );
    told.push({ pictureId, telling, tags: [...scores].map(([word, score]) => ({ word, score })) });
  }
  if (told.length > 0) await saveTold(model.name, told);
  return told.length;
}

/** A model's words of which none has changed, what it was taught of them, and the lines above which they are told. */
export async function nameVocabulary(model: ClipModel): Promise<string> {
  const [words, taught] = [await vocabularyOf(model), await taughtWords(model)];
  const biases = [...taught.values()].map(({ bias }) => bias);
  const name = createHash("sha256").update(JSON.stringify([IS_A_TAG, CARE, words, biases]));
  for (const { vector } of taught.values()) name.update(vector);
  return name.digest("hex").slice(0, 12);
}
