import { limitRate } from "@/lib/accounts/limit-rate";
import { errorMessage, type Locale, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { PictureFilters } from "@/lib/pictures/picture-filters";
import { findPictures } from "@/lib/search/find-pictures";
import { findSimilar } from "@/lib/search/find-similar";
import type { TagView } from "@/lib/search/show-tags";
import type { Search } from "./search-results";

/** What is looked for: words, pictures that look like one, or both. */
export interface Wish {
  readonly words: string;
  readonly filters: PictureFilters;
  /** The picture that others are to look like. */
  readonly like: string | null;
}

/** What the gallery shows for a wish; what went wrong is part of the answer, and the page stands. */
export async function searchFor(
  ownerId: string | null,
  wish: Wish,
  locale: Locale,
): Promise<Search & { pictures: PictureView[] }> {
  const { words } = wish;
  const nothing = { words, like: null, pictures: [], matching: [], shows: {}, waiting: 0, problem: null };
  try {
    // A first visit owns nothing, and nothing is found.
    if (ownerId === null) return nothing;
    await limitRate("search", ownerId);
    if (wish.like !== null) {
      const { picture, similar } = await findSimilar(ownerId, wish.like, words);
      return { ...nothing, like: picture.title, matching: similar.map(({ id }) => id), pictures: similar };
    }
    const { found, waiting } = await findPictures(ownerId, { ...wish.filters, words });
    const matching = found.filter(({ matches }) => matches).map(({ picture }) => picture.id);
    // What stands in it says more of why it is here than what it shows.
    const shows = Object.fromEntries(
      found.map(({ picture, tags, text }) => [
        picture.id,
        text === null ? inWords(tags, locale) : `“${text}”`,
      ]),
    );
    return { ...nothing, waiting, matching, shows, pictures: found.map(({ picture }) => picture) };
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) log("search").error({ err: thrown }, "a search failed");
    return { ...nothing, problem: errorMessage(error.code, error.details, locale) };
  }
}

/** As many as fit on a tile. */
const FITTING = 4;

const inWords = (tags: readonly TagView[], locale: Locale): string =>
  tags
    .slice(0, FITTING)
    .map((tag) => tag[locale])
    .join(locale === "zh" ? "、" : ", ");
