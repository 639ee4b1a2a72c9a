import { watchJob } from "@/lib/jobs/watch-job";
import { route } from "../../../_route";
import { describeJob, jobId } from "../../_job-news";
import { eventStream } from "./_event-stream";

/** A job's news as server-sent events, from how it stands now up to its end. */
export const GET = route<{ id: string }>(async ({ request, params, locale, requireOwner }) => {
  const stop = new AbortController();
  request.signal.addEventListener("abort", () => stop.abort());
  const rows = watchJob((await requireOwner()).id, jobId(params.id), stop.signal);
  // The first row before the answer begins: another's job is a plain 404, not a stream that breaks.
  const first = await rows.next();
  async function* news() {
    if (!first.done) yield describeJob(first.value, locale);
    for await (const job of rows) yield describeJob(job, locale);
  }
  return new Response(
    eventStream(news(), () => stop.abort()),
    {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "private, no-store, no-transform",
        // Proxies that collect answers before they pass them on would hold the news back.
        "X-Accel-Buffering": "no",
      },
    },
  );
});
