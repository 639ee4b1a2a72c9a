"use client";

import { useCallback, useRef } from "react";
import type { PictureView } from "@/lib/pictures/describe-picture";
import type { TimelineSection } from "@/lib/pictures/show-timeline";
import type { Place } from "../_gallery/gallery-address";
import { loadSection } from "../_gallery/gallery-api";
import { type PicturePart, usePictureParts } from "../_gallery/use-picture-parts";

/** What the server sends with the page. */
export interface FirstPictures {
  /** What stands before all months: what a search found. */
  readonly found: readonly PictureView[];
  readonly sections: readonly TimelineSection[];
  /** The pictures of the first few sections. */
  readonly parts: readonly (readonly PictureView[])[];
}

/**
 * One's pictures by months: part 0 is what stands before them (found, or just come in), then a part a section, loaded
 * when it comes into view.
 */
export function useTimeline(place: Place, { found, sections, parts: first }: FirstPictures) {
  const shown = usePictureParts([found, ...sections.map((_, i) => first[i] ?? null)]);
  const { parts, setParts } = shown;
  const now = useRef(parts);
  now.current = parts;
  const coming = useRef(new Map<number, Promise<readonly PictureView[]>>());

  /** Brings a part, unless it is here. @throws ApiError */
  const bring = useCallback(
    (at: number): Promise<readonly PictureView[]> => {
      const section = sections[at - 1];
      const here = now.current[at];
      if (here || !section) return Promise.resolve(here ?? []);
      const asked = coming.current.get(at);
      if (asked) return asked;
      const brought = loadSection(place, section.begin, sections[at]?.begin ?? null)
        .then((pictures) => {
          setParts((all) => all.with(at, pictures));
          return pictures;
        })
        .finally(() => coming.current.delete(at));
      coming.current.set(at, brought);
      return brought;
    },
    [place, sections, setParts],
  );

  /** Puts pictures that came in before all others; the last of them came last. */
  const putFirst = useCallback(
    (arrived: readonly PictureView[]) => {
      const ids = new Set(arrived.map(({ id }) => id));
      setParts((all) => {
        const others = all.map((part) => part?.filter(({ id }) => !ids.has(id)) ?? null);
        return others.with(0, [...arrived.toReversed(), ...(others[0] ?? [])]);
      });
    },
    [setParts],
  );

  /** The ids from one picture to another, what lies between them brought first. */
  const idsBetween = useCallback(
    async (one: string, other: string): Promise<string[]> => {
      const [first, last] = [partOf(now.current, one), partOf(now.current, other)].sort((a, b) => a - b);
      if (first === undefined || last === undefined || first < 0) return [];
      const between = Array.from({ length: last - first + 1 }, (_, i) => bring(first + i));
      const ids = (await Promise.all(between)).flat().map(({ id }) => id);
      const ends = [ids.indexOf(one), ids.indexOf(other)];
      return ids.slice(Math.min(...ends), Math.max(...ends) + 1);
    },
    [bring],
  );

  /** The ids of the first pictures, brought if need be. */
  const firstIds = useCallback(
    async (most: number): Promise<string[]> => {
      const ids: string[] = [];
      for (let at = 0; at < now.current.length && ids.length < most; at++)
        ids.push(...(await bring(at)).map(({ id }) => id));
      return ids.slice(0, most);
    },
    [bring],
  );

  const clear = useCallback(() => setParts((all) => all.map(() => [])), [setParts]);
  const count = parts.reduce((sum, part, at) => sum + (part?.length ?? sections[at - 1]?.count ?? 0), 0);
  return { ...shown, sections, count, bring, putFirst, idsBetween, firstIds, clear };
}

/** The part that a picture is in; −1 for none. */
export const partOf = (parts: readonly PicturePart[], id: string): number =>
  parts.findIndex((part) => part?.some((one) => one.id === id));

/** The pictures around one of them, as far as they are here without a gap. */
export function neighboursOf(parts: readonly PicturePart[], id: string | null): readonly PictureView[] {
  const at = id === null ? -1 : partOf(parts, id);
  if (at < 0) return [];
  const before = parts.slice(0, at).lastIndexOf(null);
  const after = parts.findIndex((part, i) => i > at && part === null);
  return parts.slice(before + 1, after < 0 ? undefined : after).flatMap((part) => part ?? []);
}
