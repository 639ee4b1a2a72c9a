import { showQuota as showOwnQuota } from "@/lib/accounts/show-quota";
import { apiRoute } from "../_api-route";
import { showQuota } from "../_studio-endpoints";

export const GET = apiRoute(showQuota, async ({ owner }) =>
  Response.json({ quota: await showOwnQuota(owner) }),
);
