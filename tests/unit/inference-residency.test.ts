import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  admit,
  drop,
  emptyResidency,
  planResidency,
  type Residency,
  type ResidencyPlan,
  type Resident,
  touch,
} from "@/lib/inference/residency";

const MB = 2 ** 20;
const model = (key: string, mb: number): Resident => ({ key, sizeBytes: mb * MB });
const total = ({ residents }: Residency) => residents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** What a host does with a plan. */
function use(residency: Residency, wanted: Resident, budgetBytes: number) {
  const plan = planResidency(residency, wanted, budgetBytes);
  if (plan.kind === "resident") return { plan, after: touch(residency, wanted.key) };
  const released = plan.kind === "open" ? plan.release : [];
  const left = plan.kind === "restart" ? emptyResidency : released.reduce(drop, residency);
  return { plan, after: admit(left, wanted) };
}

const run = (budgetMb: number, ...wanted: Resident[]) => {
  let residency = emptyResidency;
  const plans: ResidencyPlan[] = [];
  for (const one of wanted) {
    const { plan, after } = use(residency, one, budgetMb * MB);
    plans.push(plan);
    residency = after;
  }
  return { plans, keys: residency.residents.map(({ key }) => key) };
};

const [a, b, c] = [model("a", 40), model("b", 40), model("c", 40)];

describe("which models stay", () => {
  test("the least recently used goes, and what was used again stays", () => {
    const { plans, keys } = run(100, a, b, a, c);
    expect(plans.map(({ kind }) => kind)).toEqual(["open", "open", "resident", "open"]);
    expect(plans[3]).toEqual({ kind: "open", release: ["b"] });
    expect(keys).toEqual(["a", "c"]);
  });

  test("several go where one is not enough, and no more than must", () => {
    expect(run(120, a, b, c, model("d", 80)).plans[3]).toEqual({ kind: "open", release: ["a", "b"] });
  });

  test("the process begins anew where more is released than is needed", () => {
    const { plans, keys } = run(50, a, model("small", 20));
    expect(plans[1]).toEqual({ kind: "restart" });
    expect(keys).toEqual(["small"]);
  });

  test("what is released adds up until a model takes it up", () => {
    const released = { residents: [a], releasedBytes: 10 * MB };
    expect(planResidency(released, model("d", 45), 50 * MB)).toEqual({ kind: "restart" });
    expect(planResidency(released, model("d", 50), 50 * MB)).toEqual({ kind: "open", release: ["a"] });
    expect(admit(released, model("d", 8)).releasedBytes).toBe(2 * MB);
  });

  test("a model that alone does not fit is refused, with what it needs and what there is", () => {
    expect(() => planResidency(emptyResidency, model("d", 51), 50 * MB)).toThrowError(
      expect.objectContaining({ code: "out_of_memory", details: { got: 51, expected: 50 } }),
    );
  });
});

describe("whatever is asked for", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 });
  const runs = sizes.chain((mbs) =>
    fc.record({
      models: fc.constant(mbs.map((mb, i) => model(`m${i}`, mb))),
      budgetMb: fc.integer({ min: Math.max(...mbs), max: 250 }),
      order: fc.array(fc.nat(mbs.length - 1), { minLength: 1, maxLength: 40 }),
    }),
  );

  test("the budget holds, the wanted is there, the longest unused are what is missing", () => {
    fc.assert(
      fc.property(runs, ({ models, budgetMb, order }) => {
        let residency = emptyResidency;
        let recent: string[] = [];
        for (const wanted of order.map((i) => models[i]!)) {
          const { plan, after } = use(residency, wanted, budgetMb * MB);
          expect(total(after)).toBeLessThanOrEqual(budgetMb * MB);
          recent = [
            ...(plan.kind === "restart" ? [] : recent).filter((key) => key !== wanted.key),
            wanted.key,
          ];
          const keys = after.residents.map(({ key }) => key);
          expect(keys).toEqual(recent.slice(-keys.length));
          expect(keys.at(-1)).toBe(wanted.key);
          recent = keys;
          residency = after;
        }
      }),
    );
  });

  test("nothing is released that could have stayed", () => {
    fc.assert(
      fc.property(runs, ({ models, budgetMb, order }) => {
        let residency = emptyResidency;
        for (const wanted of order.map((i) => models[i]!)) {
          const { plan, after } = use(residency, wanted, budgetMb * MB);
          const last = plan.kind === "open" && plan.release.at(-1);
          const spared = residency.residents.find(({ key }) => key === last);
          if (spared) expect(total(after) + spared.sizeBytes).toBeGreaterThan(budgetMb * MB);
          residency = after;
        }
      }),
    );
  });

  test("a new process is asked for only by one that has held something", () => {
    fc.assert(
      fc.property(runs, ({ models, budgetMb }) => {
        for (const wanted of models)
          expect(planResidency(emptyResidency, wanted, budgetMb * MB)).toEqual({ kind: "open", release: [] });
      }),
    );
  });
});
