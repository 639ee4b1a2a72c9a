import { expect, test, vi } from "vitest";
import { EngineError } from "@/lib/engine/engine-error";
import { type ModelType, type OpenedModel, openModels } from "@/lib/inference/host-models";

const MB = 2 ** 20;
const never = new AbortController().signal;

interface Thing extends OpenedModel {
  readonly label: string;
}

/** Models of a size that is part of their name: "a3" takes up 3 MB. */
function typeOf(name: string, open: (model: string) => void = () => {}) {
  const released: string[] = [];
  const opened: string[] = [];
  const type: ModelType<{ readonly model: string }, Thing> = {
    name,
    async measure({ model }) {
      return {
        ...{ sizeBytes: Number(model.slice(1)) * MB, files: [] },
        async open() {
          open(model);
          opened.push(model);
          const release = async () => {
            released.push(model);
          };
          return { label: `${name} ${model}`, release };
        },
      };
    },
  };
  return { type, opened, released };
}

const cpu = { kind: "cpu" } as const;
const names = (models: ReturnType<typeof openModels>) => models.residents().map(({ model }) => model);

test("models of several types share one budget, and the least recently used goes first", async () => {
  const models = openModels(cpu, 8 * MB);
  const [one, two] = [typeOf("one"), typeOf("two")];
  expect(await models.begin(never).use(one.type, { model: "a3" })).toMatchObject({ label: "one a3" });
  expect(await models.begin(never).use(two.type, { model: "a3" })).toMatchObject({ label: "two a3" });
  await models.begin(never).use(one.type, { model: "a3" });
  expect([one.opened, two.opened]).toEqual([["a3"], ["a3"]]);
  await models.begin(never).use(one.type, { model: "b4" });
  expect([one.released, two.released]).toEqual([[], ["a3"]]);
  expect(names(models)).toEqual(["a3", "b4"]);
});

test("a task's own models come and go in one process where they do not fit together", async () => {
  const models = openModels(cpu, 8 * MB);
  const { type, released } = typeOf("one");
  const task = models.begin(never);
  expect(await task.use(type, { model: "a7" })).toMatchObject({ label: "one a7" });
  // In a new process the same would happen again, for ever.
  expect(await task.use(type, { model: "b5" })).toMatchObject({ label: "one b5" });
  expect(released).toEqual(["a7"]);
  expect(names(models)).toEqual(["b5"]);
  // The next task has reason to ask for a new one.
  expect(await models.begin(never).use(type, { model: "c4" })).toBe("restart");
});

test("memory that runs out while a model is opened may be there in a new process, but not in a new one's place", async () => {
  const outOfMemory = vi.fn((model: string) => {
    if (model === "b5") throw new EngineError("out_of_memory", "too little");
  });
  const { type } = typeOf("one", outOfMemory);
  const fresh = openModels(cpu, 20 * MB);
  await expect(fresh.begin(never).use(type, { model: "b5" })).rejects.toMatchObject({
    code: "out_of_memory",
  });
  const used = openModels(cpu, 20 * MB);
  await used.begin(never).use(type, { model: "a3" });
  expect(await used.begin(never).use(type, { model: "b5" })).toBe("restart");
  expect(names(used)).toEqual(["a3"]);
  const both = openModels(cpu, 20 * MB).begin(never);
  await both.use(type, { model: "a3" });
  await expect(both.use(type, { model: "b5" })).rejects.toMatchObject({ code: "out_of_memory" });
});

test("nothing is opened for a task that was stopped meanwhile", async () => {
  const stop = new AbortController();
  const models = openModels(cpu, 8 * MB);
  const { type, opened } = typeOf("one");
  const using = models.begin(stop.signal).use(type, { model: "a3" });
  stop.abort(new Error("enough"));
  await expect(using).rejects.toThrow("enough");
  expect(opened).toEqual([]);
  expect(names(models)).toEqual([]);
});
