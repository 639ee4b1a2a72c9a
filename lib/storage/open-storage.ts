import { env } from "../env";
import { diskStorage } from "./disk-storage";
import { s3Storage } from "./s3-storage";
import type { Storage } from "./storage";

let opened: Storage | undefined;

/** The process's storage: the bucket named by S3_BUCKET, otherwise the data folder. */
export function storage(): Storage {
  opened ??= env().S3_BUCKET
    ? s3Storage({
        bucket: env().S3_BUCKET!,
        endpoint: env().S3_ENDPOINT,
        region: env().S3_REGION,
        accessKeyId: env().S3_ACCESS_KEY_ID,
        secretAccessKey: env().S3_SECRET_ACCESS_KEY,
      })
    : diskStorage(env().DATA_DIR);
  return opened;
}
