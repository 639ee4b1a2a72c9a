import { redirect } from "next/navigation";
import { z } from "zod";
import { currentOwner } from "@/lib/accounts/current-owner";
import { showPicture } from "@/lib/pictures/show-picture";
import samples from "@/public/samples/samples.json";
import type { Start } from "./_form/use-prefill";
import { Studio } from "./studio";

interface StudioPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const id = z.uuid().nullable().catch(null);

export default async function StudioPage({ searchParams }: StudioPageProps) {
  const { picture, like } = await searchParams;
  const start: Start = { pictureId: id.parse(picture), likeId: id.parse(like) };
  if (start.likeId && (await isDrawnFromWords(start.likeId))) redirect(`/create/qr-art?like=${start.likeId}`);
  return <Studio samples={samples} start={start} />;
}

const fromWords = z.object({ art: z.object({ prompt: z.string() }) });

/** A code of one's own that has no picture to be made from again, but words; what cannot be had is told by the form. */
async function isDrawnFromWords(codeId: string): Promise<boolean> {
  const owner = await currentOwner();
  const code = owner && (await showPicture(owner.id, codeId).catch(() => null));
  return fromWords.safeParse(code?.settings).success;
}
