import { createHash } from "node:crypto";
import { z } from "zod";
import { hashFile } from "@/lib/drawing/hash-file";
import { AppError } from "@/lib/errors";
import { MAX_LORA_BYTES } from "@/lib/models/own-loras/lora-limits";
import { parseInput } from "@/lib/parse-input";
import { MAX_PICTURE_BYTES } from "@/lib/pictures/picture-limits";
import { withBodyFile } from "@/lib/uploads/with-body-file";
import { readJson, readUpload } from "../_body";
import { type Endpoint, FILE, WEIGHTS } from "./_endpoint";

/** Room for a painted mask, the largest thing that a scenario is told. */
const MAX_BODY_BYTES = 512 * 1024;

const WEIGHTS_LIMIT = {
  mostBytes: MAX_LORA_BYTES,
  tooLarge: () => new AppError("lora_too_large", { details: { limit: MAX_LORA_BYTES / 1024 / 1024 } }),
};

/** A body as its endpoint wants it, and what tells it from any other: worked out only where somebody asks. */
interface ReadBody {
  readonly body: unknown;
  readonly told: () => Promise<unknown>;
}

/**
 * Reads a request's body as its endpoint says: JSON by its schema, a picture into memory, weights onto the disk for as long as
 * `use` works with them.
 * @throws AppError input_invalid · picture_too_large · lora_too_large · disk_full; whatever `use` throws
 */
export async function withBody<T>(
  { body: wanted }: Endpoint,
  request: Request,
  use: (read: ReadBody) => Promise<T>,
): Promise<T> {
  if (wanted instanceof z.ZodType) {
    const came = await readJson(request, MAX_BODY_BYTES);
    // As it came: what a schema adds to it may be another tomorrow.
    return use({ body: parseInput(wanted, came), told: async () => came });
  }
  if (wanted === FILE) {
    const file = await readUpload(request, MAX_PICTURE_BYTES);
    // Not the form: its boundaries are others every time.
    const told = async () => [file.name, createHash("sha256").update(file.bytes).digest("hex")];
    return use({ body: file, told });
  }
  if (wanted === WEIGHTS)
    return withBodyFile(request, WEIGHTS_LIMIT, (file) => use({ body: file, told: () => hashFile(file) }));
  return use({ body: undefined, told: async () => null });
}
