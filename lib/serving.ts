import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { env } from "./env";
import { isAlive, thisProcess } from "./process-mark";

const file = (): string => path.join(env().DATA_DIR, "serving.json");
const note = z.object({ pid: z.number().int(), born: z.string().nullable(), port: z.number().int() });

/** Notes in DATA_DIR where this process serves the app, for commands on the same machine, until it ends. */
export function announceServing(): void {
  mkdirSync(env().DATA_DIR, { recursive: true });
  const draft = `${file()}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ ...thisProcess(), port: env().PORT }));
  renameSync(draft, file());
  process.on("exit", () => {
    if (read()?.pid === process.pid) rmSync(file(), { force: true });
  });
}

/** Where the app is served that has this DATA_DIR; null where none is running. No slash at the end. */
export function findServing(): string | null {
  const found = read();
  return found && isAlive(found) ? `http://localhost:${found.port}` : null;
}

function read(): z.infer<typeof note> | null {
  try {
    return note.parse(JSON.parse(readFileSync(file(), "utf8")));
  } catch {
    // There is none, or a machine lost power while it was written.
    return null;
  }
}
