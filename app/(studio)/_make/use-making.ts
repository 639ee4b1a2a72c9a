"use client";

import { useCallback, useEffect, useState } from "react";
import { ApiError, postJson } from "@/app/_ui/api/api-client";
import type { QrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { createCode } from "../actions";
import { followJob } from "./follow-job";
import type { Making } from "./job-update";

const STORAGE_KEY = "mosaiq-studio.job";

/** Makes a code and follows it; after a reload the page picks up the same job again. */
export function useMaking() {
  const [making, setMaking] = useState<Making>({ phase: "idle" });
  const jobId = making.phase === "working" ? making.jobId : null;

  useEffect(() => {
    const kept = sessionStorage.getItem(STORAGE_KEY);
    if (kept) setMaking(waiting(kept));
  }, []);

  useEffect(() => {
    if (!jobId) return;
    sessionStorage.setItem(STORAGE_KEY, jobId);
    return followJob(jobId, setMaking);
  }, [jobId]);

  const isGone = making.phase === "failed" && making.jobId === null;
  useEffect(() => {
    if (isGone) sessionStorage.removeItem(STORAGE_KEY);
  }, [isGone]);

  const make = useCallback(async (input: QrPictureInput) => {
    setMaking({ phase: "starting" });
    const started = await createCode({ input, idempotencyKey: newKey() }).catch(unreached);
    setMaking(started.ok ? waiting(started.value.jobId) : { phase: "failed", jobId: null, ...started });
  }, []);

  const retry = useCallback(async (id: string) => {
    setMaking({ phase: "starting" });
    setMaking(
      await change(id, "retry").then(
        () => waiting(id),
        (error) => refused(id, error),
      ),
    );
  }, []);

  const cancel = useCallback(async (id: string) => {
    // That it is cancelled arrives with the job's news; only a refusal is told here.
    await change(id, "cancel").catch((error) => setMaking(refused(id, error)));
  }, []);

  const clear = useCallback(() => {
    sessionStorage.removeItem(STORAGE_KEY);
    setMaking({ phase: "idle" });
  }, []);

  return { making, make, retry, cancel, clear };
}

/** 128 random bits, hex. `crypto.randomUUID` is not there when the page comes over plain http from another machine. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

const waiting = (jobId: string): Making => ({ phase: "working", jobId, progress: 0, stage: "queued" });

const change = (id: string, verb: "retry" | "cancel") => postJson(`/api/jobs/${id}/${verb}`);

function refused(jobId: string, error: unknown): Making {
  const { code, message, retryable } =
    error instanceof ApiError ? error : new ApiError("internal", "", false);
  return { phase: "failed", jobId, code, message, retryable };
}

/** The answer of a server action that never reached the server. */
const unreached = () => ({ ok: false, code: "offline", message: "", retryable: true }) as const;
