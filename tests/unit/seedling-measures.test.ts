import { describe, expect, it } from "vitest";
import type { Drawing } from "@/scripts/bench/seedling/drawings";
import { agreement, following } from "@/scripts/bench/seedling/measures";

type Asking = ReturnType<typeof drawing>;

const QUESTIONS = [
  { name: "character.hair", classes: ["bob", "bun", "afro"], several: false },
  { name: "things.id", classes: ["cat", "dog", "owl", "sun"], several: true },
];
const drawing = (told: Drawing["told"]) => ({
  kind: "scene",
  told,
  record: { character: { hair: "afro" }, things: [{ id: "sun" }] },
});
const judgement = (hair: number[], things: number[]) => ({
  features: new Float32Array(),
  logits: { "character.hair": new Float32Array(hair), "things.id": new Float32Array(things) },
});

describe("what a judge finds of what prompts asked for", () => {
  it("asks for nothing that a prompt does not tell of its drawing", () => {
    const judged = [judgement([0, 0, 9], [0, 0, 0, 9])];
    expect(following([drawing({})], judged, QUESTIONS)).toEqual(new Map());
    expect(following([drawing({ character: { hair: "bun" } })], judged, QUESTIONS)).toEqual(
      new Map([["character.hair", { asked: 1, found: 0 }]]),
    );
  });

  it("takes the first answer to one question, and as many of the first as things were asked for", () => {
    const asked = drawing({ character: { hair: "bun" }, things: [{ id: "cat" }, { id: "owl" }] });
    const found = (hair: number[], things: number[]) =>
      [...following([asked], [judgement(hair, things)], QUESTIONS).values()].map(({ found }) => found);
    expect(found([1, 2, 0], [-1, -5, -2, -9])).toEqual([1, 2]);
    expect(found([2, 1, 0], [-1, -2, -3, -9])).toEqual([0, 1]);
    expect(found([2, 1, 0], [-9, 5, -8, 7])).toEqual([0, 0]);
  });

  it("scores a picture higher with the prompt that it shows", () => {
    const [cat, dog] = ["cat", "dog"].map((id) => drawing({ things: [{ id }] })) as [Asking, Asking];
    const shown = judgement([0, 0, 0], [3, -3, -3, -3]);
    expect(agreement(cat, shown, QUESTIONS)).toBeGreaterThan(agreement(dog, shown, QUESTIONS));
  });
});
