"use client";

import { useCallback, useEffect, useState } from "react";
import { ApiError, postJson } from "@/app/_ui/api/api-client";
import type { ScenarioInput, ScenarioName } from "@/lib/scenarios/scenario-inputs";
import { oneAtATime } from "../api/one-at-a-time";
import { followJob } from "./follow-job";
import type { Making } from "./job-update";
import { keptJob } from "./kept-job";
import { RequestKey } from "./request-key";
import { startMaking } from "./start-making";

/** Has a scenario make something and follows it; after a reload the page picks up the same job again. */
export function useMaking<N extends ScenarioName>(scenario: N) {
  const key = `mosaiq-studio.job.${scenario}`;
  const [making, setMaking] = useState<Making>({ phase: "idle" });
  const [requests] = useState(() => new RequestKey());
  const jobId = making.phase === "working" ? making.jobId : null;

  useEffect(() => {
    const kept = keptJob.read(key);
    if (kept) setMaking(waiting(kept));
  }, [key]);

  useEffect(() => {
    if (!jobId) return;
    keptJob.write(key, jobId);
    return followJob(jobId, setMaking);
  }, [jobId, key]);

  const isGone = making.phase === "failed" && making.jobId === null;
  useEffect(() => {
    if (isGone) keptJob.write(key, null);
  }, [isGone, key]);

  const make = useCallback(
    async (input: ScenarioInput<N>) => {
      setMaking({ phase: "starting" });
      const request = { scenario, input, idempotencyKey: requests.of(input) };
      const started = await oneAtATime(() => startMaking(request)).catch(unreached);
      // Without a job's id there may be a job all the same, whose answer got lost: trying again finds that one.
      if (started.ok) requests.heard();
      setMaking(
        started.ok ? waiting(started.value.jobId) : { phase: "failed", jobId: null, made: null, ...started },
      );
    },
    [scenario, requests],
  );

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
    keptJob.write(key, null);
    setMaking({ phase: "idle" });
  }, [key]);

  return { making, make, retry, cancel, clear };
}

const waiting = (jobId: string): Making => ({
  phase: "working",
  jobId,
  progress: 0,
  stage: "queued",
  made: null,
});

const change = (id: string, verb: "retry" | "cancel") => postJson(`/api/jobs/${id}/${verb}`);

function refused(jobId: string, error: unknown): Making {
  const { code, message, retryable } =
    error instanceof ApiError ? error : new ApiError("internal", "", false);
  return { phase: "failed", jobId, code, message, retryable, made: null };
}

/** The answer of a server action that never reached the server. */
const unreached = () => ({ ok: false, code: "offline", message: "", retryable: true }) as const;
