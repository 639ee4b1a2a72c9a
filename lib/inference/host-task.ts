import type { TaskModels } from "./host-models";
import type { TaskInput, TaskName, TaskOutput, TaskProgress } from "./tasks";

/** What a task works with. */
export interface TaskTools<Progress> {
  readonly models: TaskModels;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Does one task; "restart" where another process must, which has done nothing of it. */
export type TaskHandler<N extends TaskName> = (
  input: TaskInput<N>,
  tools: TaskTools<TaskProgress<N>>,
) => Promise<TaskOutput<N> | "restart">;
