import cliTruncate from "cli-truncate";
import { messages } from "./messages/messages";

/** One line on a terminal's stderr that is written over and over; nothing where there is no terminal. */
export interface ProgressLine {
  say(text: string): void;
  clear(): void;
}

export function openProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const write = (text: string): void => {
    // Less by one: of a character that is two columns wide the second may be the last.
    if (stream.isTTY) stream.write(`\r\x1b[K${cliTruncate(text, (stream.columns || 80) - 1)}`);
  };
  return { say: write, clear: () => write("") };
}

/** "step 3 of 20, 2.4 s each, 41 s left"; @param eachMs null where it is not known yet. */
export function describeStep(step: number, of: number, eachMs: number | null): string {
  const told = messages().progress;
  if (eachMs === null) return told.step(step, of);
  const eachS = eachMs / 1000;
  const left = Math.ceil(eachS * (of - step));
  return told.timedStep(step, of, eachS.toFixed(eachS < 10 ? 1 : 0), left);
}

/** Interrupts within this time of the first are the same one: a terminal tells it to every process of a command. */
const SAME_INTERRUPT_MS = 1000;

/** The process's exit status where a person stopped it. */
export const INTERRUPTED = 130;

/** Aborts at Ctrl-C, so that work ends cleanly; a second one ends the process. */
export function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  let firstMs = 0;
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (!controller.signal.aborted) firstMs = performance.now();
      else if (performance.now() - firstMs > SAME_INTERRUPT_MS) process.exit(INTERRUPTED);
      controller.abort();
    });
  return controller.signal;
}
