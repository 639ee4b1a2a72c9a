import { db } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { startJobLoop } from "@/lib/jobs/job-loop";
import { submitJob } from "@/lib/jobs/submit-job";

/** Run as a program: a node in whose hands a job never ends; prints the job once it runs. */
await migrate();
const owner = await db().user.create({ data: {} });
const job = await submitJob(owner.id, "trial", {}, "killed");
await startJobLoop({
  trial: async ({ report }) => {
    report(0.5, "weave");
    process.stdout.write(JSON.stringify({ ownerId: owner.id, id: job.id }));
    return new Promise(() => {});
  },
});
