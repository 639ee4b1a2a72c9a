import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { apiRoute } from "@/app/api/v1/_api-route";
import { canBeNamed, endpoint } from "@/app/api/v1/_endpoint";
import { ENDPOINTS } from "@/app/api/v1/_endpoints";
import { errorView } from "@/app/api/v1/_views";
import * as albumPictures from "@/app/api/v1/albums/[id]/pictures/route";
import * as albums from "@/app/api/v1/albums/route";
import * as jobs from "@/app/api/v1/jobs/route";
import * as loras from "@/app/api/v1/models/loras/route";
import { GET as document } from "@/app/api/v1/openapi.json/route";
import * as batch from "@/app/api/v1/pictures/batch/route";
import * as pictures from "@/app/api/v1/pictures/route";
import * as zip from "@/app/api/v1/pictures/zip/route";
import * as shares from "@/app/api/v1/shares/route";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { BEAT_MS } from "@/lib/public-api/answer-once";
import { clearAnswers } from "@/lib/public-api/clear-answers";
import { ask, posted, someKey } from "../support/api-keys";
import { ownModels } from "../support/own-models";
import { onBothWithFiles, pictureFile, someAccount } from "../support/pictures";
import { writeLora } from "../support/tiny-lora";

const CLASSIC = {
  scenario: "qr-picture",
  input: { text: "https://example.com", look: "classic", size: 256 },
};
const ATTENTION = "lora_unet_input_blocks_1_1_transformer_blocks_0_attn1_to_q";

const folder = ownModels(async (models) => {
  await mkdir(models, { recursive: true });
  const shapes = (rank: number) => ({
    [`${ATTENTION}.lora_down.weight`]: [rank, 320],
    [`${ATTENTION}.lora_up.weight`]: [320, rank],
  });
  await writeLora(path.join(models, "one.safetensors"), shapes(4), "sd1");
  await writeLora(path.join(models, "other.safetensors"), shapes(8), "sd1");
});

/** A door of its own: what comes of a request is `doing`'s, as often as it is asked. */
const doorOf = (doing: () => Promise<Response>) =>
  apiRoute(
    endpoint({
      ...({ method: "post", path: "/things", scope: "write", summary: "Makes a thing." } as const),
      body: z.object({ title: z.string() }),
      answers: { 201: z.strictObject({ made: z.int() }) },
    }),
    doing,
  );

