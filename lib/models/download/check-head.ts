import { open } from "node:fs/promises";
import path from "node:path";
import { refusePickle } from "../../engine/safetensors/refuse-pickle";
import { AppError } from "../../errors";
import type { RemoteFile } from "../sources/model-source";
import type { PartFile } from "./part-file";

/** Eight bytes of a length, and the brace that begins a .safetensors file's header. */
export const HEAD_BYTES = 9;
const BRACE = 0x7b;

/**
 * Looks at a file's first bytes while the rest of it is still on its way, so that gigabytes of something else need not come.
 * @throws EngineError weights_pickle · AppError model_page_instead, model_differs
 */
export async function checkHead(part: PartFile, remote: RemoteFile): Promise<void> {
  const file = path.posix.basename(remote.path);
  if (!file.endsWith(".safetensors")) return;
  const head = await readHead(part.path);
  refusePickle(file, head);
  if (head[8] === BRACE) return;
  if (/^\s*</.test(head.toString("latin1")))
    throw new AppError("model_page_instead", { details: { host: remote.url.host, file } });
  throw new AppError("model_differs", { details: { file } });
}

/** Behind which byte its header is there as a whole; null for what has none. */
export async function headerEnd(part: PartFile, remote: RemoteFile): Promise<number | null> {
  if (!remote.path.endsWith(".safetensors")) return null;
  const length = (await readHead(part.path)).readBigUInt64LE();
  // Longer than any file of weights: whoever reads it in the end will say what is wrong.
  return length > 2n ** 40n ? null : 8 + Number(length);
}

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    return (await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)).buffer;
  } finally {
    await handle.close();
  }
}
