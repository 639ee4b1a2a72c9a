import { beatJob, type Claim, type JobNews } from "../db/jobs";
import { log } from "../log";
import { jobEvents } from "./job-events";

/**
 * Writes a run's progress to its row: one write at a time, always the latest news, and a sign of life when there
 * is none, so that other nodes know the run is alive. `onLost` is called when the row says to stop.
 */
export function progressWriter(claim: Claim, beatMs: number, onStop: (reason: "cancelled" | "lost") => void) {
  let latest: JobNews | null = null;
  let writing: Promise<void> | null = null;

  const write = async () => {
    while (latest) {
      const news = latest;
      latest = null;
      try {
        const row = await beatJob(claim, news);
        if (!row) onStop("lost");
        else if (row.cancelRequested) onStop("cancelled");
        jobEvents().emit(`changed:${claim.id}`);
      } catch (err) {
        // The run goes on: if the database stays away, its last write decides.
        log("jobs").warn({ err, job: claim.id }, "progress could not be written");
      }
    }
    writing = null;
  };
  const put = (news: JobNews) => {
    latest = { ...latest, ...news };
    writing ??= write();
  };
  const timer = setInterval(() => put({}), beatMs);
  return {
    report: (progress: number, stage: string, result?: JobNews["result"]) =>
      put({
        ...{ progress: Math.min(1, Math.max(0, progress)), stage },
        ...(result !== undefined && { result }),
      }),
    /** Ends the writing and waits for the write that is under way. */
    close: async () => {
      clearInterval(timer);
      latest = null;
      await writing;
    },
  };
}
