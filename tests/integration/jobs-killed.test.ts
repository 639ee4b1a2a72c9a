import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { findJob } from "@/lib/db/jobs";
import { startJobLoop } from "@/lib/jobs/job-loop";
import { sweepJobs } from "@/lib/jobs/sweep-jobs";
import { watchJob } from "@/lib/jobs/watch-job";
import { onBothDatabases } from "../support/databases";

onBothDatabases("a process killed mid-job", (database) => {
  test("the next one runs the job again, to one result", async () => {
    // The embedded database has room for one process at a time.
    await closeDatabase();
    const program = path.resolve("tests/support/work-and-hang.ts");
    const child = spawn(process.execPath, ["--import", "tsx", program], {
      env: { ...process.env, DATA_DIR: database.dataDir },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(child.stdout, "data");
    const { ownerId, id } = JSON.parse(String(line)) as { ownerId: string; id: string };
    child.kill("SIGKILL");
    await once(child, "exit");

    expect(await findJob(ownerId, id)).toMatchObject({ state: "running" });
    let runs = 0;
    const loop = await startJobLoop({
      trial: async () => {
        runs++;
        return {};
      },
    });
    // Beside other nodes, a run counts as dead only after some silence; the search itself is what is tried here.
    if (database.kind === "server") await sweepJobs(-1_000);
    let state = "";
    for await (const row of watchJob(ownerId, id)) state = row.state;
    expect(state).toBe("done");
    expect(runs).toBe(1);
    await loop.stop();
  });
});
