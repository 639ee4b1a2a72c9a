import { fitDrawing } from "@/lib/codes/fit-drawing";
import { makeFile, recodeFile } from "@/lib/codes/make-file";
import { readDrawing } from "@/lib/codes/read-drawing";
import { type CpuTasks, serveCpuTasks } from "@/lib/jobs/cpu-thread";
import { cutOut } from "@/lib/photos/cut-out";
import { inkLines } from "@/lib/photos/ink-lines";
import { heicPixels } from "@/lib/pictures/heic-pixels";
import { readText } from "@/lib/reading/read-text";
import { finishProduct } from "./product/finish-product";
import { placeThing } from "./product/place-thing";
import { thingOf } from "./product/thing-of";

/** What threads can do, by name; called with `runOnCpu(name, payload)`. Nothing here may touch the database. */
const tasks: CpuTasks = {
  "fit-drawing": fitDrawing,
  "read-drawing": readDrawing,
  "qr-picture": makeFile,
  "qr-picture-recode": recodeFile,
  "heic-pixels": heicPixels,
  "cut-out": cutOut,
  "ink-lines": inkLines,
  "read-text": readText,
  "cut-thing": thingOf,
  "place-thing": placeThing,
  "finish-product": finishProduct,
};

export default serveCpuTasks(tasks);
