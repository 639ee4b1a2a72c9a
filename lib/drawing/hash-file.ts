import { createHash } from "node:crypto";
import { type FileHandle, open, stat } from "node:fs/promises";

/**
 * A file's SHA-256 in hexadecimal; null for a folder, which has none of its own. Of LoRAs people hash what follows the
 * header, so that a changed description leaves it.
 * @source https://github.com/kohya-ss/sd-scripts (addnet_hash_safetensors)
 */
export async function hashFile(file: string, part: "whole" | "tensors" = "whole"): Promise<string | null> {
  if ((await stat(file)).isDirectory()) return null;
  const handle = await open(file);
  try {
    const hash = createHash("sha256");
    const start = part === "whole" ? 0 : await endOfHeader(handle);
    for await (const chunk of handle.createReadStream({ start, autoClose: false, highWaterMark: 1 << 20 }))
      hash.update(chunk);
    return hash.digest("hex");
  } finally {
    await handle.close();
  }
}

async function endOfHeader(handle: FileHandle): Promise<number> {
  const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0);
  return 8 + Number(buffer.readBigUInt64LE());
}
