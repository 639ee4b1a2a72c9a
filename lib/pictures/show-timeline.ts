import { z } from "zod";
import { listPictureRows, listSections } from "../db/pictures";
import { describePicture, type PictureView } from "./describe-picture";
import { type MoreFilter, openPlace, sealPlace, shelfFilter, shelfInput } from "./list-pictures";

/** Few enough to be asked for at once, many enough that a screen needs one or two. */
const SECTION_PICTURES = 60;
/** Were many put into one section meanwhile, by their dates. */
const MOST_PICTURES = 500;

/** Pictures of one month that follow each other; they are brought when they come into view. */
export interface TimelineSection {
  /** YYYY-MM, in UTC. */
  month: string;
  count: number;
  /** The sum of their sides' ratios, width by height, none beyond 3 to 1: how much room they take. */
  ratio: number;
  /** Where it begins; it ends where the next one begins. */
  begin: string;
}

export type TimelineInput = z.input<typeof shelfInput>;

/** All of the owner's pictures, newest first, as sections of months. */
export async function showTimeline(
  ownerId: string,
  input: TimelineInput = {},
  more: MoreFilter = {},
): Promise<TimelineSection[]> {
  const { shelf, order } = shelfInput.parse(input);
  const sections = await listSections(ownerId, { filter: shelfFilter(shelf, more), order }, SECTION_PICTURES);
  return sections.map(({ from, ...section }) => ({ ...section, begin: sealPlace(from) }));
}

const cursor = z.string().max(120);
export const listSectionInput = shelfInput.extend({
  begin: cursor,
  /** The next section's `begin`; left out for the last. */
  end: cursor.optional(),
});

/**
 * The pictures of one section, as they are by now.
 * @throws AppError input_invalid for a cursor that is none of ours.
 */
export async function listSection(
  ownerId: string,
  input: z.input<typeof listSectionInput>,
  more: MoreFilter = {},
): Promise<PictureView[]> {
  const { shelf, order, begin, end } = listSectionInput.parse(input);
  const list = { filter: shelfFilter(shelf, more), order, from: openPlace(begin), before: openPlace(end) };
  return (await listPictureRows(ownerId, list, MOST_PICTURES)).map(describePicture);
}
