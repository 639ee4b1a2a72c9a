import { randomBytes } from "node:crypto";
import { statfs } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { draftStore } from "@/lib/uploads/draft-store";
import { onBothWithFiles, someAccount } from "../support/pictures";
import { begin, idOf, offsetOf, send } from "../support/tus";

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return { ...real, statfs: vi.fn(real.statfs) };
});

/** What the library makes of every failure to write. */
const WRITE_ERROR = { status_code: 500, body: "Something went wrong receiving the file" };

onBothWithFiles("uploads that cannot be written", () => {
  async function interrupted(freeBlocks: bigint | number) {
    const owner = await someAccount();
    const bytes = randomBytes(1000);
    const id = idOf(await begin(owner, { length: bytes.length, first: bytes.subarray(0, 500) }));
    vi.spyOn(draftStore(), "write").mockRejectedValueOnce(WRITE_ERROR);
    vi.mocked(statfs).mockResolvedValueOnce({ bavail: freeBlocks, bsize: 4096 } as never);
    const answer = await send(owner, id, 500, new Uint8Array(bytes.subarray(500)));
    const told = (await answer.json()) as { code: string };
    expect(await offsetOf(owner, id)).toBe(500);
    return [answer.status, told.code];
  }

  test("for a full disk say so, and go on from where they were", async () => {
    expect(await interrupted(100)).toEqual([507, "disk_full"]);
  });

  test("for other reasons say that storage is not to be had", async () => {
    expect(await interrupted(1_000_000)).toEqual([503, "storage_unavailable"]);
  });
});
