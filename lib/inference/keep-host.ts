import { log } from "../log";
import { forkHost, type HostProcess } from "./fork-host";
import type { HostConfig } from "./messages";

/** A host process that is there when it is needed. */
export interface KeptHost {
  /** The running one, or a new one; it keeps this process alive until `rest`. */
  use(): HostProcess;
  /** Nothing to do for now: the process ends after a while. */
  rest(): void;
  end(): void;
  /** The process's number; null where there is none. */
  pid(): number | null;
}

/** Memory is given back when nobody draws for so long. */
const IDLE_MS = 10 * 60_000;

/** @param onGone the process has ended, and with it what it held. */
export function keepHost(file: string, config: HostConfig, onGone: () => void): KeptHost {
  let host: HostProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  const forget = () => {
    clearTimeout(idle);
    host = undefined;
    onGone();
  };
  const end = () => {
    host?.kill();
    forget();
  };
  return {
    use() {
      clearTimeout(idle);
      host ??= forkHost(file, config);
      host.hold(true);
      return host;
    },
    rest() {
      const resting = host;
      if (!resting) return;
      resting.hold(false);
      resting.listen(
        () => {},
        (how) => {
          if (host !== resting) return;
          log("inference").warn({ how }, "an idle host ended");
          forget();
        },
      );
      idle = setTimeout(end, IDLE_MS).unref();
    },
    end,
    pid: () => host?.pid ?? null,
  };
}
