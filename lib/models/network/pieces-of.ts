import type { IncomingMessage } from "node:http";

/** So much may wait to be written before the sender is held back. */
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * What arrives, piece by piece; where the line breaks, first everything that arrived before it did. Reading the stream
 * itself would lose what it still holds then, on slow disks megabytes of it. Call it before anything else is waited for.
 */
export function piecesOf(answer: IncomingMessage): AsyncIterable<Buffer> {
  const waiting: Buffer[] = [];
  let waitingBytes = 0;
  let end: { error?: unknown } | null = null;
  let wake = () => {};
  const settle = (how: { error?: unknown }) => {
    end ??= how;
    wake();
  };
  answer.on("data", (piece: Buffer) => {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= MOST_WAITING_BYTES) answer.pause();
    wake();
  });
  answer.on("end", () => settle({}));
  answer.on("error", (error) => settle({ error }));
  answer.on("close", () => settle({ error: new Error("the connection was closed") }));
  return {
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const piece = waiting.shift();
        if (piece) {
          waitingBytes -= piece.length;
          if (waitingBytes < MOST_WAITING_BYTES) answer.resume();
          yield piece;
        } else if (end) {
          if ("error" in end) throw end.error;
          return;
        } else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
