import { jobEvents } from "../jobs/job-events";

/** Whoever puts pictures into words in this process looks at once; other processes look now and then. */
export function tellAnew(): void {
  jobEvents().emit("picture");
}
