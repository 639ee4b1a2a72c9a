import { expect, test } from "vitest";
import { FORMS, type Forms } from "@/lib/engine/nn/forms";
import { checkForms } from "@/lib/inference/host-check-forms";

const cpu = { kind: "cpu", threads: 1 } as const;

test("the CPU's own forms are right", async () => {
  const { forms, off } = await checkForms(cpu);
  expect(off).toEqual([]);
  expect(forms).toEqual(FORMS.cpu);
});

test.each<[keyof Forms, Partial<Forms>]>([
  ["attention", { attention: (graph, heads) => FORMS.cpu.attention(graph, { ...heads, v: heads.k }) }],
  [
    "groupNorm",
    { groupNorm: (graph, x, parts) => FORMS.plain.groupNorm(graph, x, { ...parts, groups: 16 }) },
  ],
  ["linear", { linear: (graph, x, weight) => graph.op("MatMul", [x, weight]) }],
  ["silu", { silu: (graph, x) => FORMS.cpu.quickGelu(graph, x) }],
  ["quickGelu", { quickGelu: (graph, x) => graph.op("Gelu", [x]) }],
])("a wrong %s is written plainly, and nothing else", async (member, wrong) => {
  const { forms, off } = await checkForms(cpu, { ...FORMS.cpu, ...wrong });
  expect(off).toEqual([expect.stringMatching(new RegExp(`^${member} \\d`))]);
  expect(forms).toEqual({ ...FORMS.cpu, [member]: FORMS.plain[member] });
});

test("attention that forgets its bias is caught, for the text encoder needs it", async () => {
  const forgetful: Forms["attention"] = (graph, { bias: _, ...heads }) => FORMS.cpu.attention(graph, heads);
  const { off } = await checkForms(cpu, { ...FORMS.cpu, attention: forgetful });
  expect(off).toHaveLength(1);
});

test("products of 8 bits that overflow are not used", async () => {
  const int8 = FORMS.cpu.int8!;
  // What a processor does that adds two products in 16 bits: 2 · 255 · 127 is more than they hold.
  const linear: typeof int8.linear = (graph, x, weight, bias) =>
    graph.op("Mul", [int8.linear(graph, x, weight, bias), graph.constant("float32", [], [0.506])]);
  const { forms, off } = await checkForms(cpu, { ...FORMS.cpu, int8: { ...int8, linear } });
  expect(off).toEqual([expect.stringMatching(/^int8 0\.49/)]);
  expect(forms).toEqual({ ...FORMS.cpu, int8: null });
});

test("an operator that the device does not have counts as off", async () => {
  const { forms, off } = await checkForms(cpu, {
    ...FORMS.cpu,
    silu: (graph, x) => graph.op("Nothing", [x]),
  });
  expect(off).toEqual(["silu Infinity"]);
  expect(forms.silu).toBe(FORMS.plain.silu);
});
