import { env } from "../env";
import { log } from "../log";
import { bundledHost } from "./bundled-host";
import { chooseDevices, type DeviceChoice } from "./choose-devices";
import { type DeviceHost, type DeviceState, openDeviceHost } from "./device-host";
import { memoryBudget } from "./memory-budget";
import { probeDevice } from "./probe-devices";
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from "./tasks";
import { makeTurns, type Turns } from "./turns";

export interface InferOptions<N extends TaskName> {
  /** Aborting gives the caller back at once; the host stops within one call of a network. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress<N>) => void;
}

interface Devices {
  readonly choice: DeviceChoice;
  readonly budgetBytes: number;
  readonly hosts: readonly DeviceHost[];
  readonly turns: Turns<DeviceHost>;
}

const KEY = Symbol.for("mosaiq.inference");
const shared = globalThis as { [KEY]?: Promise<Devices> };

/**
 * Runs a task on a device, in a process of its own; tasks wait for their turn. A host that dies is restarted and the
 * task begun anew, once.
 * @throws what the task threw, with its name, code and details · host_crashed · device_lost · the signal's reason.
 */
export async function infer<N extends TaskName>(
  task: N,
  input: TaskInput<N>,
  { signal, onProgress }: InferOptions<N> = {},
): Promise<TaskOutput<N>> {
  signal?.throwIfAborted();
  const { turns } = await devices();
  const host = await turns.take(signal);
  const work = host
    .run({
      ...{ task, input },
      ...(signal && { signal }),
      ...(onProgress && { onProgress: (value) => onProgress(value as TaskProgress<N>) }),
    })
    .finally(() => turns.give(host));
  return (await unlessAborted(work, signal)) as TaskOutput<N>;
}

/** What there is to draw with; chooses the devices where that was not yet done. */
export async function chosenDevices(): Promise<DeviceChoice> {
  return (await devices()).choice;
}

export interface InferenceDescription extends DeviceChoice {
  /** For the models of each host. */
  readonly budgetBytes: number;
  /** Tasks that wait. */
  readonly waiting: number;
  readonly hosts: readonly DeviceState[];
}

/** What is in memory, and where. Starts no host. */
export async function describeInference(): Promise<InferenceDescription> {
  const { choice, budgetBytes, hosts, turns } = await devices();
  return { ...choice, budgetBytes, waiting: turns.waiting(), hosts: hosts.map((host) => host.state()) };
}

/** Ends the hosts and whatever they are doing, which is then rejected as aborted. */
export async function closeInference(): Promise<void> {
  const open = shared[KEY];
  delete shared[KEY];
  const opened = await open?.catch(() => undefined);
  opened?.turns.close();
  for (const host of opened?.hosts ?? []) host.close();
}

function devices(): Promise<Devices> {
  if (!shared[KEY]) {
    const opening = open();
    // What failed to open may be put right.
    opening.catch(() => {
      if (shared[KEY] === opening) delete shared[KEY];
    });
    shared[KEY] = opening;
  }
  return shared[KEY];
}

async function open(): Promise<Devices> {
  const { INFERENCE_DEVICE, INFERENCE_MEMORY_MB, CPU_THREADS } = env();
  const file = await bundledHost();
  const choice = await chooseDevices(INFERENCE_DEVICE, (kind) => probeDevice(file, kind));
  const budgetBytes = Math.floor(memoryBudget(INFERENCE_MEMORY_MB) / choice.devices.length);
  log("inference").info({ ...choice, budgetBytes }, "devices chosen");
  const hosts = choice.devices.map((device) =>
    openDeviceHost(file, {
      device: { ...device, ...(CPU_THREADS && { threads: CPU_THREADS }) },
      budgetBytes,
    }),
  );
  return { choice, budgetBytes, hosts, turns: makeTurns(hosts) };
}

/** Gives an aborted caller back while the work finds its end. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
