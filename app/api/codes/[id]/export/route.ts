import { z } from "zod";
import { limitRate } from "@/lib/accounts/limit-rate";
import { FORMATS } from "@/lib/codes/formats";
import { exportCode } from "@/lib/scenarios/qr-picture/export-code";
import { route } from "../../../_route";
import { fileResponse } from "../../../pictures/_file-response";

const query = z.object({
  format: z.enum(FORMATS),
  size: z.coerce.number().int().min(256).max(4096).optional(),
  mm: z.coerce.number().min(10).max(1000).optional(),
});

/** A code to save: `?format=png|webp|jpeg&size=` in pixels, `?format=svg|pdf&mm=` in its width on paper. */
export const GET = route<{ id: string }>(async ({ request, params, url, requireOwner }) => {
  const owner = await requireOwner();
  const choice = query.parse(Object.fromEntries(url.searchParams));
  await limitRate("generation", owner.id);
  return fileResponse(request, await exportCode(owner.id, params.id, choice), "attachment");
});
