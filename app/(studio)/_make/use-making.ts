"use client";

import { useCallback, useEffect, useState } from "react";
import type { QrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { cancelCode, createCode, retryCode } from "../actions";
import { type JobUpdate, jobUpdate, type Making } from "./job-update";

const STORAGE_KEY = "mosaiq-studio.job";

/** Makes a code and follows it; after a reload the page picks up the same job again. */
export function useMaking() {
  const [making, setMaking] = useState<Making>({ phase: "idle" });
  const jobId = "jobId" in making ? making.jobId : null;
  const live = making.phase === "working";

  useEffect(() => {
    const kept = sessionStorage.getItem(STORAGE_KEY);
    if (kept) setMaking({ phase: "working", jobId: kept, progress: 0, stage: "queued" });
  }, []);

  useEffect(() => {
    if (!jobId || !live) return;
    sessionStorage.setItem(STORAGE_KEY, jobId);
    return followJob(jobId, setMaking);
  }, [jobId, live]);

  const make = useCallback(async (input: QrPictureInput) => {
    setMaking({ phase: "starting" });
    const started = await createCode({ input, idempotencyKey: crypto.randomUUID() }).catch(offline);
    setMaking(started.ok ? waiting(started.value.jobId) : { phase: "failed", jobId: null, ...started });
  }, []);

  const retry = useCallback(async (id: string) => {
    setMaking({ phase: "starting" });
    const started = await retryCode(id).catch(offline);
    setMaking(started.ok ? waiting(id) : { phase: "failed", jobId: id, ...started });
  }, []);

  const cancel = useCallback((id: string) => cancelCode(id).catch(offline), []);

  const clear = useCallback(() => {
    sessionStorage.removeItem(STORAGE_KEY);
    setMaking({ phase: "idle" });
  }, []);

  return { making, make, retry, cancel, clear };
}

const waiting = (jobId: string): Making => ({ phase: "working", jobId, progress: 0, stage: "queued" });

/** A server action that never reached the server. */
const offline = () => ({ ok: false, code: "offline", message: "", retryable: true }) as const;

function followJob(jobId: string, onMaking: (making: Making) => void): () => void {
  const stream = new EventSource(`/api/jobs/${jobId}/events`);
  stream.onmessage = ({ data }: MessageEvent<string>) => {
    const update = jobUpdate.parse(JSON.parse(data));
    const next = makingOf(jobId, update);
    if (next.phase !== "working") stream.close();
    onMaking(next);
  };
  stream.onerror = () => {
    // Broken lines mend themselves; a closed stream means that the job is not there (any more).
    if (stream.readyState !== EventSource.CLOSED) return;
    sessionStorage.removeItem(STORAGE_KEY);
    onMaking(gone());
  };
  return () => stream.close();
}

function makingOf(jobId: string, update: JobUpdate): Making {
  const { state, progress, stage, pictureId, retryable } = update;
  if (state === "done" && pictureId) return { phase: "done", jobId, pictureId };
  if (state === "cancelled") return { phase: "cancelled", jobId };
  // Done without a picture: it was deleted for good since.
  if (state === "done") return gone();
  if (state === "failed")
    return {
      phase: "failed",
      jobId,
      code: update.errorCode ?? "internal",
      message: update.message ?? "",
      retryable,
    };
  return { phase: "working", jobId, progress, stage };
}

const gone = (): Making => ({
  phase: "failed",
  jobId: null,
  code: "not_found",
  message: "",
  retryable: false,
});
