import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import { type Decoder, loadDecoders as startDecoders } from "@/lib/qr/jury/decoders";
import { jsqrThread } from "./jsqr-thread";

let decoders: Promise<readonly Decoder[]> | null = null;

/**
 * The jury's readers for this thread, started on first use from the WebAssembly files in node_modules; jsQR has a
 * thread of its own where there is a second core.
 * A failed start is not kept, so that the next call tries again.
 */
export function loadDecoders(): Promise<readonly Decoder[]> {
  decoders ??= start().catch((error: unknown) => {
    decoders = null;
    throw error;
  });
  return decoders;
}

async function start(): Promise<readonly Decoder[]> {
  const [zxing, zbar] = await Promise.all([
    readPackageFile("zxing-wasm/reader/zxing_reader.wasm"),
    readPackageFile("@undecaf/zbar-wasm/dist/zbar.wasm"),
  ]);
  return startDecoders({ zxing, zbar, ...(availableParallelism() > 1 && { jsqr: jsqrThread() }) });
}

/**
 * Reads a file that a package exports. Where the bundle has been moved away from its node_modules, the
 * working folder's are asked.
 */
async function readPackageFile(specifier: string): Promise<ArrayBuffer> {
  const bytes = await readFile(resolve(specifier));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

function resolve(specifier: string): string {
  try {
    return createRequire(import.meta.url).resolve(specifier);
  } catch {
    return createRequire(path.join(process.cwd(), "package.json")).resolve(specifier);
  }
}
