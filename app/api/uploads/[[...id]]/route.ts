import { limitRate } from "@/lib/accounts/limit-rate";
import { receiveUpload } from "@/lib/uploads/receive-upload";
import { type RouteRequest, route } from "../../_route";
import { takeIn } from "../_take-in";

type Params = { id?: string[] };

/** Begins an upload: its length and name come in headers, its first bytes in the body. */
export const POST = route<Params>(async ({ request, ownerOrGuest }) => {
  const owner = await ownerOrGuest();
  await limitRate("import", owner.id);
  return receiveUpload(owner.id, request, undefined, (draft) => takeIn(owner, draft));
});

const goOn = async ({ request, params, requireOwner }: RouteRequest<Params>) => {
  const owner = await requireOwner();
  return receiveUpload(owner.id, request, params.id?.join("/") ?? "", (draft) => takeIn(owner, draft));
};

/** How much of an upload is there. */
export const HEAD = route<Params>(goOn);

/** More of it; with its last byte the picture: `{picture, isNew}`. */
export const PATCH = route<Params>(goOn);

/** Gives it up. */
export const DELETE = route<Params>(goOn);
