"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ToldPull } from "@/app/api/models/pulls/_tell-pull";
import type { PullAct } from "@/lib/models/steer-pull";
import { useSay } from "../_gallery/use-say";
import { askForPull, loadPulls, steerPull } from "./models-api";

const LOOK_MS = 1_000;

/** A pull with how fast it comes. */
export interface ShownPull extends ToldPull {
  /** Bytes a second, as of late; null where nothing came yet. */
  readonly rate: number | null;
}

/** What is being fetched, looked at anew every second while something is; what arrives turns up on the page by itself. */
export function usePulls(first: readonly ToldPull[]) {
  const say = useSay();
  const router = useRouter();
  const [pulls, setPulls] = useState<readonly ShownPull[]>(first.map((pull) => ({ ...pull, rate: null })));
  const samples = useRef(new Map<string, { atMs: number; bytes: number }[]>());
  const isUnderWay = pulls.some(({ state }) => state === "queued" || state === "running");

  const show = useCallback(
    (told: readonly ToldPull[]) =>
      setPulls((shown) => {
        // One that is gone from the list is installed.
        if (shown.some(({ id }) => !told.some((pull) => pull.id === id)))
          queueMicrotask(() => router.refresh());
        return told.map((pull) => ({ ...pull, rate: rateOf(samples.current, pull) }));
      }),
    [router],
  );
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => void loadPulls().then(show, () => {}), LOOK_MS);
    return () => clearInterval(timer);
  }, [isUnderWay, show]);

  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      say.failed(error);
      return false;
    } finally {
      // Of several some may have been asked for all the same.
      await loadPulls().then(show, () => {});
    }
  };
  return {
    pulls,
    /** @returns whether they were all asked for. */
    request: (sources: readonly string[]) =>
      attempt(async () => {
        for (const source of sources) await askForPull(source);
      }),
    steer: (id: string, act: PullAct) => attempt(() => steerPull(id, act)),
  };
}

const WINDOW_MS = 8_000;

function rateOf(samples: Map<string, { atMs: number; bytes: number }[]>, pull: ToldPull): number | null {
  const atMs = performance.now();
  const own = [...(samples.get(pull.id) ?? []), { atMs, bytes: pull.receivedBytes }];
  const late = own.filter((sample) => sample.atMs > atMs - WINDOW_MS);
  samples.set(pull.id, late);
  const [oldest] = late;
  if (pull.state !== "running" || !oldest || atMs - oldest.atMs < LOOK_MS / 2) return null;
  const rate = ((pull.receivedBytes - oldest.bytes) / (atMs - oldest.atMs)) * 1000;
  return rate > 0 ? rate : null;
}
