import type { FoundPictures } from "@/lib/search/find-pictures";
import type { TagView } from "@/lib/search/show-tags";

/** What commands ask of somebody's gallery. */
export interface Door {
  search(words: string, count: number): Promise<FoundPictures>;
  tags(pictureId: string): Promise<readonly TagView[]>;
  /** Gives back what was opened. */
  close(): Promise<void>;
}
