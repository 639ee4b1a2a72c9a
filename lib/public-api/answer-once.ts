import { randomUUID } from "node:crypto";
import {
  type AnswerName,
  claimAnswer,
  dropAnswer,
  findAnswer,
  keepAnswer,
  renewAnswer,
} from "../db/kept-answers";
import { AppError } from "../errors";
import { log } from "../log";
import { markOf, openAnswer, type PlainAnswer, sealAnswer } from "./seal-answer";

/** How long the same request is answered as it was. */
export const ANSWERS_KEPT_MS = 24 * 60 * 60_000;
/** How long a request that a killed process left behind keeps others away. */
const LEASE_MS = 60_000;
/** How often a run says that it still is one. */
export const BEAT_MS = LEASE_MS / 3;
/** What who comes too early is told to wait. */
const BUSY_SECONDS = 1;

/** A request that names itself. */
export interface NamedRequest {
  readonly ownerId: string;
  readonly keyId: string;
  /** The API key's own: `KeyHolder.secret`. */
  readonly secret: Buffer;
  /** Method and address: elsewhere the same name is another one. */
  readonly door: string;
  /** As its program calls it: the `Idempotency-Key`. */
  readonly idempotencyKey: string;
  /** All that is asked; the same text exactly for the same request. */
  readonly asked: string;
}

/** What came of a request, and whether it shall be answered so again. */
export interface FreshAnswer {
  readonly answer: PlainAnswer;
  readonly isKept: boolean;
}

/**
 * Answers a request that names itself once: asked again within a day, the answer is what it was. Where it is not to be kept,
 * where `work` throws, and where its process died a minute ago, the request may be asked anew.
 * @returns also whether it was answered before.
 * @throws AppError idempotency_key_reused where the name was another request's, idempotency_key_busy while it is being
 *   answered; whatever `work` throws
 * @source https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ (07)
 */
export async function answerOnce(
  { ownerId, keyId, secret, door, idempotencyKey, asked }: NamedRequest,
  work: () => Promise<FreshAnswer>,
): Promise<PlainAnswer & { isReplayed: boolean }> {
  const which = { ownerId, keyId, name: markOf(secret, "name", `${door}\n${idempotencyKey}`) };
  const fingerprint = markOf(secret, "asked", asked);
  const claim = randomUUID();
  if (!(await claimAnswer(which, fingerprint, claim, LEASE_MS)))
    return { ...(await replay(which, fingerprint, secret)), isReplayed: true };
  const { answer, isKept } = await whileAlive(which, claim, work);
  if (isKept) await settle(keepAnswer(which, claim, sealAnswer(secret, which.name, answer), ANSWERS_KEPT_MS));
  else await settle(dropAnswer(which, claim));
  return { ...answer, isReplayed: false };
}

async function replay(which: AnswerName, fingerprint: string, secret: Buffer): Promise<PlainAnswer> {
  const kept = await findAnswer(which);
  if (kept && kept.fingerprint !== fingerprint) throw new AppError("idempotency_key_reused");
  // Without a row it was given back just now: as if this one had come a moment before.
  const answer = kept?.answer ?? null;
  if (answer === null) throw new AppError("idempotency_key_busy", { details: { seconds: BUSY_SECONDS } });
  return openAnswer(secret, which.name, answer);
}

/** Works as long as it takes, and keeps the claim meanwhile; one that failed is given back. */
async function whileAlive<T>(which: AnswerName, claim: string, work: () => Promise<T>): Promise<T> {
  const beat = setInterval(() => void settle(renewAnswer(which, claim, LEASE_MS)), BEAT_MS);
  try {
    return await work();
  } catch (thrown) {
    await settle(dropAnswer(which, claim));
    throw thrown;
  } finally {
    clearInterval(beat);
  }
}

/** What was done is told, whatever becomes of keeping it: a claim that is not settled runs out. */
const settle = (written: Promise<void>): Promise<void> =>
  written.catch((err) => log("api").warn({ err }, "an answer's row could not be written"));
