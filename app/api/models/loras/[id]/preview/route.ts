import { limitRate } from "@/lib/accounts/limit-rate";
import { readOwnPreview } from "@/lib/models/own-loras/own-previews";
import { drawPreviewAgain } from "@/lib/scenarios/lora-preview/draw-preview-again";
import { route } from "../../../../_route";

/** What a LoRA of one's own draws: WebP, for its owner alone. */
export const GET = route<{ id: string }>(async ({ params, requireOwner }) => {
  const webp = await readOwnPreview((await requireOwner()).id, params.id);
  const headers = {
    "Content-Type": "image/webp",
    "Cache-Control": "private, max-age=3600",
    Vary: "Cookie",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
  return new Response(new Uint8Array(webp), { headers });
});

/** Has it drawn, where there is none yet. */
export const POST = route<{ id: string }>(async ({ params, requireOwner }) => {
  const owner = await requireOwner();
  await limitRate("generation", owner.id);
  await drawPreviewAgain(owner.id, params.id);
  return new Response(null, { status: 204 });
});
