import { limitRate } from "@/lib/accounts/limit-rate";
import { errorMessage, type Locale, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { findPictures } from "@/lib/search/find-pictures";
import { findSimilar } from "@/lib/search/find-similar";
import type { Search } from "./search-results";

/** What is looked for: words, or pictures that look like one. */
export type Wish = { words: string } | { like: string };

/** What the gallery shows for a wish; what went wrong is part of the answer, and the page stands. */
export async function searchFor(
  ownerId: string | null,
  wish: Wish,
  locale: Locale,
): Promise<Search & { pictures: PictureView[] }> {
  const words = "words" in wish ? wish.words : "";
  const nothing = { words, like: null, pictures: [], matching: [], waiting: 0, problem: null };
  try {
    // A first visit owns nothing, and nothing is found.
    if (ownerId === null) return nothing;
    await limitRate("search", ownerId);
    if ("like" in wish) {
      const { picture, similar } = await findSimilar(ownerId, wish.like);
      return { ...nothing, like: picture.title, matching: similar.map(({ id }) => id), pictures: similar };
    }
    const { found, waiting } = await findPictures(ownerId, { words });
    const matching = found.filter(({ matches }) => matches).map(({ picture }) => picture.id);
    return { ...nothing, waiting, matching, pictures: found.map(({ picture }) => picture) };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) log("search").error({ err: thrown }, "a search failed");
    return { ...nothing, problem: errorMessage(error.code, error.details, locale) };
  }
}
