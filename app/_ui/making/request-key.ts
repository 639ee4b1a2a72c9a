/**
 * The keys that requests are known by: as long as nobody heard what came of one, the same is asked again under the same
 * key, so that an answer which got lost on its way does not become a second job.
 */
export class RequestKey {
  private open: { readonly asked: string; readonly key: string } | null = null;

  /** @param input what is asked, as JSON has it. @returns 128 random bits, hex. */
  of(input: unknown): string {
    const asked = JSON.stringify(input);
    if (this.open?.asked !== asked) this.open = { asked, key: newKey() };
    return this.open.key;
  }

  /** What came of it was heard: the same asked from here on is asked for once more. */
  heard(): void {
    this.open = null;
  }
}

/** `crypto.randomUUID` is not there when the page comes over plain http from another machine. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
