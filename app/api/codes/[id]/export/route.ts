import { limitRate } from "@/lib/accounts/limit-rate";
import { exportChoice, exportCode } from "@/lib/scenarios/qr-picture/export-code";
import { route } from "../../../_route";
import { fileResponse } from "../../../pictures/_file-response";

/** A code to save: `?format=png|webp|jpeg&size=` in pixels, `?format=svg|pdf&mm=` in its width on paper. */
export const GET = route<{ id: string }>(async ({ request, params, url, requireOwner }) => {
  const owner = await requireOwner();
  const choice = exportChoice.parse(Object.fromEntries(url.searchParams));
  await limitRate("generation", owner.id);
  return fileResponse(request, await exportCode(owner.id, params.id, choice), "attachment");
});
