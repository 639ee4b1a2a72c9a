import { toAppError } from "@/lib/errors";
import { log } from "@/lib/log";

/** Often enough that no proxy takes the connection for dead. */
const HEARTBEAT_MS = 15_000;

/**
 * Values as server-sent events, one `data:` line of JSON each, with comments as heartbeats in between.
 * @param stop called when the reader leaves; it must end the values.
 */
export function eventStream(values: AsyncGenerator<unknown>, stop: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let heartbeat: NodeJS.Timeout;
  let left = false;
  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => left || controller.enqueue(encoder.encode(text));
      heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
      try {
        for await (const value of values) send(`data: ${JSON.stringify(value)}\n\n`);
      } catch (thrown) {
        // The reader's EventSource connects again by itself and then gets the plain answer.
        log("api").debug({ code: toAppError(thrown).code, err: thrown }, "a job's news broke off");
      }
      clearInterval(heartbeat);
      if (!left) controller.close();
    },
    cancel() {
      left = true;
      clearInterval(heartbeat);
      stop();
    },
  });
}
