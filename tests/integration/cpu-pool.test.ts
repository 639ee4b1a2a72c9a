import { readFile } from "node:fs/promises";
import { MessageChannel } from "node:worker_threads";
import { afterAll, expect, test } from "vitest";
import { closeCpuPool, runInBackground, runOnCpu } from "@/lib/jobs/cpu-pool";
import { serveCpuTasks } from "@/lib/jobs/cpu-thread";
import { QrError } from "@/lib/qr/qr-error";
import { greyPlane } from "@/lib/reading/grey-plane";

afterAll(() => closeCpuPool());

const serve = serveCpuTasks({
  double: (payload: number, report) => {
    report(0.5, "weave");
    return payload * 2;
  },
  refuse: () => {
    throw new QrError("text_too_long", "too long", { excess: 3 });
  },
});

test("a task's result comes back, its progress on the way", async () => {
  const { port1, port2 } = new MessageChannel();
  const progress = new Promise((resolve) => port1.once("message", resolve));
  expect(await serve({ task: "double", payload: 21, progress: port2 })).toEqual({ ok: true, value: 42 });
  expect(await progress).toEqual([0.5, "weave"]);
  port1.close();
});

test("an error keeps its code and details on the way back", async () => {
  const answer = await serve({ task: "refuse", payload: null, progress: null });
  expect(structuredClone(answer)).toMatchObject({
    ok: false,
    error: { name: "QrError", code: "text_too_long", details: { excess: 3 } },
  });
});

test("a real thread answers from the bundled sources", async () => {
  await expect(runOnCpu("no such task", null)).rejects.toThrow('no CPU task "no such task"');
});

test("an aborted call throws its signal's reason", async () => {
  const stop = new AbortController();
  const call = runOnCpu("no such task", null, { signal: stop.signal });
  stop.abort(new Error("stopped"));
  await expect(call).rejects.toThrow("stopped");
});

test("what runs in the background holds up nothing that somebody waits for, and ends when told to", async () => {
  const plane = await greyPlane(await readFile("tests/golden/reading/notice.jpg"));
  // More than all threads of the others would do at once.
  const read = Promise.all(Array.from({ length: 6 }, () => runInBackground<string>("read-text", plane)));
  const ended: string[] = [];
  await Promise.all([
    read.then(() => ended.push("background")),
    runOnCpu("no such task", null).catch(() => ended.push("foreground")),
  ]);
  expect(ended).toEqual(["foreground", "background"]);
  expect(new Set(await read)).toEqual(new Set([expect.stringContaining("Garden Cafe")]));
  const stop = new AbortController();
  const call = runInBackground("read-text", plane, { signal: stop.signal });
  stop.abort(new Error("stopped"));
  await expect(call).rejects.toThrow("stopped");
});
