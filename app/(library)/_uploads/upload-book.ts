import type { PictureView } from "@/lib/pictures/describe-picture";
import { isOver, type UploadItem } from "./upload-item";

/** What the page shows of the uploads; a new object whenever something changed. */
export interface UploadRound {
  readonly items: readonly UploadItem[];
  readonly isPaused: boolean;
}

/** Called a few times a second while something changes, with the pictures that came in since. */
type Listener = (arrived: readonly PictureView[]) => void;

/** A thousand files tell of themselves more often than a page can be drawn. */
const TELL_MS = 200;
/** How often a grid of a thousand pictures is laid out anew for those that came. */
const ARRIVE_MS = 1_000;

const NONE: UploadRound = { items: [], isPaused: false };

/** Where each file stands, and who wants to know. */
export function uploadBook() {
  const items = new Map<string, UploadItem>();
  const listeners = new Set<Listener>();
  let round = NONE;
  let isPaused = false;
  let arrived: PictureView[] = [];
  let arrivedAt = 0;
  let isTelling = false;

  const isRunning = () => [...items.values()].some((item) => !isOver(item));
  const tell = () => {
    isTelling = false;
    round = items.size === 0 ? NONE : { items: [...items.values()], isPaused };
    const isDue = Date.now() - arrivedAt > ARRIVE_MS || !isRunning();
    const news = isDue ? arrived : [];
    if (isDue) [arrived, arrivedAt] = [[], Date.now()];
    for (const listener of listeners) listener(news);
  };
  const changed = () => {
    if (!isTelling) setTimeout(tell, TELL_MS);
    isTelling = true;
  };

  return {
    put: (item: UploadItem) => {
      items.set(item.id, item);
      changed();
    },
    /** Files that are not in the book (any more) are not put into it. */
    change: (id: string, news: Partial<UploadItem>) => {
      const item = items.get(id);
      if (item) items.set(id, { ...item, ...news });
      changed();
    },
    arrive: (pictures: readonly PictureView[]) => {
      arrived.push(...pictures);
      changed();
    },
    pause: (wish: boolean) => {
      isPaused = wish;
      changed();
    },
    remove: (id: string) => items.delete(id),
    clear: () => {
      items.clear();
      isPaused = false;
      changed();
    },
    failed: () => [...items.values()].filter(({ state }) => state === "failed").map(({ id }) => id),
    isRunning,
    subscribe: (listener: Listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    round: () => round,
    nothing: () => NONE,
  };
}
