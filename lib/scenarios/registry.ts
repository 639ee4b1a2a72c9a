import type { JobHandlers } from "@/lib/jobs/job-handler";

/** Every scenario's handler, by the scenario's id; given to the job loop by the app and by worker nodes. */
export const jobHandlers: JobHandlers = {};
