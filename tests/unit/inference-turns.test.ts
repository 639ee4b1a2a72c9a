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
  const impatient = turns.take(gone.signal);
  const patient = turns.take();
  gone.abort(new Error("enough"));
  await expect(impatient).rejects.toThrow("enough");
  turns.give("one");
  expect(await patient).toBe("one");
  await expect(turns.take(gone.signal)).rejects.toThrow("enough");
});

test("who has had a turn no longer hears the signal", async () => {
  const turns = makeTurns(["one"]);
  await turns.take();
  const late = new AbortController();
  const second = turns.take(late.signal);
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
