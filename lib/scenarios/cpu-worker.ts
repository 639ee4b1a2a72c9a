import { type CpuTasks, serveCpuTasks } from "@/lib/jobs/cpu-thread";
import { heicPixels } from "@/lib/pictures/heic-pixels";
import { makeFile, recodeFile } from "./qr-picture/make-file";

/** What threads can do, by name; called with `runOnCpu(name, payload)`. Nothing here may touch the database. */
const tasks: CpuTasks = {
  "qr-picture": makeFile,
  "qr-picture-recode": recodeFile,
  "heic-pixels": heicPixels,
};

export default serveCpuTasks(tasks);
