import { expect, test } from "vitest";
import { makeTurns } from "@/lib/inference/turns";

test("those who wait get a worker in the order in which they came", async () => {
  const turns = makeTurns(["one", "two"]);
  expect([await turns.take(), await turns.take()]).toEqual(["one", "two"]);
  const third = turns.take();
  const fourth = turns.take();
  expect(turns.waiting()).toBe(2);
  turns.give("two");
  turns.give("one");
  expect([await third, await fourth]).toEqual(["two", "one"]);
  expect(turns.waiting()).toBe(0);
});

test("who gives up leaves the line, and the next one moves up", async () => {
  const turns = makeTurns(["one"]);
  await turns.take();
  const gone = new AbortController();
  const impatient = turns.take({ signal: gone.signal });
  const patient = turns.take();
  gone.abort(new Error("enough"));
  await expect(impatient).rejects.toThrow("enough");
  turns.give("one");
  expect(await patient).toBe("one");
  await expect(turns.take({ signal: gone.signal })).rejects.toThrow("enough");
});

test("who has had a turn no longer hears the signal", async () => {
  const turns = makeTurns(["one"]);
  await turns.take();
  const late = new AbortController();
  const second = turns.take({ signal: late.signal });
  const third = turns.take();
  turns.give("one");
  expect(await second).toBe("one");
  late.abort();
  expect(turns.waiting()).toBe(1);
  turns.give("one");
  expect(await third).toBe("one");
});

test("closed, it turns everybody away", async () => {
  const turns = makeTurns(["one"]);
  await turns.take();
  const waiting = turns.take();
  turns.close();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  await expect(turns.take()).rejects.toMatchObject({ name: "AbortError" });
});

test("an idle worker that has at hand what is needed goes before the next one", async () => {
  const turns = makeTurns(["one", "two", "three"]);
  const wish = (wanted: string) => ({ suits: (worker: string) => worker === wanted });
  expect(await turns.take(wish("two"))).toBe("two");
  // Busy: another one is taken rather than waited for.
  expect(await turns.take(wish("two"))).toBe("one");
  expect(await turns.take()).toBe("three");
});

test("those who can share what a worker has at hand follow each other, but nobody is passed by for ever", async () => {
  const held = { model: "" };
  const turns = makeTurns([held]);
  const done: string[] = [];
  const work = async (model: string) => {
    await turns.take({ suits: (worker) => worker.model === model });
    done.push(model);
    held.model = model;
  };
  await work("a");
  const rest = ["b", "a", "a", "b", "a", "a", "a"].map(work);
  for (const _ of rest) {
    turns.give(held);
    // The next one takes up its work.
    await new Promise(setImmediate);
  }
  await Promise.all(rest);
  expect(done.join("")).toBe("aaaaabba");
  expect(turns.waiting()).toBe(0);
});
