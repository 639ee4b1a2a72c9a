import { beforeEach, expect, test, vi } from "vitest";
import type { Easel } from "@/lib/drawing/open-easel";
import { picture } from "@/lib/engine/picture";
import { runOnCpu } from "@/lib/jobs/cpu-pool";
import { QrError } from "@/lib/qr/qr-error";
import { type Candidate, makeCandidates } from "@/lib/scenarios/qr-art/make-candidates";
import { qrArtInput } from "@/lib/scenarios/qr-art/qr-art.job";

vi.mock("@/lib/jobs/cpu-pool", () => ({ runOnCpu: vi.fn() }));
vi.mock("@/lib/drawing/encode-drawing", () => ({ encodeDrawing: async () => Buffer.from("draft") }));
vi.mock("@/lib/drawing/enlarge", () => ({ enlargeDrawn: async () => null }));
const drawArt = vi.hoisted(() => vi.fn());
vi.mock("@/lib/scenarios/qr-art/draw-art", () => ({ drawArt }));

const REFUSED = new QrError("level_not_reached", "read too badly", { missing: "jsqr:original" });
const input = qrArtInput.parse({ text: "https://mosaiq.studio", prompt: "the sea", candidates: 4 });

/** Has the jury answer so, candidate by candidate. @param answers what is thrown; null: it passes. */
function judged(answers: readonly unknown[]): void {
  const left = [...answers];
  vi.mocked(runOnCpu).mockImplementation(async (task) => {
    if (task !== "qr-picture") return { readers: 1, of: 4 };
    const answer = left.shift();
    if (answer) throw answer;
    return { bytes: new Uint8Array(), report: {} };
  });
}

async function made() {
  const refused: number[] = [];
  const tools = {
    signal: new AbortController().signal,
    onProgress: () => {},
    onRefused: (index: number) => refused.push(index),
  };
  const candidates: Candidate[] = [];
  for await (const each of makeCandidates({} as Easel, input, 7, tools)) candidates.push(each);
  return { refused, indices: candidates.map(({ index }) => index) };
}

beforeEach(() => {
  drawArt.mockReset();
  drawArt.mockResolvedValue({ drawn: { picture: picture(8, 8) }, code: { version: 2, ecc: "M" } });
});

test.each([
  ["the first", [REFUSED, null, null, null], [0], [1, 2, 3]],
  ["one in the middle", [null, REFUSED, null, null], [1], [0, 2, 3]],
  ["the last", [null, null, null, REFUSED], [3], [0, 1, 2]],
  ["all but one", [REFUSED, REFUSED, null, REFUSED], [0, 1, 3], [2]],
] as const)("%s that is read too badly is left out, and told", async (_, answers, refused, indices) => {
  judged(answers);
  expect(await made()).toEqual({ refused, indices });
  expect(drawArt).toHaveBeenCalledTimes(4);
});

test("where all are read too badly, that is what is said, once all were tried", async () => {
  judged([REFUSED, REFUSED, REFUSED, REFUSED]);
  await expect(made()).rejects.toBe(REFUSED);
  expect(drawArt).toHaveBeenCalledTimes(4);
});

test("whatever else goes wrong ends the whole", async () => {
  judged([null, new Error("the thread died"), null, null]);
  await expect(made()).rejects.toThrow("the thread died");
});
