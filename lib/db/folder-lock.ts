import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "../errors";
import { isAlive, type ProcessMark, thisProcess } from "../process-mark";

/**
 * Takes `<folder>.lock` for this process and returns the function that gives it back; also given back at exit.
 * A lock whose process is gone is taken over.
 * @throws AppError database_in_use, naming the process that holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`;
  const mine = JSON.stringify(thisProcess());
  mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    removeStale(file, folder);
  }
  const unlock = () => {
    process.off("exit", unlock);
    if (readLock(file) === mine) rmSync(file, { force: true });
  };
  process.on("exit", unlock);
  return unlock;
}

function removeStale(file: string, folder: string): void {
  const found = readLock(file);
  if (found === null) return;
  const holder = parse(found);
  if (holder && isAlive(holder)) {
    throw new AppError("database_in_use", { details: { pid: holder.pid, folder } });
  }
  // Two processes may judge the same stale lock: only what was judged may be removed, so move first, then look.
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readLock(aside) !== found) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function readLock(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function parse(raw: string): ProcessMark | null {
  try {
    const value = JSON.parse(raw) as Partial<ProcessMark>;
    return typeof value.pid === "number" ? { pid: value.pid, born: value.born ?? null } : null;
  } catch {
    // An unreadable lock is what a machine that lost power mid-write leaves behind.
    return null;
  }
}
