import * as albums from "./_album-endpoints";
import type { Endpoint } from "./_endpoint";
import * as jobs from "./_job-endpoints";
import * as models from "./_model-endpoints";
import * as pictures from "./_picture-endpoints";
import * as shares from "./_share-endpoints";
import * as studio from "./_studio-endpoints";

/** Everything that programs can ask for, by what it has to do with. */
export const ENDPOINTS: Readonly<Record<string, readonly Endpoint[]>> = {
  Studio: Object.values(studio),
  Jobs: Object.values(jobs),
  Pictures: Object.values(pictures),
  Albums: Object.values(albums),
  Links: Object.values(shares),
  Models: Object.values(models),
};
