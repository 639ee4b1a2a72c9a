import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { listPictures } from "@/lib/pictures/list-pictures";
import { ORDERS } from "@/lib/pictures/picture-orders";
import { listSection, showTimeline, type TimelineInput } from "@/lib/pictures/show-timeline";
import { filterOf } from "@/lib/search/filter-of";
import { codeOf, onBothWithFiles, someGuest } from "../support/pictures";

const DAY_MS = 24 * 60 * 60_000;
const BEGIN = Date.UTC(2026, 0, 1);

onBothWithFiles("timeline", () => {
  /** Rows alone: lists never open a file. Every third was taken long before it came in. */
  async function fill(ownerId: string, count: number): Promise<void> {
    const data = Array.from({ length: count }, (_, i) => ({
      ...{ ownerId, kind: "upload" as const, blob: i.toString(16).padStart(64, "0") },
      ...{ mime: "image/jpeg", sizeBytes: 1, width: 100 + (i % 7) * 100, height: 300 },
      createdAt: new Date(BEGIN + Math.floor(i / 4) * DAY_MS),
      takenAt: i % 3 === 0 ? new Date(BEGIN - i * DAY_MS) : null,
    }));
    await db().picture.createMany({ data });
  }

  async function wholeList(ownerId: string, input: TimelineInput, more = {}): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await listPictures(ownerId, { ...input, count: 100, ...(cursor && { cursor }) }, more);
      ids.push(...page.pictures.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    return ids;
  }

  async function bySections(ownerId: string, input: TimelineInput, more = {}) {
    const sections = await showTimeline(ownerId, input, more);
    const parts = await Promise.all(
      sections.map(({ begin }, i) => {
        const end = sections[i + 1]?.begin;
        return listSection(ownerId, { ...input, begin, ...(end && { end }) }, more);
      }),
    );
    return { sections, parts };
  }

  test.each(ORDERS)("by %s: sections side by side are the whole list, each of one month", async (order) => {
    const owner = await someGuest();
    await fill(owner.id, 700);
    const { sections, parts } = await bySections(owner.id, { order });
    expect(parts.flat().map(({ id }) => id)).toEqual(await wholeList(owner.id, { order }));
    expect(parts.map((part) => part.length)).toEqual(sections.map(({ count }) => count));
    expect(Math.max(...parts.map((part) => part.length))).toBe(60);
    const rows = await db().picture.findMany({ where: { ownerId: owner.id } });
    const times = new Map(rows.map((row) => [row.id, order === "taken" ? row.datedAt : row.createdAt]));
    for (const [i, { month, ratio }] of sections.entries()) {
      expect(new Set(parts[i]!.map(({ id }) => times.get(id)!.toISOString().slice(0, 7)))).toEqual(
        new Set([month]),
      );
      const ratios = parts[i]!.map(({ width, height }) => Math.max(width / height, 1 / 3));
      expect(ratio).toBeCloseTo(
        ratios.reduce((sum, each) => sum + each, 0),
        6,
      );
    }
  });

  test("what was taken long ago lies there, and what has no date lies where it came in", async () => {
    const owner = await someGuest();
    await fill(owner.id, 40);
    const months = (order: "added" | "taken") =>
      showTimeline(owner.id, { order }).then((all) => all.map(({ month }) => month));
    expect(await months("added")).toEqual(["2026-01"]);
    expect(await months("taken")).toEqual(["2026-01", "2025-12", "2025-11"]);
  });

  test("a filter counts for the sections as for what is in them", async () => {
    const owner = await someGuest();
    await fill(owner.id, 200);
    const more = await filterOf(owner.id, { shape: "portrait", from: "2026-01-10" });
    const { parts } = await bySections(owner.id, {}, more);
    const ids = parts.flat().map(({ id }) => id);
    expect(ids).toEqual(await wholeList(owner.id, {}, more));
    expect(parts.flat().every(({ width, height }) => width < height)).toBe(true);
    expect(ids.length).toBeGreaterThan(20);
  });

  test("what came in since then does not move the others from their sections", async () => {
    const owner = await someGuest();
    await fill(owner.id, 130);
    const sections = await showTimeline(owner.id);
    const second = { begin: sections[1]!.begin, end: sections[2]!.begin };
    const before = await listSection(owner.id, second);
    await db().picture.create({
      data: {
        ...{ ownerId: owner.id, kind: "upload", blob: "f".repeat(64), mime: "image/png", sizeBytes: 1 },
        ...{ width: 10, height: 10, createdAt: new Date(BEGIN + 500 * DAY_MS) },
      },
    });
    expect(await listSection(owner.id, second)).toEqual(before);
  });

  test("another's sections are empty, and a cursor that is none of ours is refused", async () => {
    const [owner, other] = [await someGuest(), await someGuest()];
    await fill(owner.id, 5);
    const [section] = await showTimeline(owner.id);
    expect(await showTimeline(other.id)).toEqual([]);
    expect(await listSection(other.id, { begin: section!.begin })).toEqual([]);
    expect(await codeOf(listSection(owner.id, { begin: "bm9uc2Vuc2U" }))).toBe("input_invalid");
  });
});
