import { diskStorage } from "@/lib/storage/disk-storage";
import type { WriteStep } from "@/lib/storage/write-hashed";

/** Run as a program: stores 3 MiB in the folder and ends itself with SIGKILL at the named step. */
const [root = "", dieAt = ""] = process.argv.slice(2);
const storage = diskStorage(root, (step: WriteStep) => {
  if (step === dieAt) process.kill(process.pid, "SIGKILL");
});
async function* content() {
  for (let part = 0; part < 3; part++) yield Buffer.alloc(1 << 20, part);
}
const { hash } = await storage.put(content());
process.stdout.write(hash);
