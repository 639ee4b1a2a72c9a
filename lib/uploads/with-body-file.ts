import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { AppError } from "../errors";
import { draftFolder } from "./draft-store";

interface Limit {
  readonly mostBytes: number;
  /** What to say of more. */
  readonly tooLarge: () => AppError;
}

/**
 * Writes a request's body to this node's disk, for as long as `use` works with the file: what may be as large as memory.
 * It lies where uploads lie, so that what a crash leaves behind goes when they do.
 * @throws AppError of `tooLarge`, disk_full; whatever `use` throws
 */
export async function withBodyFile<T>(
  request: Request,
  { mostBytes, tooLarge }: Limit,
  use: (file: string) => Promise<T>,
): Promise<T> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge();
  await mkdir(draftFolder(), { recursive: true });
  const file = path.join(draftFolder(), `body-${randomBytes(16).toString("hex")}`);
  try {
    await pipeline(
      limited(request, mostBytes, tooLarge),
      createWriteStream(file, { flags: "wx", mode: 0o600 }),
    );
    return await use(file);
  } finally {
    await rm(file, { force: true });
  }
}

async function* limited({ body }: Request, mostBytes: number, tooLarge: () => AppError) {
  const reader = body?.getReader();
  let sizeBytes = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    sizeBytes += part.value.length;
    if (sizeBytes > mostBytes) throw tooLarge();
    yield part.value;
  }
}
