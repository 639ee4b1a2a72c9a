import { beforeAll, describe, expect, test, vi } from "vitest";
import { listAlbums } from "@/app/api/v1/_album-endpoints";
import * as jobEndpoints from "@/app/api/v1/_job-endpoints";
import { listModels } from "@/app/api/v1/_model-endpoints";
import { searchPictures, showTags } from "@/app/api/v1/_picture-endpoints";
import { listScenarios } from "@/app/api/v1/_studio-endpoints";
import {
  albumPicturePage,
  albumView,
  errorView,
  pictureDetails,
  picturePage,
  pictureView,
} from "@/app/api/v1/_views";
import * as albumPictures from "@/app/api/v1/albums/[id]/pictures/route";
import * as album from "@/app/api/v1/albums/[id]/route";
import * as albums from "@/app/api/v1/albums/route";
import * as cancel from "@/app/api/v1/jobs/[id]/cancel/route";
import * as job from "@/app/api/v1/jobs/[id]/route";
import * as jobs from "@/app/api/v1/jobs/route";
import * as models from "@/app/api/v1/models/route";
import * as file from "@/app/api/v1/pictures/[id]/file/route";
import * as picture from "@/app/api/v1/pictures/[id]/route";
import * as tags from "@/app/api/v1/pictures/[id]/tags/route";
import * as pictures from "@/app/api/v1/pictures/route";
import * as search from "@/app/api/v1/pictures/search/route";
import * as scenarios from "@/app/api/v1/scenarios/route";
import { listApiKeys } from "@/lib/accounts/list-api-keys";
import type { NewApiKey } from "@/lib/accounts/make-api-key";
import type { Owner } from "@/lib/accounts/owner";
import { revokeApiKey } from "@/lib/accounts/revoke-api-key";
import { db } from "@/lib/db/client";
import { runJob } from "@/lib/jobs/run-job";
import { jobView } from "@/lib/public-api/job-view";
import { jobHandlers } from "@/lib/scenarios/registry";
import { SCENARIO_NAMES } from "@/lib/scenarios/scenario-inputs";
import { ask, kept, posted, someKey } from "../support/api-keys";
import { codeOf, onBothWithFiles, pictureFile, someAccount, someGuest } from "../support/pictures";

/** A classic code: made in a moment, without a picture. */
const CLASSIC = {
  scenario: "qr-picture",
  input: { text: "https://example.com", look: "classic", size: 256 },
};
const never = new AbortController().signal;

