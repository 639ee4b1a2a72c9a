"use client";

import { useCallback, useState } from "react";

interface Held {
  /** The picture that it was painted over: it belongs to no other. */
  readonly over: string | null;
  readonly png: string | null;
  /** How often it was given from elsewhere: the brush begins anew with each. */
  readonly given: number;
}

/** The mask over the picture that is begun with, as long as the page is open. */
export function useMask(picture: string | null) {
  const [held, hold] = useState<Held>({ over: null, png: null, given: 0 });
  const give = useCallback(
    (over: string | null, png: string | null) => hold(({ given }) => ({ over, png, given: given + 1 })),
    [],
  );
  const paint = useCallback(
    (png: string | null) => hold(({ given }) => ({ over: picture, png, given })),
    [picture],
  );
  return { mask: held.over === picture ? held.png : null, given: held.given, give, paint };
}
