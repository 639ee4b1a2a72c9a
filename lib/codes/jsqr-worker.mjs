import { constants, setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import jsQR from "jsqr";

// On Linux a priority is a thread's own: whoever waits for a page goes first. Elsewhere it is the whole process's.
if (process.platform === "linux") setPriority(constants.priority.PRIORITY_LOW);

// One picture after the other, answered in their order; see jsqr-thread.ts.
parentPort.on("message", ({ data, width, height, options }) => {
  parentPort.postMessage(jsQR(data, width, height, options)?.data ?? null);
});
