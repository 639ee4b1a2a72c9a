import sharp from "sharp";
import type { Picture } from "../engine/picture";
import type { GenerateProgress } from "../inference/tasks";
import type { EaselTools } from "./open-easel";

/** Small enough to travel with a job's news. */
const SIDE_PX = 192;
const QUALITY = 55;

/** What can be seen of a drawing before it is there. */
export interface LivePreview {
  /** The address of what is known by now; null before anything is. */
  readonly shown: string | null;
  /** Shows what a step brought. */
  see(progress: GenerateProgress): void;
  /** The next picture begins. */
  clear(): void;
}

/** What an easel is told by whoever shows previews, or does not. */
export const watched = (
  preview: LivePreview | undefined,
  onProgress: (progress: GenerateProgress) => void,
): Pick<EaselTools, "onProgress" | "wantsPreviews"> => ({
  wantsPreviews: preview !== undefined,
  onProgress(progress) {
    preview?.see(progress);
    onProgress(progress);
  },
});

/** @param onChange there is another one to show. */
function openLivePreview(onChange: () => void): LivePreview {
  let shown: string | null = null;
  let round = 0;
  let isBusy = false;
  return {
    get shown() {
      return shown;
    },
    see({ previews }) {
      const [picture] = previews ?? [];
      // One at a time: an encoder that is slower than a step misses some.
      if (!picture || isBusy) return;
      isBusy = true;
      const begun = round;
      encode(picture)
        .then((address) => {
          if (begun !== round) return;
          shown = address;
          onChange();
        })
        // A preview is a courtesy; the drawing goes on without.
        .catch(() => {})
        .finally(() => {
          isBusy = false;
        });
    },
    clear() {
      shown = null;
      round++;
    },
  };
}

/**
 * Tells progress together with the latest preview, whichever of the two is news.
 * @param report what the job's owner is told; `preview` is the address of what is known, null before anything is.
 */
export function tellWithPreview(report: (done: number, stage: string, preview: string | null) => void) {
  let last: readonly [done: number, stage: string] = [0, "opening"];
  const preview = openLivePreview(() => report(...last, preview.shown));
  const tell = (...news: typeof last) => {
    last = news;
    report(...news, preview.shown);
  };
  return { tell, preview };
}

async function encode({ width, height, data }: Picture): Promise<string> {
  const small = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(SIDE_PX, SIDE_PX, { fit: "inside", withoutEnlargement: true })
    .webp({ quality: QUALITY })
    .toBuffer();
  return `data:image/webp;base64,${small.toString("base64")}`;
}
