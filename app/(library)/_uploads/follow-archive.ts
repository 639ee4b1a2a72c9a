import type { ArchiveNews, JobNews } from "@/app/api/jobs/_job-news";
import type { PictureView } from "@/lib/pictures/describe-picture";
import { loadNewest } from "../_gallery/gallery-api";
import type { UploadItem } from "./upload-item";

/** Pictures of an archive that are shown as they come in; more of them come with the page. */
const MOST_SHOWN = 100;

/**
 * Follows the unpacking of an archive to its end. A line that breaks is opened again by the browser itself.
 * @param onNews what changes for its item.
 * @returns the pictures that it brought, the newest last.
 */
export async function followArchive(
  jobId: string,
  onNews: (news: Partial<UploadItem>) => void,
): Promise<PictureView[]> {
  const job = await new Promise<JobNews | null>((resolve) => {
    const stream = new EventSource(`/api/jobs/${jobId}/events`);
    stream.onmessage = ({ data }: MessageEvent<string>) => {
      const news: JobNews = JSON.parse(data);
      if (news.state === "queued" || news.state === "running") return onNews({ unpacked: news.progress });
      stream.close();
      resolve(news);
    };
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) resolve(null);
    };
  });
  if (job?.archive) onNews(endOf(job.archive));
  else if (job) onNews({ state: job.retryable ? "failed" : "refused", message: job.message ?? "" });
  else onNews({ state: "failed" });
  const added = Math.min(job?.archive?.added ?? 0, MOST_SHOWN);
  return added > 0 ? (await loadNewest(added)).toReversed() : [];
}

/** The state that says most; the counts say the rest. */
function endOf(archive: ArchiveNews): Partial<UploadItem> {
  if (archive.added > 0) return { state: "added", archive };
  return { state: archive.present > 0 ? "present" : "refused", archive };
}
