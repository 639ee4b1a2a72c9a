import { limitRate } from "@/lib/accounts/limit-rate";
import { errorMessage, type Locale, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { findPictures } from "@/lib/search/find-pictures";
import type { Search } from "./search-results";

/** What the gallery shows for words; what went wrong is part of the answer, and the page stands. */
export async function searchFor(
  ownerId: string | null,
  words: string,
  locale: Locale,
): Promise<Search & { pictures: PictureView[] }> {
  const nothing = { words, pictures: [], matching: [], waiting: 0, problem: null };
  if (ownerId === null) return nothing;
  try {
    await limitRate("search", ownerId);
    const { found, waiting } = await findPictures(ownerId, { words });
    const matching = found.filter(({ matches }) => matches).map(({ picture }) => picture.id);
    return { ...nothing, waiting, matching, pictures: found.map(({ picture }) => picture) };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) log("search").error({ err: thrown }, "a search failed");
    return { ...nothing, problem: errorMessage(error.code, error.details, locale) };
  }
}
