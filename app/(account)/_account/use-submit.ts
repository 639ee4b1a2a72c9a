"use client";

import { useCallback, useState } from "react";
import type { ActionResult } from "@/app/_ui/validated-action";

/**
 * Runs a server action for a form.
 * @param unheard what to say when the server could not be asked at all.
 * @returns `submit`, which is true when it worked, and what to show meanwhile and when it didn't.
 */
export function useSubmit<I>(action: (input: I) => Promise<ActionResult<unknown>>, unheard: string) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = useCallback(
    async (input: I): Promise<boolean> => {
      setBusy(true);
      setProblem(null);
      const answer = await action(input).catch(() => null);
      setBusy(false);
      if (answer?.ok) return true;
      setProblem(answer?.message ?? unheard);
      return false;
    },
    [action, unheard],
  );
  return { submit, problem, isBusy };
}
