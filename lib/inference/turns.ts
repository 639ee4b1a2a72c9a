/** Who works next: those who wait get a worker in the order in which they came, or nearly. */
export interface Turns<T> {
  /**
   * An idle worker, one that suits rather than another; where none is idle, the next that is given back.
   * @throws the signal's reason where it is aborted first; AbortError once closed.
   */
  take(wish?: Wish<T>): Promise<T>;
  give(worker: T): void;
  waiting(): number;
  /** Turns away those who wait. */
  close(): void;
}

export interface Wish<T> {
  readonly signal?: AbortSignal;
  /** Whether a worker has at hand what the work needs. Asked anew whenever one is free. */
  readonly suits?: (worker: T) => boolean;
}

interface Waiting<T> {
  readonly start: (worker: T) => void;
  readonly refuse: (reason: unknown) => void;
  readonly suits: (worker: T) => boolean;
  /** How often somebody who came later went first. */
  passed: number;
}

/** Whom the free worker suits may go first; but nobody who is first in line is passed by more often than this. */
const MOST_PASSED = 4;

const shut = () => new DOMException("the devices are closed", "AbortError");

export function makeTurns<T>(workers: readonly T[]): Turns<T> {
  const idle = [...workers];
  const line: Waiting<T>[] = [];
  let closed = false;

  const waitInLine = ({ signal, suits = () => false }: Wish<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const leave = () => {
        line.splice(line.indexOf(waiting), 1);
        reject(signal?.reason);
      };
      const waiting: Waiting<T> = {
        ...{ suits, passed: 0 },
        start(worker) {
          signal?.removeEventListener("abort", leave);
          resolve(worker);
        },
        refuse(reason) {
          signal?.removeEventListener("abort", leave);
          reject(reason);
        },
      };
      line.push(waiting);
      signal?.addEventListener("abort", leave, { once: true });
    });

  return {
    async take(wish = {}) {
      if (closed) throw shut();
      wish.signal?.throwIfAborted();
      if (idle.length === 0) return waitInLine(wish);
      const suiting = wish.suits ? idle.findIndex(wish.suits) : -1;
      return idle.splice(Math.max(0, suiting), 1)[0]!;
    },
    give(worker) {
      const next = nextFor(worker, line);
      if (!next) {
        idle.push(worker);
        return;
      }
      line.splice(line.indexOf(next), 1);
      next.start(worker);
    },
    waiting: () => line.length,
    close() {
      closed = true;
      for (const { refuse } of line.splice(0)) refuse(shut());
    },
  };
}

/** The first of those whom the worker suits, else the first of all. */
function nextFor<T>(worker: T, line: readonly Waiting<T>[]): Waiting<T> | undefined {
  const first = line[0];
  if (!first || first.passed >= MOST_PASSED) return first;
  const suited = line.find(({ suits }) => suits(worker)) ?? first;
  if (suited !== first) first.passed++;
  return suited;
}
