import { setTimeout as sleep } from "node:timers/promises";
import { toAppError } from "../../errors";

/** How patiently a host is asked again; tests are less patient. */
export interface Patience {
  /** Tries in a row of which none brought anything. */
  readonly tries: number;
  /** Before the second try; doubled each time, up to a minute. */
  readonly firstMs: number;
}

export const USUAL_PATIENCE: Patience = { tries: 6, firstMs: 1_000 };
const LONGEST_MS = 60_000;

/** A failure after which trying again may help, and how long the host asks to wait; without that, ever longer. */
export class TryAgain extends Error {
  constructor(
    override readonly cause: unknown,
    readonly afterMs: number | null = null,
  ) {
    super("try again", { cause });
  }
}

/**
 * Does it until it is done, or until `patience.tries` in a row brought nothing.
 * @param work   throws `TryAgain` where that may help; what else it throws is final.
 * @param brings whether the last try brought something all the same, so that counting begins anew.
 */
export async function retrying<T>(
  work: () => Promise<T>,
  { tries, firstMs }: Patience,
  signal: AbortSignal,
  brings: () => boolean = () => false,
): Promise<T> {
  for (let failures = 0; ; ) {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof TryAgain)) throw thrown;
      failures = brings() ? 1 : failures + 1;
      if (failures >= tries) throw toAppError(thrown.cause);
      // Up to a quarter more, so that those who were turned away together do not come back together.
      const backoffMs = Math.min(LONGEST_MS, firstMs * 2 ** (failures - 1)) * (1 + Math.random() / 4);
      await sleep(thrown.afterMs ?? backoffMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