/** Something that others wait for. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), passed };
}

onBothWithFiles("requests that name themselves", () => {
  let ann: Owner;
  let token: string;

  beforeAll(async () => {
    ann = await someAccount();
    token = (await someKey(ann)).token;
  });

  let names = 0;
  const aName = () => `name-${++names}`;
  const by = (name: string, init: RequestInit & { id?: string } = {}) => ({
    ...{ method: "POST", ...init },
    headers: { "Idempotency-Key": name },
  });
  const isReplayed = (answer: Response) => answer.headers.get("idempotent-replayed") === "true";
  const refusal = async (answer: Response) => `${answer.status} ${errorView.parse(await answer.json()).code}`;
  const idOf = async (answer: Response) => (await answer.json()).id as string;
  const titled = async (title: string, owner = ann) =>
    db().album.count({ where: { ownerId: owner.id, title } });
  const makeAlbum = (name: string, title: string, key = token) =>
    ask(albums.POST, key, "/albums", by(name, posted({ title })));

  test("are done once, and answered as they were", async () => {
    const name = aName();
    const first = await makeAlbum(name, "sea");
    expect([first.status, isReplayed(first)]).toEqual([201, false]);
    const again = await makeAlbum(name, "sea");
    expect([again.status, isReplayed(again)]).toEqual([201, true]);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get("content-type")).toBe(first.headers.get("content-type"));
    expect(again.headers.get("cache-control")).toBe("private, no-store");
    expect(await titled("sea")).toBe(1);
    // Without a name, each is another one.
    await ask(albums.POST, token, "/albums", posted({ title: "sea" }));
    expect(await titled("sea")).toBe(2);
  });

  test("the same fields in another order are the same request", async () => {
    const name = aName();
    const reordered = { input: Object.fromEntries(Object.entries(CLASSIC.input).reverse()) };
    const first = await ask(jobs.POST, token, "/jobs", by(name, posted(CLASSIC)));
    const again = await ask(
      ...([jobs.POST, token, "/jobs"] as const),
      by(name, posted({ ...reordered, scenario: "qr-picture" })),
    );
    expect([again.status, isReplayed(again)]).toEqual([202, true]);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(await idOf(again)).toBe(await idOf(first));
  });

  test("another request by the same name is refused; elsewhere it is another name", async () => {
    const name = aName();
    const [one, two] = [
      await idOf(await makeAlbum(name, "one")),
      await idOf(await makeAlbum(aName(), "two")),
    ];
    expect(await refusal(await makeAlbum(name, "other"))).toBe("422 idempotency_key_reused");
    expect(await titled("other")).toBe(0);
    const { bytes } = await pictureFile();
    const bring = (address: string) =>
      ask(pictures.POST, token, address, by(name, { body: new Uint8Array(bytes) }));
    const picture = await idOf(await bring("/pictures?name=a.jpg"));
    expect(await refusal(await bring("/pictures?name=b.jpg"))).toBe("422 idempotency_key_reused");
    for (const id of [one, two]) {
      const added = await ask(
        albumPictures.POST,
        token,
        "/x",
        by(name, { id, ...posted({ ids: [picture] }) }),
      );
      expect([await added.json(), isReplayed(added)]).toEqual([{ added: 1 }, false]);
    }
  });

  test("another owner's names, and another key's, are others", async () => {
    const [name, ben] = [aName(), await someAccount()];
    for (const key of [token, (await someKey(ann)).token, (await someKey(ben)).token])
      expect(isReplayed(await makeAlbum(name, "hills", key))).toBe(false);
    expect([await titled("hills"), await titled("hills", ben)]).toEqual([2, 1]);
  });

  test("of many at once exactly one is done", async () => {
    const name = aName();
    const answers = await Promise.all(Array.from({ length: 12 }, () => makeAlbum(name, "race")));
    expect(await titled("race")).toBe(1);
    const fresh = answers.filter((answer) => answer.status === 201 && !isReplayed(answer));
    expect(fresh).toHaveLength(1);
    const id = await idOf(fresh[0]!);
    for (const answer of answers.filter((each) => each !== fresh[0]))
      if (isReplayed(answer)) expect(await idOf(answer)).toBe(id);
      else expect(await refusal(answer)).toBe("409 idempotency_key_busy");
  });

  describe("while the first is being worked on", () => {
    test("the same one is told to wait, another one that the name is taken", async () => {
      const [name, begun, end] = [aName(), gate(), gate()];
      const door = doorOf(async () => {
        begun.open();
        await end.passed;
        return Response.json({ made: 1 }, { status: 201 });
      });
      const make = (title: string) => ask(door, token, "/things", by(name, posted({ title })));
      const first = make("a");
      await begun.passed;
      const early = await make("a");
      expect(Number(early.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await refusal(early)).toBe("409 idempotency_key_busy");
      expect(await refusal(await make("b"))).toBe("422 idempotency_key_reused");
      end.open();
      expect([(await first).status, isReplayed(await first)]).toEqual([201, false]);
      expect(isReplayed(await make("a"))).toBe(true);
    });

    test("one whose process died may be asked anew, and what it still says comes too late", async () => {
      const [name, begun, end] = [aName(), gate(), gate()];
      let made = 0;
      const door = doorOf(async () => {
        const count = ++made;
        begun.open();
        if (count === 1) await end.passed;
        return Response.json({ made: count }, { status: 201 });
      });
      const make = () => ask(door, token, "/things", by(name, posted({ title: "a" })));
      const lost = make();
      await begun.passed;
      await db().keptAnswer.updateMany({ where: { answer: null }, data: { until: new Date(0) } });
      const second = await make();
      expect([await second.json(), isReplayed(second)]).toEqual([{ made: 2 }, false]);
      end.open();
      expect(await (await lost).json()).toEqual({ made: 1 });
      const third = await make();
      expect([await third.json(), isReplayed(third)]).toEqual([{ made: 2 }, true]);
    });

    test("one that takes its time keeps its claim", async () => {
      const [name, begun, end] = [aName(), gate(), gate()];
      const door = doorOf(async () => {
        begun.open();
        await end.passed;
        return Response.json({ made: 1 }, { status: 201 });
      });
      const make = () => ask(door, token, "/things", by(name, posted({ title: "slow" })));
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const slow = make();
      await begun.passed;
      await db().keptAnswer.updateMany({ where: { answer: null }, data: { until: new Date(0) } });
      vi.advanceTimersByTime(BEAT_MS);
      vi.useRealTimers();
      const held = () => db().keptAnswer.count({ where: { answer: null, until: { gt: new Date() } } });
      await expect.poll(held).toBe(1);
      expect(await refusal(await make())).toBe("409 idempotency_key_busy");
      end.open();
      expect((await slow).status).toBe(201);
    });
  });

  describe("one that failed", () => {
    test.each<[string, string, () => unknown]>([
      ["for what may pass", "503 database_lost", () => new AppError("database_lost")],
      ["for nobody knows what", "500 internal", () => new Error("oops")],
      ["for too many", "429 rate_limited", () => new AppError("rate_limited", { details: { seconds: 1 } })],
    ])("%s is done when it is asked for again", async (_, told, thrown) => {
      const name = aName();
      let asked = 0;
      const door = doorOf(async () => {
        if (++asked === 1) throw thrown();
        return Response.json({ made: asked }, { status: 201 });
      });
      const make = () => ask(door, token, "/things", by(name, posted({ title: "a" })));
      expect(await refusal(await make())).toBe(told);
      const second = await make();
      expect([await second.json(), isReplayed(second)]).toEqual([{ made: 2 }, false]);
      expect(isReplayed(await make())).toBe(true);
    });

    test("for what was misspelt may be put right by the same name, wherever that shows", async () => {
      const name = aName();
      const begin = (input: object) =>
        ask(
          jobs.POST,
          token,
          "/jobs",
          by(name, posted({ ...CLASSIC, input: { ...CLASSIC.input, ...input } })),
        );
      expect(await refusal(await begin({ size: 1 }))).toBe("422 input_invalid");
      expect((await begin({ size: 256 })).status).toBe(202);
      const other = aName();
      expect(await refusal(await ask(albums.POST, token, "/x", by(other, posted({}))))).toBe(
        "422 input_invalid",
      );
      expect((await makeAlbum(other, "right")).status).toBe(201);
    });

    test("for good fails as it did", async () => {
      const name = aName();
      const body = { ids: [crypto.randomUUID()], act: "trash" };
      const first = await ask(batch.POST, token, "/x", by(name, posted(body)));
      const again = await ask(batch.POST, token, "/x", by(name, posted(body)));
      expect([first.status, isReplayed(first)]).toEqual([404, false]);
      expect([again.status, isReplayed(again)]).toEqual([404, true]);
      expect(await again.text()).toBe(await first.text());
    });
  });

  test("are forgotten after a day, and cleared with the rest", async () => {
    const [old, young] = [aName(), aName()];
    await makeAlbum(old, "old");
    const [row] = await db().keptAnswer.findMany({ orderBy: { until: "desc" }, take: 1 });
    const hours = (row!.until.getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(25);
    await db().keptAnswer.updateMany({ data: { until: new Date(0) } });
    const anew = await makeAlbum(old, "old");
    expect([anew.status, isReplayed(anew)]).toEqual([201, false]);
    expect(await titled("old")).toBe(2);
    await makeAlbum(young, "young");
    expect(await clearAnswers()).toBeGreaterThan(0);
    expect(await clearAnswers()).toBe(0);
    expect(isReplayed(await makeAlbum(young, "young"))).toBe(true);
  });

  test("a job is the same one also after that", async () => {
    const name = aName();
    const begin = (body: object) => ask(jobs.POST, token, "/jobs", by(name, posted(body)));
    const id = await idOf(await begin(CLASSIC));
    await db().keptAnswer.updateMany({ data: { until: new Date(0) } });
    const later = await begin(CLASSIC);
    expect([await idOf(later), isReplayed(later)]).toEqual([id, false]);
  });

  describe("with a file", () => {
    test("pictures in forms are told apart by their bytes, not by the form's boundaries", async () => {
      const [name, { bytes }, other] = [aName(), await pictureFile(), await pictureFile()];
      const send = (file: Buffer) => {
        const form = new FormData();
        form.set("file", new File([new Uint8Array(file)], "holiday.jpg"));
        return ask(pictures.POST, token, "/pictures", by(name, { body: form }));
      };
      const first = await send(bytes);
      const again = await send(bytes);
      expect([first.status, again.status, isReplayed(again)]).toEqual([201, 201, true]);
      expect(await idOf(again)).toBe(await idOf(first));
      expect(await refusal(await send(other.bytes))).toBe("422 idempotency_key_reused");
    });

    test("so are a LoRA's, which lie on the disk", async () => {
      const name = aName();
      const send = async (file: string) => {
        const body = new Uint8Array(await readFile(path.join(folder(), file)));
        return ask(loras.POST, token, "/x?name=mine.safetensors", by(name, { body }));
      };
      const first = await send("one.safetensors");
      const again = await send("one.safetensors");
      expect([first.status, again.status, isReplayed(again)]).toEqual([201, 201, true]);
      expect(await refusal(await send("other.safetensors"))).toBe("422 idempotency_key_reused");
      expect(await db().ownLora.count({ where: { ownerId: ann.id } })).toBe(1);
    });
  });

  test("who reads the database learns neither what was asked nor what was answered", async () => {
    const name = "a-name-of-our-own";
    const albumId = await idOf(await makeAlbum(aName(), "secret"));
    const terms = posted({ albumId, password: "lagoon" });
    const first = await (await ask(shares.POST, token, "/shares", by(name, terms))).json();
    const rows = JSON.stringify(await db().keptAnswer.findMany());
    for (const told of [first.path.split("/").at(-1), first.share.id, "lagoon", name, "secret"])
      expect(rows).not.toContain(told);
    const again = await ask(shares.POST, token, "/shares", by(name, terms));
    expect(await again.json()).toEqual(first);
    expect(await db().share.count({ where: { albumId } })).toBe(1);
  });

  test.each(["", "x".repeat(201), "two words", "søm"])("a name like “%s” is none", async (name) => {
    const headers = new Headers({ "Idempotency-Key": name });
    const answer = await ask(albums.POST, token, "/albums", {
      ...posted({ title: "none" }),
      headers: Object.fromEntries(headers),
    });
    expect(await refusal(answer)).toBe("422 input_invalid");
    expect(await titled("none")).toBe(0);
  });

  test("every POST that answers in JSON takes a name, and the document says so", async () => {
    const all = Object.values(ENDPOINTS).flat();
    const nameless = all.filter((each) => each.method === "post" && !canBeNamed(each));
    // A zip file is read, and nothing is made.
    expect(nameless.map(({ path: address }) => address)).toEqual(["/pictures/zip"]);
    const { paths } = await document().json();
    for (const each of all) {
      const { parameters, responses } = paths[each.path][each.method];
      const takes = parameters.some(({ name }: { name: string }) => name === "Idempotency-Key");
      const tells = Object.values<{ headers?: object }>(responses).some(
        ({ headers = {} }) => "Idempotent-Replayed" in headers,
      );
      const where = `${each.method} ${each.path}`;
      expect([takes, tells, "409" in responses], where).toEqual(Array(3).fill(canBeNamed(each)));
    }
    const picture = await idOf(
      await ask(pictures.POST, token, "/x", {
        method: "POST",
        body: new Uint8Array((await pictureFile()).bytes),
      }),
    );
    const zipped = () => ask(zip.POST, token, "/x", by("zip", posted({ ids: [picture] })));
    for (const answer of [await zipped(), await zipped()]) {
      expect([answer.status, isReplayed(answer)]).toEqual([200, false]);
      await answer.arrayBuffer();
    }
  });
});
