import type { Probed } from "./choose-devices";
import { forkProgram } from "./fork-host";

const PROBE_MS = 30_000;

/**
 * Whether a kind of device works, told by a process of its own: a driver that crashes takes down only that.
 * @param file the host's program.
 */
export function probeDevice(file: string, kind: "cuda" | "webgpu"): Promise<Probed> {
  return new Promise((resolve) => {
    const child = forkProgram(file, `probe:${kind}`, true);
    const timer = setTimeout(() => child.kill("SIGKILL"), PROBE_MS);
    const settle = (probed: Probed) => {
      clearTimeout(timer);
      resolve(probed);
    };
    child.once("message", (message) => settle(message as Probed));
    child.once("error", (error) => settle({ works: false, why: error.message }));
    child.once("exit", (status, signal) =>
      settle({ works: false, why: `the probe ended with ${signal ?? `status ${status}`}` }),
    );
  });
}
