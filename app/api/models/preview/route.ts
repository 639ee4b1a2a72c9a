import { z } from "zod";
import { loraPreview } from "@/lib/drawing/list-lora-cards";
import { route } from "../../_route";

const asked = z.object({ lora: z.string().min(1).max(200) });

/** What an installed LoRA draws: `?lora=NAME` → WebP. Models are everybody's, and so are their previews. */
export const GET = route(async ({ url }) => {
  const { lora } = asked.parse(Object.fromEntries(url.searchParams));
  const headers = {
    "Content-Type": "image/webp",
    "Cache-Control": "private, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
  };
  return new Response(new Uint8Array(await loraPreview(lora)), { headers });
});
