import { readFileSync } from "node:fs";

/** Tells one process from all others, also from a later one with its number. */
export interface ProcessMark {
  pid: number;
  /** Kernel's start time of that process, where there is one: a reused process number is not the same process. */
  born: string | null;
}

export const thisProcess = (): ProcessMark => ({ pid: process.pid, born: bornOf(process.pid) });

export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const born = bornOf(mark.pid);
  return born === null || mark.born === null || born === mark.born;
}

/** Field 22 of /proc/<pid>/stat: clock ticks from boot to the process's start; null outside Linux. */
function bornOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
