import { env } from "../env";
import { AppError } from "../errors";
import { log } from "../log";
import { bundledHost } from "./bundled-host";
import { chooseDevices, type DeviceChoice } from "./choose-devices";
import { type DeviceHost, type DeviceState, openDeviceHost } from "./device-host";
import { memoryBudget } from "./memory-budget";
import { probeDevice } from "./probe-devices";
import { sessionOf } from "./sessions";
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from "./tasks";
import { makeTurns, type Turns } from "./turns";

export interface InferOptions<N extends TaskName> {
  /** Aborting gives the caller back at once; the host stops within one call of a network. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress<N>) => void;
}

interface Devices {
  /** The hosts' program. */
  readonly file: string;
  /** For the models of each host. */
  readonly budgetBytes: number;
  readonly turns: Turns<DeviceHost>;
  /** Both change when a device is lost. */
  choice: DeviceChoice;
  hosts: readonly DeviceHost[];
}

const KEY = Symbol.for("mosaiq.inference");
const shared = globalThis as { [KEY]?: Promise<Devices> };

/**
 * Runs a task on a device, in a process of its own; tasks wait for their turn. A host that dies, or whose device is
 * lost, is restarted and the task begun anew, once. What is then given up may be tried again: where devices were found
 * rather than named, the next task is drawn on what is found by then, be it the CPU.
 * @throws what the task threw, with its name, code and details · host_crashed · device_lost · the signal's reason.
 */
export async function infer<N extends TaskName>(
  task: N,
  input: TaskInput<N>,
  { signal, onProgress }: InferOptions<N> = {},
): Promise<TaskOutput<N>> {
  signal?.throwIfAborted();
  const opened = await devices();
  const session = sessionOf(task, input);
  const suits = (idle: DeviceHost) => idle.holds(session);
  const host = await opened.turns.take({ suits, ...(signal && { signal }) });
  const work = host.run({
    ...{ task, input },
    ...(signal && { signal }),
    ...(onProgress && { onProgress: (value) => onProgress(value as TaskProgress<N>) }),
  });
  const next = work.then(
    () => host,
    (error) => successorOf(host, opened, error),
  );
  void next.then(opened.turns.give);
  return (await unlessAborted(work, signal)) as TaskOutput<N>;
}

/** Who works on: the same host or, where it lost a device that was found, one for the device that is found now. */
async function successorOf(host: DeviceHost, opened: Devices, error: unknown): Promise<DeviceHost> {
  const isLost = error instanceof AppError && error.code === "device_lost";
  if (!isLost || opened.choice.by === "setting") return host;
  const choice = await choose(opened.file).catch((err) => {
    log("inference").warn({ err }, "the devices cannot be probed");
    return opened.choice;
  });
  const [device] = choice.devices;
  const isOpen = shared[KEY] && (await shared[KEY].catch(() => null)) === opened;
  if (!isOpen || !device || device.kind === host.state().device.kind) return host;
  log("inference").warn(choice, "a device was lost, another one is used");
  host.close();
  const successor = openHost(opened.file, device, opened);
  opened.choice = choice;
  opened.hosts = opened.hosts.map((one) => (one === host ? successor : one));
  return successor;
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
  const file = await bundledHost();
  const choice = await choose(file);
  const budgetBytes = Math.floor(memoryBudget(env().INFERENCE_MEMORY_MB) / choice.devices.length);
  log("inference").info({ ...choice, budgetBytes }, "devices chosen");
  const hosts = choice.devices.map((device) => openHost(file, device, { choice, budgetBytes }));
  return { file, choice, budgetBytes, hosts, turns: makeTurns(hosts) };
}

const choose = (file: string): Promise<DeviceChoice> =>
  chooseDevices(env().INFERENCE_DEVICE, (kind) => probeDevice(file, kind));

function openHost(
  file: string,
  device: DeviceChoice["devices"][number],
  { choice, budgetBytes }: Pick<Devices, "choice" | "budgetBytes">,
): DeviceHost {
  const { CPU_THREADS } = env();
  const config = { device: { ...device, ...(CPU_THREADS && { threads: CPU_THREADS }) }, budgetBytes };
  return openDeviceHost(file, config, choice.by === "probe");
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
