import { AppError } from "../errors";
import { log } from "../log";
import type { HostProcess } from "./fork-host";
import { keepHost } from "./keep-host";
import { type FromHost, fromRecord, type HostConfig, type HostState } from "./messages";
import { type Session, sessionOf, sessionsAfter } from "./sessions";
import type { TaskInput, TaskName } from "./tasks";

export interface Call {
  readonly task: TaskName;
  readonly input: TaskInput<TaskName>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: unknown) => void;
}

export interface DeviceState extends HostState {
  readonly device: HostConfig["device"];
  readonly process: "none" | "idle" | "busy";
  /** The process's number; null where there is none. */
  readonly pid: number | null;
}

/** A device and the process that serves it, which may be another one from task to task. */
export interface DeviceHost {
  /** @throws as `infer`; one call at a time. */
  run(call: Call): Promise<unknown>;
  /** Whether a session is in its memory. */
  holds(session: Session | null): boolean;
  state(): DeviceState;
  close(): void;
}

/** A host that was told to stop and does not is stuck in its device. */
const CANCEL_MS = 30_000;
/** Deaths of a host that a task survives. */
const DEATHS = 1;

const NOTHING: HostState = { residents: [], memoryBytes: 0 };

type Failed = Extract<FromHost, { kind: "failed" }>;
type Answer =
  | Failed
  | Extract<FromHost, { kind: "done" | "restart" }>
  | { readonly kind: "died"; readonly how: string };

/**
 * Starts no process before it is needed.
 * @param file the host's program.
 * @param works whether the device is known to work: where it then is not there, it was lost.
 */
export function openDeviceHost(file: string, config: HostConfig, works: boolean): DeviceHost {
  let worked = works;
  let state = NOTHING;
  let sessions: readonly Session[] = [];
  let busy = false;
  let closed = false;
  const kept = keepHost(file, config, () => {
    state = NOTHING;
    sessions = [];
  });

  const remember = ({ task, input }: Call, answer: Answer): void => {
    if (!("state" in answer)) return;
    const used = answer.kind === "done" ? sessionOf(task, input) : null;
    state = answer.state;
    sessions = sessionsAfter(sessions, used, state.residents);
    // What is lost was there.
    worked ||= answer.kind === "done" || answer.error.code === "device_lost";
  };

  /** Asks until there is an answer that is the caller's. */
  const ask = async (call: Call): Promise<unknown> => {
    let deaths = 0;
    let heard = 0;
    for (;;) {
      if (closed) throw new DOMException("the devices are closed", "AbortError");
      call.signal?.throwIfAborted();
      // Begun anew, a task tells the same again: what the caller has heard is not repeated.
      const { answer, progressed } = await askOnce(kept.use(), call, heard);
      heard = progressed;
      remember(call, answer);
      if (answer.kind === "done") return answer.output;
      const how = deathIn(answer, worked);
      if (how !== null || answer.kind === "restart") kept.end();
      if (answer.kind === "restart" || closed || call.signal?.aborted) continue;
      if (how === null) throw fromRecord((answer as Failed).error);
      log("inference").warn({ how, task: call.task, device: config.device.kind }, "a host died at work");
      if (++deaths > DEATHS) throw giveUp(config, call.task, how);
    }
  };

  return {
    async run(call) {
      busy = true;
      try {
        return await ask(call);
      } finally {
        busy = false;
        kept.rest();
      }
    },
    holds: (session) => sessions.some(({ key }) => key === session?.key),
    state() {
      const pid = kept.pid();
      return {
        ...{ device: config.device, pid, ...state },
        process: busy ? "busy" : pid === null ? "none" : "idle",
      };
    },
    close() {
      closed = true;
      kept.end();
    },
  };
}

/** How a host ended; a device that stopped answering does so to its process for good. Null where it lives. */
function deathIn(answer: Answer, worked: boolean): string | null {
  if (answer.kind === "died") return answer.how;
  if (answer.kind !== "failed") return null;
  const { name, code, message } = answer.error;
  const lost = code === "device_lost" || (code === "device_unavailable" && worked);
  return name === "EngineError" && lost ? message : null;
}

const giveUp = ({ device }: HostConfig, task: TaskName, how: string): AppError =>
  new AppError(device.kind === "cpu" ? "host_crashed" : "device_lost", { details: { task, how } });

/** Sends a call and passes its progress on, but for the first `skip` messages, until it is answered. */
function askOnce(host: HostProcess, { task, input, signal, onProgress }: Call, skip: number) {
  return new Promise<{ answer: Answer; progressed: number }>((resolve) => {
    let heard = 0;
    let stuck: NodeJS.Timeout | undefined;
    const cancel = () => {
      host.send({ kind: "cancel" });
      stuck = setTimeout(() => host.kill(), CANCEL_MS).unref();
    };
    const settle = (answer: Answer) => {
      signal?.removeEventListener("abort", cancel);
      clearTimeout(stuck);
      resolve({ answer, progressed: Math.max(skip, heard) });
    };
    signal?.addEventListener("abort", cancel, { once: true });
    host.listen(
      (message) => {
        if (message.kind === "log") log("inference")[message.level](message.facts, message.text);
        else if (message.kind !== "progress") settle(message);
        else if (++heard > skip && !signal?.aborted) onProgress?.(message.value);
      },
      (how) => settle({ kind: "died", how }),
    );
    host.send({ kind: "run", task, input });
  });
}
