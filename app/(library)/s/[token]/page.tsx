import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { toAppError } from "@/lib/errors";
import { listSharedPictures } from "@/lib/shares/list-shared-pictures";
import { openShare } from "@/lib/shares/open-share";
import { SharedPictures } from "../../_shared/shared-pictures";
import { UnlockForm } from "../../_shared/unlock-form";

type Props = { params: Promise<{ token: string }> };

/** Null while the password has not been given. */
const open = cache(async (token: string) => {
  const jar = await cookies();
  try {
    return await openShare(token, (name) => jar.get(name)?.value);
  } catch (thrown) {
    const { code } = toAppError(thrown);
    if (code === "share_locked") return null;
    if (code === "not_found") notFound();
    throw thrown;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const share = await open((await params).token);
  const t = await getTranslations("shared");
  return { title: share?.title || t("title"), robots: { index: false, follow: false } };
}

/** What a link shows, to whoever has it. */
export default async function SharedPage({ params }: Props) {
  const { token } = await params;
  const share = await open(token);
  if (!share) return <UnlockForm token={token} />;
  const first = await listSharedPictures(share);
  return <SharedPictures {...{ token, first }} title={share.title} withOriginals={share.withOriginals} />;
}
