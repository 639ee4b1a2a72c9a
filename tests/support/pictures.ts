import { rm } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll } from "vitest";
import { forgetRates } from "@/lib/accounts/limit-rate";
import { type Owner, ownerFromRow } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { insertGuest, saveAccount } from "@/lib/db/users";
import { onBothDatabases } from "./databases";

/**
 * Declares the same tests on both kinds of databases, with files. Storage is opened once in a process, in the
 * first database's folder, and is taken away at the very end.
 */
export function onBothWithFiles(
  name: string,
  declare: () => void,
  options: Parameters<typeof onBothDatabases>[2] = {},
): void {
  const folders: string[] = [];
  onBothDatabases(
    name,
    (database) => {
      beforeAll(() => {
        folders.push(database.dataDir);
        forgetRates();
      });
      declare();
    },
    options,
  );
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
}

export async function someGuest(): Promise<Owner> {
  return ownerFromRow(await insertGuest());
}

let people = 0;

/** A new account; its password can't be known. */
export async function someAccount(email = `person-${++people}@example.com`): Promise<Owner> {
  const row = await saveAccount(null, { email });
  if (!row) throw new Error(`${email} is taken`);
  return ownerFromRow(row);
}

/** A picture of noise: no two are alike, and each takes real decoding. */
export function noise(width = 64, height = 48): Sharp {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#777",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  });
}

export async function pictureFile(
  name = "holiday.jpg",
  { width = 64, height = 48, format = "jpeg" as "jpeg" | "png" | "webp" | "avif" | "gif" } = {},
): Promise<{ bytes: Buffer; name: string }> {
  return { bytes: await noise(width, height).toFormat(format).toBuffer(), name };
}

/** Two frames: all red, then all blue. */
export async function animation(format: "gif" | "webp" | "png"): Promise<Buffer> {
  const [red, blue] = await Promise.all(
    ["#ff0000", "#0000ff"].map((background) =>
      sharp({ create: { width: 64, height: 48, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  );
  if (format === "png") return announceFrames(red!);
  return sharp([red!, blue!], { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG with the chunk that announces more frames than the one in it. */
function announceFrames(still: Buffer): Buffer {
  const afterHeader = 8 + 25;
  const control = Buffer.from("000000086163544c0000000200000000f38d9370", "hex");
  return Buffer.concat([still.subarray(0, afterHeader), control, still.subarray(afterHeader)]);
}

/** A running job's row, as the queue would have left it. */
export function someJob(owner: Owner, idempotencyKey = crypto.randomUUID()) {
  return db().job.create({
    data: { ownerId: owner.id, scenario: "qr-picture", input: {}, idempotencyKey, state: "running" },
  });
}

/** The code of the AppError that a promise ends with; anything else is a failure of the test. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
    throw error;
  }
  return "no error";
}
