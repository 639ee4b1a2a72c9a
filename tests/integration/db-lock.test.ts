import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { lockFolder } from "@/lib/db/folder-lock";

let folder = "";
beforeEach(async () => {
  const root = await mkdtemp(path.join(tmpdir(), "mosaiq-lock-"));
  folder = path.join(root, "postgres");
  return () => rm(root, { recursive: true, force: true });
});

/** Another process that holds the lock. */
async function holder(): Promise<ChildProcess> {
  const program = `import { lockFolder } from "./lib/db/folder-lock.ts";
    lockFolder(${JSON.stringify(folder)}); console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout!, "data");
  return child;
}

test("a second process is told who has the database", async () => {
  const child = await holder();
  expect(() => lockFolder(folder)).toThrow(
    expect.objectContaining({ code: "database_in_use", details: { pid: child.pid, folder } }),
  );
  child.kill("SIGKILL");
  await once(child, "exit");
});

test("a killed process's lock is taken over, and given back afterwards", async () => {
  const child = await holder();
  child.kill("SIGKILL");
  await once(child, "exit");
  const unlock = lockFolder(folder);
  expect(JSON.parse(await readFile(`${folder}.lock`, "utf8")).pid).toBe(process.pid);
  unlock();
  await expect(readFile(`${folder}.lock`)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a living process that only has the holder's old number does not count", async () => {
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: process.ppid, born: "1" }));
  lockFolder(folder)();
});

test("a lock that a power cut left empty is taken over", async () => {
  await writeFile(`${folder}.lock`, "");
  lockFolder(folder)();
});
