import type { Page } from "playwright-core";

export interface Dropped {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Handed to the page at a time: a thousand pictures are more than fits into one message. */
const CHUNK = 100;

/** Drops files on the gallery, as from a folder's window. */
export async function dropFiles(page: Page, files: readonly Dropped[]): Promise<void> {
  const transfer = await page.evaluateHandle(() => new DataTransfer());
  for (let from = 0; from < files.length; from += CHUNK) {
    const part = files.slice(from, from + CHUNK);
    await transfer.evaluate(
      (data, given) => {
        for (const { name, base64 } of given) {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          data.items.add(new File([bytes], name, { lastModified: 1 }));
        }
      },
      part.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") })),
    );
  }
  const target = page.getByRole("heading", { level: 1, name: "Gallery" });
  for (const type of ["dragenter", "dragover", "drop"])
    await target.dispatchEvent(type, { dataTransfer: transfer });
}
