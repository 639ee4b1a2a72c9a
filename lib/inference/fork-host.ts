import { type ChildProcess, fork } from "node:child_process";
import type { FromHost, HostConfig, ToHost } from "./messages";

/** A running host process. Nothing that it does keeps this process alive unless `hold` says so. */
export interface HostProcess {
  readonly pid: number | null;
  send(message: ToHost): void;
  /** What hears its messages from now on, and how it ended: a signal's name or an exit status. */
  listen(onMessage: (message: FromHost) => void, onEnd: (how: string) => void): void;
  hold(on: boolean): void;
  /** Ends it at once; `onEnd` follows. */
  kill(): void;
}

/** No host outlives this process: its exit ends them, and where it cannot, they end when the channel closes. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export function forkHost(file: string, config: HostConfig): HostProcess {
  const child = forkProgram(file, JSON.stringify(config));
  let onMessage: ((message: FromHost) => void) | undefined;
  let onEnd: ((how: string) => void) | undefined;
  let ended: string | undefined;
  const end = (how: string) => {
    if (ended !== undefined) return;
    ended = how;
    onEnd?.(how);
  };
  child.on("message", (message) => onMessage?.(message as FromHost));
  child.on("error", (error) => end(error.message));
  child.on("exit", (status, signal) => end(signal ?? `status ${status}`));
  return {
    pid: child.pid ?? null,
    send: (message) => {
      // Where it fails, the process has ended, and `onEnd` tells.
      if (child.connected) child.send(message, () => {});
    },
    listen(message, endOf) {
      onMessage = message;
      onEnd = endOf;
      if (ended !== undefined) endOf(ended);
    },
    hold(on) {
      if (on) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    kill: () => child.kill("SIGKILL"),
  };
}

/** Forks the bundled host with one argument: its configuration, or `probe:<kind>`. */
export function forkProgram(file: string, argument: string, quiet = false): ChildProcess {
  const child = fork(file, [argument], {
    // A loader or an inspector of this process has no business there.
    execArgv: [],
    // So that pictures cross as they are.
    serialization: "advanced",
    // What this process writes to stdout is its own: commands print results there.
    stdio: quiet ? ["ignore", "ignore", "ignore", "ipc"] : ["ignore", 2, 2, "ipc"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}
