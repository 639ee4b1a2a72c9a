import { damagedPicture } from "./png-chunks";

/**
 * Inflates a zlib stream, and stops where it grows past a limit, whatever it would grow to.
 * @throws EngineError parameters_damaged past the limit, or for what is no zlib stream.
 */
export async function inflateBounded(compressed: Uint8Array, limitBytes: number): Promise<Uint8Array> {
  const stream = new Blob([compressed.slice()]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      pieces.push(value);
      size += value.length;
      if (size > limitBytes) break;
    }
  } catch (cause) {
    damagedPicture("its compressed text can't be inflated", cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
  if (size > limitBytes) damagedPicture(`its compressed text is longer than ${limitBytes} bytes`);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
