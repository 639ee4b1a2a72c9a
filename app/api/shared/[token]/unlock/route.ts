import { NextResponse } from "next/server";
import { z } from "zod";
import { clientAddress } from "@/lib/accounts/client-address";
import { sharePassOptions } from "@/lib/shares/share-pass";
import { unlockShare } from "@/lib/shares/unlock-share";
import { readJson } from "../../../_body";
import { route } from "../../../_route";

const input = z.object({ password: z.string().max(200) });

/** Opens a link that is behind a password, for this browser. */
export const POST = route<{ token: string }>(async ({ request, params }) => {
  const { password } = input.parse(await readJson(request));
  const { name, value } = await unlockShare(params.token, password, clientAddress(request.headers));
  const answer = new NextResponse(null, { status: 204 });
  answer.cookies.set(name, value, sharePassOptions());
  return answer;
});
