import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";

/** What a program was answered: JSON, or nothing. */
export interface PlainAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string | null;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A mark of a text that says nothing of it to whoever lacks the secret; hex. */
export const markOf = (secret: Buffer, purpose: string, text: string): string =>
  createHmac("sha256", secret).update(`${purpose}:${text}`).digest("hex");

const keyOf = (secret: Buffer) => createHmac("sha256", secret).update("answer").digest();

/**
 * An answer as the database keeps it. Some of what programs are told is told once (a link's address), so that who reads the
 * database can open nothing: neither can they here.
 * @param name what was answered: sealed for one request, it opens for no other.
 */
export function sealAnswer(secret: Buffer, name: string, answer: PlainAnswer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), iv).setAAD(Buffer.from(name));
  const sealed = [cipher.update(JSON.stringify(answer), "utf8"), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString("base64");
}

/** @throws Error for what was not sealed so. */
export function openAnswer(secret: Buffer, name: string, kept: string): PlainAnswer {
  const bytes = Buffer.from(kept, "base64");
  const [iv, rest] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES)];
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), iv, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(name))
    .setAuthTag(rest.subarray(0, TAG_BYTES));
  const text = [decipher.update(rest.subarray(TAG_BYTES)), decipher.final()];
  return JSON.parse(Buffer.concat(text).toString("utf8"));
}
