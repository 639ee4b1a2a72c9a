import { expect, test } from "vitest";
import { closeDatabase, db, ping } from "@/lib/db/client";
import { forgetEnv } from "@/lib/env";
import { toAppError } from "@/lib/errors";
import { startJobLoop } from "@/lib/jobs/job-loop";
import { submitJob } from "@/lib/jobs/submit-job";
import { sweepJobs } from "@/lib/jobs/sweep-jobs";
import { watchJob } from "@/lib/jobs/watch-job";
import { freePort } from "../support/app-server";
import { onBothDatabases } from "../support/databases";

/** The code that people would see for a failing query. */
const codeOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "none",
    (error) => toAppError(error).code,
  );

test("a server that does not answer is told as a lost database", async () => {
  process.env.DATABASE_URL = `postgresql://nobody@127.0.0.1:${await freePort()}/none`;
  forgetEnv();
  expect(await codeOf(ping())).toBe("database_lost");
  expect(await codeOf(db().user.findFirst())).toBe("database_lost");
  expect(await codeOf(db().$transaction((tx) => tx.user.findFirst()))).toBe("database_lost");
  await closeDatabase();
  delete process.env.DATABASE_URL;
  forgetEnv();
});

onBothDatabases(
  "a database lost while the app runs",
  (database) => {
    test("has its own code, and is used again when it is back", async () => {
      const person = await database.person();
      await database.server!.lose();
      expect(await codeOf(db().user.findFirst())).toBe("database_lost");
      expect(await codeOf(submitJob(person, "trial", {}, "lost"))).toBe("database_lost");
      await database.server!.restore();
      expect(await codeOf(db().user.findFirst())).toBe("none");
    });

    test("mid-job: the job is not lost", async () => {
      const person = await database.person();
      let runs = 0;
      const loop = await startJobLoop({
        trial: async () => {
          runs++;
          if (runs === 1) await database.server!.lose();
          return {};
        },
      });
      const job = await submitJob(person, "trial", {}, "mid-job");
      await expect.poll(() => runs, { timeout: 10_000 }).toBe(1);
      await expect.poll(() => codeOf(ping()), { timeout: 10_000 }).toBe("database_lost");
      await database.server!.restore();
      await loop.stop();
      // A later start, or another node, finds the silent run.
      await sweepJobs(-1_000);
      const again = await startJobLoop({ trial: async () => ({}) });
      let state = "";
      for await (const row of watchJob(person, job.id)) state = row.state;
      expect(state).toBe("done");
      await again.stop();
    });
  },
  { only: "server" },
);
