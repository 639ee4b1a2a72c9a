import path from "node:path";
import { EngineError } from "../engine-error";

const PICKLE_NAMES = new Set([".ckpt", ".pt", ".pth", ".bin", ".pkl", ".pickle"]);

/**
 * Pickle files are programs: opening one runs whatever its maker put inside.
 * @param head  the file's first bytes, at least nine where it has them.
 * @throws EngineError weights_pickle: why, and what to do.
 */
export function refusePickle(file: string, head: Uint8Array): void {
  if (!PICKLE_NAMES.has(path.extname(file).toLowerCase()) && !startsLikePickle(head)) return;
  throw new EngineError(
    "weights_pickle",
    `${path.basename(file)} is a pickle file: opening one can run any program hidden in it. ` +
      "Download the .safetensors version of this model, or convert it on a machine you can lose.",
    { file },
  );
}

/** PyTorch's archive (a zip) or a bare pickle of protocol 2 to 5; a safetensors header has its { at byte 8. */
function startsLikePickle(head: Uint8Array): boolean {
  if (head[8] === 0x7b) return false;
  const [a, b, c, d] = head;
  const zip = a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04;
  return zip || (a === 0x80 && b !== undefined && b >= 2 && b <= 5);
}
