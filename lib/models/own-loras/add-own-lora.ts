import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { findOwnLoraByHash, insertOwnLora, listOwnLoraRows } from "../../db/own-loras";
import { AppError } from "../../errors";
import { type ModelFacts, readModelFacts } from "../../inference/read-model-facts";
import { copySynced } from "../copy-synced";
import type { ModelView } from "../describe-model";
import { requireSpace } from "../download/free-space";
import { rethrowNaming } from "../rethrow-naming";
import { safeName } from "../safe-name";
import { describeOwnLora } from "./describe-own-lora";
import { MAX_HEADER_BYTES, MAX_LORA_BYTES, MOST_LORAS } from "./lora-limits";
import { ownLoraPath } from "./own-lora-path";

/**
 * Takes a LoRA in for its owner alone. First its header says what it is, then its file is written, synced and named, then
 * its row: a crash in between leaves a file that nobody points to. The same bytes again are the LoRA that is there.
 * @param file where it lies now; it stays there.
 * @param name as its sender calls the file.
 * @throws AppError lora_too_large, lora_too_many, lora_expected, model_no_room · EngineErrors of `readModelFacts`
 */
export async function addOwnLora(
  ownerId: string,
  { file, name }: { file: string; name: string },
): Promise<{ lora: ModelView; isNew: boolean }> {
  const { size } = await stat(file);
  if (size > MAX_LORA_BYTES)
    throw new AppError("lora_too_large", { details: { limit: MAX_LORA_BYTES / 1024 / 1024 } });
  const shown = name || "LoRA";
  await refuseVastHeader(file, shown);
  const facts = await readModelFacts(file).catch((error: unknown) => rethrowNaming(error, shown));
  if (facts.what !== "lora")
    throw new AppError("lora_expected", { details: { file: shown, seen: facts.what } });
  const sha256 = await hashOf(file);
  const present = await findOwnLoraByHash(ownerId, sha256);
  if (present) return { lora: describeOwnLora(present), isNew: false };
  const tooMany = () => new AppError("lora_too_many", { details: { limit: MOST_LORAS } });
  if ((await listOwnLoraRows(ownerId)).length >= MOST_LORAS) throw tooMany();
  const row = { id: randomUUID(), ownerId, sizeBytes: size, sha256, ...describe(shown, facts) };
  const target = ownLoraPath(row);
  await keep(file, target, size);
  const made = await insertOwnLora(row, MOST_LORAS);
  if (typeof made === "object") return { lora: describeOwnLora(made), isNew: true };
  // Several came at once: the same bytes, or one more than there may be.
  await rm(target, { force: true });
  if (made === "full") throw tooMany();
  const other = await findOwnLoraByHash(ownerId, sha256);
  if (!other) throw new AppError("not_found");
  return { lora: describeOwnLora(other), isNew: false };
}

const describe = (name: string, facts: ModelFacts) => ({
  title: safeName(path.basename(name).replace(/\.safetensors$/i, "")),
  family: facts.family,
  triggerWords: [...facts.triggerWords],
});

/** A header is read as a whole, in the process that serves everybody: one as large as the format allows would hold it up. */
async function refuseVastHeader(file: string, shown: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    // What is no header at all is told apart by whoever reads it.
    const isHeader = bytesRead === 8 && buffer.readBigUInt64LE() <= BigInt(MAX_LORA_BYTES);
    if (isHeader && buffer.readBigUInt64LE() > BigInt(MAX_HEADER_BYTES))
      throw new AppError("weights_damaged", { details: { file: shown } });
  } finally {
    await handle.close();
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk);
  return hash.digest("hex");
}

async function keep(file: string, target: string, size: number): Promise<void> {
  const draft = `${target}.draft`;
  await mkdir(path.dirname(target), { recursive: true });
  await requireSpace(path.dirname(target), size);
  try {
    await copySynced(file, draft);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