onBothWithFiles("the public API", () => {
  let ann: Owner;
  let made: NewApiKey;
  let token: string;

  beforeAll(async () => {
    ann = await someAccount();
    made = await someKey(ann);
    token = made.token;
  });

  const refusal = async (answer: Promise<Response>) => {
    const { status } = await answer;
    return `${status} ${errorView.parse(await (await answer).json()).code}`;
  };

  describe("keys", () => {
    test("are kept as a hash alone, and told once", async () => {
      expect(token).toMatch(/^msq_[A-Za-z0-9_-]{43}$/);
      const row = await db().apiKey.findUniqueOrThrow({ where: { id: made.key.id } });
      expect(JSON.stringify(row)).not.toContain(token.slice(4));
      expect(JSON.stringify(await listApiKeys(ann.id))).not.toContain(token.slice(4));
    });

    test("those that are missing, misspelt, unknown, revoked or run out are refused alike", async () => {
      const [revoked, old] = [await someKey(ann), await someKey(ann)];
      await revokeApiKey(ann.id, revoked.key.id);
      await db().apiKey.update({ where: { id: old.key.id }, data: { expiresAt: new Date() } });
      const told = new Set<string>();
      for (const given of [null, "", "msq_short", `msq_${"A".repeat(43)}`, revoked.token, old.token]) {
        const answer = await ask(job.GET, given, "/jobs");
        expect(answer.status).toBe(401);
        told.add(await answer.text());
      }
      expect([...told].map((text) => JSON.parse(text).code)).toEqual(["api_key_invalid"]);
      expect((await ask(jobs.GET, token, "/jobs")).status).toBe(200);
    });

    test("an address that sends many of these is told to wait, and good keys from there come in", async () => {
      const headers = { "x-forwarded-for": "203.0.113.7" };
      const wrong = (i: number) => `msq_${String(i).padStart(43, "A")}`;
      for (let i = 0; i < 100; i++)
        expect((await ask(jobs.GET, wrong(i), "/jobs", { headers })).status).toBe(401);
      const answer = await ask(jobs.GET, wrong(100), "/jobs", { headers });
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await ask(jobs.GET, token, "/jobs", { headers })).status).toBe(200);
      expect((await ask(jobs.GET, wrong(1), "/jobs")).status).toBe(401);
    });

    test("a cookie opens nothing here, and another site's page is no matter", async () => {
      const headers = { cookie: "locale=zh", origin: "https://evil.example" };
      expect(await refusal(ask(jobs.GET, null, "/jobs", { headers }))).toBe("401 api_key_invalid");
      const answer = await ask(albums.POST, token, "/albums", { ...posted({ title: "sea" }), headers });
      expect(answer.status).toBe(201);
    });

    test("do what they are allowed, and tell the rest in the asker's language", async () => {
      const reader = (await someKey(ann, ["read"])).token;
      expect((await ask(pictures.GET, reader, "/pictures")).status).toBe(200);
      const [begin, bring] = [posted(CLASSIC), { method: "POST", body: "x" }];
      expect(await refusal(ask(jobs.POST, reader, "/jobs", begin))).toBe("403 api_scope_missing");
      expect(await refusal(ask(pictures.POST, reader, "/pictures", bring))).toBe("403 api_scope_missing");
      const headers = { "accept-language": "zh-CN" };
      const answer = await ask(jobs.POST, reader, "/jobs", { ...begin, headers });
      expect(errorView.parse(await answer.json()).message).toContain("没有“make”权限");
    });

    test("when one was used is written at most once a minute", async () => {
      const { key, token: fresh } = await someKey(ann);
      const usedAt = async () => (await db().apiKey.findUniqueOrThrow({ where: { id: key.id } })).lastUsedAt;
      expect(await usedAt()).toBeNull();
      await ask(jobs.GET, fresh, "/jobs");
      const first = await usedAt();
      expect(first).not.toBeNull();
      await ask(jobs.GET, fresh, "/jobs");
      expect(await usedAt()).toEqual(first);
      await db().apiKey.update({
        where: { id: key.id },
        data: { lastUsedAt: new Date(Date.now() - 61_000) },
      });
      await ask(jobs.GET, fresh, "/jobs");
      expect((await usedAt())!.getTime()).toBeGreaterThanOrEqual(first!.getTime());
    });

    test("guests have none, accounts twenty", async () => {
      expect(await codeOf(someKey(await someGuest()))).toBe("not_signed_in");
      const many = await someAccount();
      const codes = await Promise.all(Array.from({ length: 22 }, () => codeOf(someKey(many))));
      expect(codes.filter((code) => code === "no error")).toHaveLength(20);
      expect(codes.filter((code) => code === "api_keys_full")).toHaveLength(2);
    });

    test("each may ask 600 times a minute", async () => {
      const busy = (await someKey(ann)).token;
      vi.useFakeTimers({ toFake: ["Date"] });
      for (let i = 0; i < 600; i++) expect((await ask(scenarios.GET, busy, "/x")).status).toBe(200);
      const answer = await ask(scenarios.GET, busy, "/x");
      vi.useRealTimers();
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await ask(scenarios.GET, token, "/x")).status).toBe(200);
    });
  });

  describe("jobs", () => {
    test("begin, are waited for, and tell their pictures", async () => {
      const begun = await ask(jobs.POST, token, "/jobs", posted(CLASSIC));
      expect(begun.status).toBe(202);
      const { id, state } = jobView.parse(await begun.json());
      expect(state).toBe("queued");
      expect(begun.headers.get("location")).toBe(`/api/v1/jobs/${id}`);
      const waiting = ask(job.GET, token, `/jobs/${id}?wait=30`, { id });
      await runJob(jobHandlers, id, never);
      const over = jobView.parse(await (await waiting).json());
      expect(over).toMatchObject({ state: "done", progress: 1, error: null, pictures: [id] });
      const bytes = await ask(file.GET, token, `/pictures/${id}/file`, { id });
      expect(bytes.headers.get("content-type")).toBe("image/png");
      expect(bytes.headers.get("vary")).toContain("Authorization");
    });

    test("the same Idempotency-Key is the same job; for another one it is refused", async () => {
      const headers = { "Idempotency-Key": "poster-1" };
      const idOf = async (answer: Promise<Response>) => jobView.parse(await (await answer).json()).id;
      const begin = (body: object, by = token) => ask(jobs.POST, by, "/jobs", { ...posted(body), headers });
      const first = await idOf(begin(CLASSIC));
      expect(await idOf(begin(CLASSIC))).toBe(first);
      const other = { ...CLASSIC, input: { ...CLASSIC.input, text: "else" } };
      expect(await refusal(begin(other))).toBe("422 idempotency_key_reused");
      expect(await idOf(begin(CLASSIC, (await someKey(ann)).token))).not.toBe(first);
      const elsewhere = { ...CLASSIC, webhook: "https://example.com/news" };
      expect(await refusal(begin(elsewhere))).toBe("422 idempotency_key_reused");
      const [withNews, told] = [{ "Idempotency-Key": "poster-2" }, posted(elsewhere)];
      const tell = (body: object) => ask(jobs.POST, token, "/jobs", { ...posted(body), headers: withNews });
      const second = await idOf(ask(jobs.POST, token, "/jobs", { ...told, headers: withNews }));
      expect(await idOf(tell(elsewhere))).toBe(second);
      for (const other of [CLASSIC, { ...CLASSIC, webhook: "https://example.com/others" }])
        expect(await refusal(tell(other))).toBe("422 idempotency_key_reused");
      const odd = { ...posted(CLASSIC), headers: { "Idempotency-Key": "x".repeat(201) } };
      expect(await refusal(ask(jobs.POST, token, "/jobs", odd))).toBe("422 input_invalid");
    });

    test.each([
      ["an unknown scenario", { scenario: "archive-import", input: {} }],
      ["no input", { scenario: "qr-picture" }],
      ["an empty text", { ...CLASSIC, input: { ...CLASSIC.input, text: "" } }],
      ["a webhook that is no address", { ...CLASSIC, webhook: "ftp://example.com" }],
      ["a webhook with a password", { ...CLASSIC, webhook: "https://me:secret@example.com" }],
    ])("%s is told as such", async (_, body) => {
      expect(await refusal(ask(jobs.POST, token, "/jobs", posted(body)))).toBe("422 input_invalid");
    });

    test("a painted mask has room", async () => {
      const mask = Buffer.alloc(270_000).toString("base64");
      const from = { picture: crypto.randomUUID() };
      const body = { scenario: "text-to-image", input: { prompt: "a lighthouse", from, mask } };
      expect((await ask(jobs.POST, token, "/jobs", posted(body))).status).toBe(202);
    });

    test("are listed a page at a time, the newest first, and can be stopped", async () => {
      const cleo = await someAccount();
      const { token: hers } = await someKey(cleo);
      const ids: string[] = [];
      for (let i = 0; i < 3; i++)
        ids.unshift(jobView.parse(await (await ask(jobs.POST, hers, "/jobs", posted(CLASSIC))).json()).id);
      const page = async (query: string) =>
        (await kept(jobEndpoints.listJobs, ask(jobs.GET, hers, `/jobs?${query}`))) as {
          jobs: { id: string }[];
          nextCursor: string | null;
        };
      const first = await page("count=2");
      expect(first.jobs.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      const second = await page(`count=2&cursor=${first.nextCursor}`);
      expect(second).toMatchObject({ jobs: [{ id: ids[2] }], nextCursor: null });
      expect(await refusal(ask(jobs.GET, hers, "/jobs?cursor=x"))).toBe("422 input_invalid");
      const id = ids[0]!;
      const stopped = await ask(cancel.POST, hers, `/jobs/${id}/cancel`, { id, method: "POST" });
      expect(jobView.parse(await stopped.json())).toMatchObject({
        ...{ state: "cancelled", error: { code: "cancelled" } },
      });
    });
  });

  test("what can be made, and what with", async () => {
    const told = await kept(listScenarios, ask(scenarios.GET, token, "/x"));
    expect(told).toMatchObject({
      scenarios: SCENARIO_NAMES.map((name) => ({ name, input: { type: "object" } })),
    });
    const { loras } = (await kept(listModels, ask(models.GET, token, "/x"))) as {
      loras: { id: string; draws: string | null }[];
    };
    expect(loras).toContainEqual(expect.objectContaining({ id: "momo", draws: "character" }));
  });

  test("pictures come in, are found, tagged, read and thrown away", async () => {
    const { bytes } = await pictureFile("holiday.jpg");
    const form = new FormData();
    form.set("file", new File([new Uint8Array(bytes)], "holiday.jpg"));
    const brought = await ask(pictures.POST, token, "/pictures", { method: "POST", body: form });
    expect(brought.status).toBe(201);
    const { id, title } = pictureView.parse(await brought.json());
    expect(title).toBe("holiday");
    const again = { method: "POST", body: new Uint8Array(bytes) };
    const same = await ask(pictures.POST, token, "/pictures?name=other.jpg", again);
    expect(same.status).toBe(200);
    expect(pictureView.parse(await same.json()).id).toBe(id);
    const wrong = { method: "POST", body: "no picture" };
    expect(await refusal(ask(pictures.POST, token, "/pictures", wrong))).toBe("415 picture_type_unsupported");

    const list = picturePage.parse(await (await ask(pictures.GET, token, "/pictures?shelf=pictures")).json());
    expect(list.pictures.map((each) => each.id)).toEqual([id]);
    const said = { method: "PATCH", body: JSON.stringify({ word: "pier", isSo: true }), id };
    await kept(showTags, ask(tags.PATCH, token, "/x", said));
    expect(await (await ask(tags.GET, token, "/x", { id })).json()).toMatchObject({
      tags: [{ word: "pier" }],
    });
    const found = await kept(searchPictures, ask(search.GET, token, "/pictures/search?words=holiday"));
    expect(found).toMatchObject({ found: [{ picture: { id }, matches: true }] });

    pictureDetails.parse(await (await ask(picture.GET, token, "/x", { id })).json());
    const original = await ask(file.GET, token, "/x", { id });
    expect(Buffer.from(await original.arrayBuffer()).equals(bytes)).toBe(true);
    const small = await ask(file.GET, token, "/x?size=320", { id });
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect((await ask(picture.DELETE, token, "/x", { id, method: "DELETE" })).status).toBe(204);
    const rest = picturePage.parse(await (await ask(pictures.GET, token, "/pictures?shelf=trash")).json());
    expect(rest.pictures.map((each) => each.id)).toEqual([id]);
  });

  test("albums are made, filled and read", async () => {
    const ben = await someAccount();
    const bens = (await someKey(ben)).token;
    const { bytes } = await pictureFile();
    const upload = { method: "POST", body: new Uint8Array(bytes) };
    const pictureId = pictureView.parse(await (await ask(pictures.POST, bens, "/x", upload)).json()).id;
    const { id } = albumView.parse(
      await (await ask(albums.POST, bens, "/albums", posted({ title: "sea" }))).json(),
    );
    const added = await ask(albumPictures.POST, bens, "/x", { id, ...posted({ ids: [pictureId] }) });
    expect(await added.json()).toEqual({ added: 1 });
    const within = albumPicturePage.parse(await (await ask(albumPictures.GET, bens, "/x", { id })).json());
    expect(within.pictures.map((each) => each.id)).toEqual([pictureId]);
    const shown = albumView.parse(await (await ask(album.GET, bens, "/x", { id })).json());
    expect(shown).toMatchObject({ title: "sea", pictureCount: 1, cover: { id: pictureId } });
    const all = await kept(listAlbums, ask(albums.GET, bens, "/albums"));
    expect(all).toEqual({ albums: [shown] });
  });
});
