import type { HostState } from "./messages";
import type { GenerateInput, TaskInput, TaskName } from "./tasks";

/** The sessions that a task needs: tasks with the same key share them, whatever else they ask for. */
export interface Session {
  /** As hosts tell it of their residents: a path. */
  readonly model: string;
  readonly key: string;
}

const KEYS: { readonly [N in TaskName]?: (input: TaskInput<N>) => Session } = {
  generate: diffusionSession,
  upscale: ({ model }) => ({ model, key: JSON.stringify({ model }) }),
};

/** Null for tasks that need no sessions worth waiting for. */
export function sessionOf<N extends TaskName>(task: N, input: TaskInput<N>): Session | null {
  return KEYS[task]?.(input) ?? null;
}

function diffusionSession({ model, controls, ...input }: GenerateInput): Session {
  const { prediction, vae, preview, loras, embeddings, precision } = input;
  const controlNets = [...new Set(controls?.map((control) => control.model))];
  return {
    model,
    key: JSON.stringify({ model, prediction, vae, preview, loras, embeddings, precision, controlNets }),
  };
}

/**
 * What a host holds after an answer, the last used last: of each model as many sessions as it says that it has, since
 * it lets the least recently used go first. A wrong guess costs a loading, never a wrong picture.
 * @param used what it worked with; null where it failed, and may not have got so far.
 */
export function sessionsAfter(
  held: readonly Session[],
  used: Session | null,
  residents: HostState["residents"],
): readonly Session[] {
  const served = used ? [...held.filter(({ key }) => key !== used.key), used] : held;
  return served.filter(({ model }, i) => {
    const later = served.slice(i + 1).filter((other) => other.model === model).length;
    return later < residents.filter((resident) => resident.model === model).length;
  });
}
