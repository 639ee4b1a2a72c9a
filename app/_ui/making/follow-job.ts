import { ApiError, getJson } from "@/app/_ui/api/api-client";
import { type JobUpdate, jobUpdate, type Making } from "./job-update";

const REOPEN_MS = 2000;

/**
 * Reports every piece of a job's news up to its end. A line that breaks is opened again, for as long as the job
 * is there.
 * @returns stops following.
 */
export function followJob(jobId: string, onMaking: (making: Making) => void): () => void {
  const stop = new AbortController();
  const open = () => {
    const stream = new EventSource(`/api/jobs/${jobId}/events`);
    stop.signal.addEventListener("abort", () => stream.close());
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const making = makingOf(jobId, jobUpdate.parse(JSON.parse(data)));
      if (making.phase !== "working") stream.close();
      onMaking(making);
    };
    stream.onerror = async () => {
      // A lost connection mends itself; a refusal closes the stream and leaves the reason to be asked for.
      if (stream.readyState !== EventSource.CLOSED) return;
      const isThere = await jobIsThere(jobId, stop.signal);
      if (stop.signal.aborted) return;
      if (isThere) setTimeout(() => stop.signal.aborted || open(), REOPEN_MS);
      else onMaking(gone());
    };
  };
  open();
  return () => stop.abort();
}

/** False only when the server says so. */
async function jobIsThere(jobId: string, signal: AbortSignal): Promise<boolean> {
  try {
    await getJson(`/api/jobs/${jobId}`, signal);
    return true;
  } catch (error) {
    return !(error instanceof ApiError && error.code === "not_found");
  }
}

function makingOf(jobId: string, update: JobUpdate): Making {
  const { state, progress, stage, errorCode, message, retryable, pictureId, made } = update;
  if (state === "done" && pictureId) return { phase: "done", jobId, pictureId, made };
  if (state === "cancelled") return { phase: "cancelled", jobId, made };
  // Done without a picture: it was deleted for good since.
  if (state === "done") return gone();
  if (state === "failed")
    return { phase: "failed", jobId, code: errorCode ?? "internal", message: message ?? "", retryable, made };
  return { phase: "working", jobId, progress, stage, made };
}

const gone = (): Making => ({
  phase: "failed",
  jobId: null,
  code: "not_found",
  message: "",
  retryable: false,
  made: null,
});
