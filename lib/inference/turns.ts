/** Who works next: those who wait get a worker in the order in which they came. */
export interface Turns<T> {
  /** @throws the signal's reason where it is aborted first; AbortError once closed. */
  take(signal?: AbortSignal): Promise<T>;
  give(worker: T): void;
  waiting(): number;
  /** Turns away those who wait. */
  close(): void;
}

interface Waiting<T> {
  readonly start: (worker: T) => void;
  readonly refuse: (reason: unknown) => void;
}

export function makeTurns<T>(workers: readonly T[]): Turns<T> {
  const idle = [...workers];
  const line: Waiting<T>[] = [];
  let closed = false;
  const shut = () => new DOMException("the devices are closed", "AbortError");
  return {
    take(signal) {
      if (closed) return Promise.reject(shut());
      if (signal?.aborted) return Promise.reject(signal.reason);
      const worker = idle.shift();
      if (worker !== undefined) return Promise.resolve(worker);
      return new Promise((resolve, reject) => {
        const leave = () => {
          line.splice(line.indexOf(waiting), 1);
          reject(signal?.reason);
        };
        const waiting: Waiting<T> = {
          start(next) {
            signal?.removeEventListener("abort", leave);
            resolve(next);
          },
          refuse(reason) {
            signal?.removeEventListener("abort", leave);
            reject(reason);
          },
        };
        line.push(waiting);
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
    give(worker) {
      const next = line.shift();
      if (next) next.start(worker);
      else idle.push(worker);
    },
    waiting: () => line.length,
    close() {
      closed = true;
      for (const { refuse } of line.splice(0)) refuse(shut());
    },
  };
}
