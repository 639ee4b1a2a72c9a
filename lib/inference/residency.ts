import { EngineError } from "../engine/engine-error";

/** A model in memory. */
export interface Resident {
  readonly key: string;
  readonly sizeBytes: number;
}

/** What a process holds. */
export interface Residency {
  /** The least recently used first. */
  readonly residents: readonly Resident[];
  /** Of models released since the process began: onnxruntime keeps that memory, for what is opened next. */
  readonly releasedBytes: number;
}

export const emptyResidency: Residency = { residents: [], releasedBytes: 0 };

/** How a model comes to be in memory: it is there, the process begins anew, or it is opened once others are released. */
export type ResidencyPlan =
  | { readonly kind: "resident" }
  | { readonly kind: "restart" }
  | { readonly kind: "open"; readonly release: readonly string[] };

const totalOf = (residents: readonly Resident[]): number =>
  residents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const MB = 2 ** 20;

/**
 * Makes room for a model within a budget, at the cost of the least recently used ones. Released memory is taken up by
 * the next model, but what is beyond its need goes back to the machine with the process alone: hence the restart.
 * @throws EngineError out_of_memory where the model alone is larger than the budget.
 */
export function planResidency(
  { residents, releasedBytes }: Residency,
  wanted: Resident,
  budgetBytes: number,
): ResidencyPlan {
  if (residents.some(({ key }) => key === wanted.key)) return { kind: "resident" };
  const [needMb, budgetMb] = [Math.ceil(wanted.sizeBytes / MB), Math.floor(budgetBytes / MB)];
  if (wanted.sizeBytes > budgetBytes)
    throw new EngineError("out_of_memory", `the model needs ${needMb} MB of the ${budgetMb} MB there are`, {
      expected: budgetMb,
      got: needMb,
    });
  let released = 0;
  while (totalOf(residents.slice(released)) + wanted.sizeBytes > budgetBytes) released++;
  const out = residents.slice(0, released);
  if (releasedBytes + totalOf(out) > wanted.sizeBytes) return { kind: "restart" };
  return { kind: "open", release: out.map(({ key }) => key) };
}

/** After a model was used: it is the last to go. */
export function touch(residency: Residency, key: string): Residency {
  const others = residency.residents.filter((resident) => resident.key !== key);
  const used = residency.residents.filter((resident) => resident.key === key);
  return { ...residency, residents: [...others, ...used] };
}

/** After a model was released. */
export function drop({ residents, releasedBytes }: Residency, key: string): Residency {
  return {
    residents: residents.filter((resident) => resident.key !== key),
    releasedBytes: releasedBytes + totalOf(residents.filter((resident) => resident.key === key)),
  };
}

/** After a model was opened. */
export function admit({ residents, releasedBytes }: Residency, opened: Resident): Residency {
  return {
    residents: [...residents, opened],
    releasedBytes: Math.max(0, releasedBytes - opened.sizeBytes),
  };
}
