/** The job that a tab follows, kept over reloads; where the browser refuses storage, a reload forgets it. */
export const keptJob = {
  read(key: string): string | null {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  /** @param jobId null: there is nothing to follow any more. */
  write(key: string, jobId: string | null): void {
    try {
      if (jobId === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, jobId);
    } catch {
      // Refused or full: it is made all the same.
    }
  },
};
