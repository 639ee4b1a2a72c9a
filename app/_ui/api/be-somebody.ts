"use server";

import { z } from "zod";
import { validatedAction } from "@/app/_ui/validated-action";
import { requireOwner } from "@/lib/accounts/current-owner";

/** Makes a guest where there is nobody yet. */
export const beSomebody = validatedAction(z.null(), async () => {
  await requireOwner();
});
