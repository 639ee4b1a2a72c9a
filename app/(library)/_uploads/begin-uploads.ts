"use server";

import { z } from "zod";
import { validatedAction } from "@/app/_ui/validated-action";
import { requireOwner } from "@/lib/accounts/current-owner";

/** Before several files are sent at once: where there is nobody yet, all of them go to one guest. */
export const beginUploads = validatedAction(z.null(), async () => {
  await requireOwner();
  return null;
});
