import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { type Job, sql } from "@/lib/db/client";
import { findJob } from "@/lib/db/jobs";
import { forgetEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { cancelJob } from "@/lib/jobs/cancel-job";
import type { JobHandler } from "@/lib/jobs/job-handler";
import { type JobLoop, startJobLoop } from "@/lib/jobs/job-loop";
import { DEAD_LETTERS, queueFor, sendJob } from "@/lib/jobs/queue";
import { retryJob } from "@/lib/jobs/retry-job";
import { submitJob } from "@/lib/jobs/submit-job";
import { sweepJobs } from "@/lib/jobs/sweep-jobs";
import { watchJob } from "@/lib/jobs/watch-job";
import { onBothDatabases } from "../support/databases";

/** The job's row once it is in one of the states. */
async function reach(job: Job, ...states: string[]): Promise<Job> {
  for await (const row of watchJob(job.ownerId, job.id)) if (states.includes(row.state)) return row;
  throw new Error(`the job ended before it was ${states.join(" or ")}`);
}

/** A promise and the function that fulfils it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

onBothDatabases("jobs", (database) => {
  let loop: JobLoop | null = null;
  const work = async (handler: JobHandler) => {
    loop = await startJobLoop({ trial: handler });
  };
  afterEach(async () => {
    await loop?.stop(0);
    loop = null;
    delete process.env.JOB_CONCURRENCY;
    forgetEnv();
    await sql('DELETE FROM "Job"; DELETE FROM pgboss.job;');
  });
  const submit = async (ownerId?: string) =>
    submitJob(ownerId ?? (await database.person()), "trial", { say: "hello" }, randomUUID());

  test("runs a job and shows its progress in order", async () => {
    const steps = [gate(), gate()];
    await work(async ({ job, report }) => {
      expect(job.input).toEqual({ say: "hello" });
      report(0.25, "weave");
      await steps[0]!.opened;
      report(0.75, "jury");
      await steps[1]!.opened;
      return {};
    });
    const job = await submit();
    const seen: string[] = [];
    for await (const row of watchJob(job.ownerId, job.id)) {
      seen.push(`${row.state} ${row.stage} ${row.progress}`);
      if (row.stage === "weave") steps[0]!.open();
      if (row.stage === "jury") steps[1]!.open();
    }
    expect(seen.at(-1)).toBe("done done 1");
    expect(seen).toEqual(expect.arrayContaining(["running weave 0.25", "running jury 0.75"]));
  });

  test("the same key is the same job, for its owner alone", async () => {
    const [one, two] = [await database.person(), await database.person()];
    const [first, again] = await Promise.all([
      submitJob(one, "trial", {}, "key"),
      submitJob(one, "trial", {}, "key"),
    ]);
    expect(again.id).toBe(first.id);
    expect((await submitJob(two, "trial", {}, "key")).id).not.toBe(first.id);
    const { rows } = await sql("SELECT count(*)::int AS n FROM pgboss.job WHERE data->>'jobId' = $1", [
      first.id,
    ]);
    expect(rows[0]!.n).toBe(1);
  });

  test("delivered twice, one result", async () => {
    let runs = 0;
    const end = gate();
    const job = await submit();
    const boss = await queueFor("trial");
    await sendJob(boss, "trial", job.id);
    process.env.JOB_CONCURRENCY = "2";
    forgetEnv();
    await work(async () => {
      runs++;
      await end.opened;
      return {};
    });
    await reach(job, "running");
    await sendJob(boss, "trial", job.id);
    end.open();
    expect(await reach(job, "done")).toMatchObject({ attempts: 1 });
    await loop?.stop();
    expect(runs).toBe(1);
  });

  test("a failure with a code ends the job with it; trying again is possible", async () => {
    let isBroken = true;
    await work(async () => {
      if (isBroken) throw new AppError("picture_too_small", { details: { min: 64 } });
      return {};
    });
    const job = await submit();
    expect(await reach(job, "failed")).toMatchObject({
      errorCode: "picture_too_small",
      errorDetails: { min: 64 },
      attempts: 1,
    });
    isBroken = false;
    await retryJob(job.ownerId, job.id);
    expect(await reach(job, "done")).toMatchObject({ errorCode: null });
    await expect(retryJob(job.ownerId, job.id)).rejects.toMatchObject({ code: "job_not_retryable" });
  });

  test("what may pass is tried three times, then kept among the dead letters", async () => {
    let runs = 0;
    await work(async () => {
      runs++;
      throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    });
    const job = await submit();
    expect(await reach(job, "failed")).toMatchObject({ errorCode: "disk_full", attempts: 3 });
    await loop?.stop();
    expect(runs).toBe(3);
    const { rows } = await sql("SELECT 1 FROM pgboss.job WHERE name = $1 AND data->>'jobId' = $2", [
      DEAD_LETTERS,
      job.id,
    ]);
    expect(rows).toHaveLength(1);
  });

  test("an unexpected error is told as internal, without its text", async () => {
    await work(async () => {
      throw new Error("secret detail");
    });
    const row = await reach(await submit(), "failed");
    expect(row).toMatchObject({ errorCode: "internal", errorDetails: {} });
  });

  test("cancelling a waiting job ends it; it never runs", async () => {
    let runs = 0;
    const job = await submit();
    expect(await cancelJob(job.ownerId, job.id)).toMatchObject({ state: "cancelled" });
    await work(async () => {
      runs++;
      return {};
    });
    await reach(await submit(job.ownerId), "done");
    expect(runs).toBe(1);
  });

  test("cancelling a running job aborts it, even one that does not listen", async () => {
    let signal: AbortSignal | undefined;
    await work((context) => {
      signal = context.signal;
      return new Promise(() => {});
    });
    const job = await submit();
    await reach(job, "running");
    await cancelJob(job.ownerId, job.id);
    expect(await reach(job, "cancelled")).toMatchObject({ errorCode: "cancelled" });
    expect(signal?.aborted).toBe(true);
  });

  test("another person's job does not exist", async () => {
    const job = await submit();
    const stranger = await database.person();
    expect(await findJob(stranger, job.id)).toBeNull();
    const missing = expect.objectContaining({ code: "not_found" });
    await expect(cancelJob(stranger, job.id)).rejects.toEqual(missing);
    await expect(retryJob(stranger, job.id)).rejects.toEqual(missing);
    await expect(watchJob(stranger, job.id).next()).rejects.toEqual(missing);
    expect(await findJob(job.ownerId, job.id)).toMatchObject({ state: "queued" });
  });

  test("a stopping process gives its job back, and the next one runs it", async () => {
    await work(() => new Promise(() => {}));
    const job = await submit();
    await reach(job, "running");
    await loop?.stop(0);
    expect(await findJob(job.ownerId, job.id)).toMatchObject({ state: "queued", attempts: 0 });
    await work(async () => ({}));
    expect(await reach(job, "done")).toMatchObject({ attempts: 1 });
  });

  test("a stopping process lets its job end when there is time", async () => {
    const end = gate();
    await work(async () => {
      await end.opened;
      return {};
    });
    const job = await submit();
    await reach(job, "running");
    const stopped = loop?.stop(30_000);
    end.open();
    await stopped;
    expect(await findJob(job.ownerId, job.id)).toMatchObject({ state: "done" });
  });

  test("a run that was given up cannot write over the one that followed it", async () => {
    const late = gate();
    let runs = 0;
    await work(async () => {
      runs++;
      if (runs === 1) {
        await late.opened;
        throw new AppError("picture_unreadable");
      }
      return {};
    });
    const job = await submit();
    await reach(job, "running");
    // What another node does when it hears nothing from a run.
    await sweepJobs(-1_000);
    const second = await startJobLoop({ trial: async () => ({}) });
    await reach(job, "done");
    late.open();
    await second.stop();
    await loop?.stop();
    expect(await findJob(job.ownerId, job.id)).toMatchObject({ state: "done", errorCode: null });
  });

  test("a waiting job whose queue entry was lost gets a new one", async () => {
    const job = await submit();
    await sql("DELETE FROM pgboss.job WHERE data->>'jobId' = $1", [job.id]);
    await work(async () => ({}));
    await sweepJobs(-1_000);
    await reach(job, "done");
  });

  test("a job that ends its process every time is given up", async () => {
    const job = await submit();
    await sql(`UPDATE "Job" SET state = 'running', attempts = 3, claim = gen_random_uuid() WHERE id = $1`, [
      job.id,
    ]);
    await sweepJobs(-1_000);
    expect(await findJob(job.ownerId, job.id)).toMatchObject({
      state: "failed",
      errorCode: "job_interrupted",
    });
  });
});
