"use client";

import { useEffect, useState } from "react";
import type { Making } from "@/app/_ui/making/job-update";
import type { PictureDetails } from "@/lib/pictures/describe-picture";
import type { MadeSheet } from "@/lib/pictures/made-pictures";
import { fetchPicture } from "../_picture/picture-api";

export interface Made {
  /** Those that are there and were loaded, in the job's order. */
  readonly pictures: readonly PictureDetails[];
  /** How many there will be. */
  readonly of: number;
  /** Where they are the cells of a table. */
  readonly sheet: MadeSheet | null;
  /** What is known of the one that is being drawn. */
  readonly preview: string | null;
}

/** The pictures of a job as they come; each is loaded once. */
export function useMade(making: Making): Made {
  const made = "made" in making ? making.made : null;
  const [known, setKnown] = useState<ReadonlyMap<string, PictureDetails>>(new Map());
  const ids = made?.pictures.join(" ") ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known already is not asked for again
  useEffect(() => {
    const stop = new AbortController();
    for (const id of ids.split(" "))
      if (id !== "" && !known.has(id))
        fetchPicture(id, stop.signal).then(
          (details) => setKnown((before) => new Map(before).set(id, details)),
          // It lies safe in the gallery; the next news asks again.
          (error: unknown) => stop.signal.aborted || console.warn("picture not loaded", error),
        );
    return () => stop.abort();
  }, [ids]);
  return {
    pictures: (made?.pictures ?? []).flatMap((id) => known.get(id) ?? []),
    of: made?.of ?? 0,
    sheet: made?.sheet ?? null,
    preview: made?.preview ?? null,
  };
}
