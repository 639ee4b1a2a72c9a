"use client";

import { useCallback, useState } from "react";
import type { OwnPlace } from "@/lib/pictures/list-places";
import { loadPlaces } from "./gallery-api";

/** Where one's pictures were taken, the most frequent first; asked for once, when first needed. */
export function useOwnPlaces() {
  const [places, setPlaces] = useState<readonly OwnPlace[] | null>(null);
  const load = useCallback(() => {
    if (places !== null) return;
    setPlaces([]);
    // One goes on without them.
    loadPlaces().then(setPlaces, () => setPlaces(null));
  }, [places]);
  return { places: places ?? [], load };
}
