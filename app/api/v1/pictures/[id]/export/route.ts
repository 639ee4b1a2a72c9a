import { limitRate } from "@/lib/accounts/limit-rate";
import { exportCode as exportOwnCode } from "@/lib/scenarios/qr-picture/export-code";
import { fileResponse } from "../../../../pictures/_file-response";
import { apiRoute } from "../../../_api-route";
import { exportCode } from "../../../_picture-endpoints";

export const GET = apiRoute(exportCode, async ({ request, owner, id, query }) => {
  await limitRate("generation", owner.id);
  return fileResponse(request, await exportOwnCode(owner.id, id, query), "attachment", "asked-anew");
});
