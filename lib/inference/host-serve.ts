import type { Device } from "../engine/runtime/session";
import { checkForms } from "./host-check-forms";
import { detectFaces } from "./host-detect-faces";
import { embed } from "./host-embed";
import { generate } from "./host-generate";
import { type Models, openModels } from "./host-models";
import type { TaskHandler } from "./host-task";
import { upscale } from "./host-upscale";
import { type FromHost, type HostConfig, type ToHost, toRecord } from "./messages";
import type { TaskName } from "./tasks";

const handlers: { readonly [N in TaskName]: TaskHandler<N> } = {
  ...{ generate, upscale, embed },
  "detect-faces": detectFaces,
};

const send = (message: FromHost): void => {
  // Nobody is left to hear it.
  process.send?.(message, (error: Error | null) => error && process.exit(0));
};

/** Answers calls, one at a time, until the channel closes. */
export function serve({ device, budgetBytes }: HostConfig): void {
  const opening = checkedDevice(device).then((checked) => openModels(checked, budgetBytes));
  // Every call tells of it.
  opening.catch(() => {});
  let stop: AbortController | undefined;
  process.on("message", (message: ToHost) => {
    if (message.kind === "cancel") return stop?.abort();
    stop = new AbortController();
    void answer(message, opening, stop.signal);
  });
}

async function answer(
  { task, input }: Extract<ToHost, { kind: "run" }>,
  opening: Promise<Models>,
  signal: AbortSignal,
): Promise<void> {
  let models: Models | undefined;
  const state = () => ({ residents: models?.residents() ?? [], memoryBytes: process.memoryUsage.rss() });
  try {
    models = await opening;
    const onProgress = (value: unknown) => send({ kind: "progress", value });
    // Which of them it is, the name tells; the types cannot follow.
    const handle = handlers[task] as TaskHandler<TaskName>;
    const output = await handle(input, { models: models.begin(signal), signal, onProgress });
    send(output === "restart" ? { kind: "restart" } : { kind: "done", output, state: state() });
  } catch (error) {
    send({ kind: "failed", error: toRecord(error), state: state() });
  }
}

/** The device with forms that are right on it. */
async function checkedDevice(device: Device): Promise<Device> {
  const { forms, off } = await checkForms(device);
  if (off.length > 0)
    send({
      ...{ kind: "log", level: "warn", facts: { device: device.kind, off } },
      text: "some operators are off on this device: their plain forms are used",
    });
  return { ...device, forms };
}
