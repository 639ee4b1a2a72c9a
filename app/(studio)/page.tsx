import { z } from "zod";
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
  return <Studio samples={samples} start={start} />;
}
