/**
 * Sends one question at a time and keeps only the newest of those that wait: while a worker is busy, everything
 * in between is out of date before it could be answered.
 */
export class LatestWins<Question> {
  private busy = false;
  private waiting: { question: Question } | null = null;

  /** @param send called with the next question when the last one was answered. */
  constructor(private readonly send: (question: Question) => void) {}

  ask(question: Question): void {
    if (this.busy) {
      this.waiting = { question };
      return;
    }
    this.busy = true;
    this.send(question);
  }

  /** To be called once for each question sent. @returns whether a newer question has already taken its place. */
  answered(): boolean {
    const next = this.waiting;
    this.waiting = null;
    this.busy = next !== null;
    if (next) this.send(next.question);
    return next !== null;
  }
}
