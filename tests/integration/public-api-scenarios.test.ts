import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import * as albumPictures from "@/app/api/v1/albums/[id]/pictures/route";
import * as album from "@/app/api/v1/albums/[id]/route";
import * as retry from "@/app/api/v1/jobs/[id]/retry/route";
import * as job from "@/app/api/v1/jobs/[id]/route";
import * as jobs from "@/app/api/v1/jobs/route";
import * as exported from "@/app/api/v1/pictures/[id]/export/route";
import * as file from "@/app/api/v1/pictures/[id]/file/route";
import * as pictures from "@/app/api/v1/pictures/route";
import { runJob } from "@/lib/jobs/run-job";
import { type JobView, jobView } from "@/lib/public-api/job-view";
import { jobHandlers } from "@/lib/scenarios/registry";
import { SCENARIO_NAMES, type ScenarioName } from "@/lib/scenarios/scenario-inputs";
import { readCode, saying } from "../e2e/read-code";
import { ask, posted, someKey } from "../support/api-keys";
import { onBothWithFiles, someAccount } from "../support/pictures";

const never = new AbortController().signal;
const text = "https://mosaiq.studio";
const DRAWN = { seed: 7 } as const;

onBothWithFiles(
  "every scenario, as programs ask for it",
  () => {
    let token: string;
    let photo: string;
    const done = new Set<string>();

    beforeAll(async () => {
      token = (await someKey(await someAccount())).token;
      const body = await readFile("public/samples/portrait.webp");
      const brought = await ask(pictures.POST, token, "/pictures?name=me.webp", { method: "POST", body });
      photo = (await brought.json()).id;
    });

    const bytesOf = async (id: string) =>
      Buffer.from(await (await ask(file.GET, token, "/x", { id })).arrayBuffer());

    /** Asks for it, works it off, and reads what came of it, all with a key. */
    async function make(scenario: ScenarioName, input: object): Promise<JobView> {
      done.add(scenario);
      const begun = await ask(jobs.POST, token, "/jobs", posted({ scenario, input }));
      expect(begun.status).toBe(202);
      const { id } = jobView.parse(await begun.json());
      await runJob(jobHandlers, id, never);
      const over = jobView.parse(await (await ask(job.GET, token, "/x", { id })).json());
      expect(over).toMatchObject({ state: "done", error: null, progress: 1 });
      for (const picture of over.pictures) expect((await bytesOf(picture)).length).toBeGreaterThan(1000);
      return over;
    }

    test("a code, and the same for a printer", async () => {
      const { pictures: made } = await make("qr-picture", { text, look: "classic", size: 512 });
      const id = made[0]!;
      expect(await readCode(await bytesOf(id))).toEqual(saying(text));
      const print = await ask(exported.GET, token, "/x?format=pdf&mm=40", { id });
      expect(print.headers.get("content-type")).toBe("application/pdf");
      expect(Buffer.from(await print.arrayBuffer()).toString("latin1", 0, 5)).toBe("%PDF-");
    });

    test("a code drawn from words", async () => {
      const { pictures: made } = await make("qr-art", {
        text,
        prompt: "blue mountains",
        candidates: 1,
        ...DRAWN,
      });
      expect(await readCode(await bytesOf(made[0]!))).toEqual(saying(text));
    });

    test("drawings, and one of them larger", async () => {
      const { pictures: made } = await make("text-to-image", { prompt: "a red ball", count: 2, ...DRAWN });
      expect(made).toHaveLength(2);
      const [drawing] = made as [string, string];
      const { pictures: larger } = await make("upscale", { picture: drawing, times: 2 });
      const [before, after] = await Promise.all(
        [drawing, larger[0]!].map(async (id) => sharp(await bytesOf(id)).metadata()),
      );
      expect([after!.width, after!.height]).toEqual([2 * before!.width, 2 * before!.height]);
    });

    test("a portrait", async () => {
      const told = await make("portrait", { photo, style: "watercolour", detail: false, ...DRAWN });
      expect(told).toMatchObject({ of: 1, isFaceFound: true, recognised: null, sheet: null });
    });

    test("a product picture", async () => {
      const prompt = "a beach with the sea";
      const { pictures: made } = await make("product", { photo, prompt, sizes: ["square"], ...DRAWN });
      expect(made).toHaveLength(1);
    });

    test("an album, one of its pages drawn again and another locked; a job that ended is run again", async () => {
      const scenes = { written: ["at the beach", "in the snow"] };
      const first = await make("character-album", {
        character: { name: "momo" },
        scenes,
        count: 2,
        ...DRAWN,
      });
      expect(first).toMatchObject({ of: 2, isFaceFound: null, recognised: expect.any(Number) });
      const id = first.albumId!;
      expect((await (await ask(album.GET, token, "/x", { id })).json()).pictureCount).toBe(2);
      const [redrawn, locked] = first.pictures as [string, string];
      const keep = { id, method: "PATCH", body: JSON.stringify({ id: locked, locked: true }) };
      expect((await ask(albumPictures.PATCH, token, "/x", keep)).status).toBe(204);
      await make("character-album-redraw", { album: id, pictures: [redrawn, locked] });
      const within = await (await ask(albumPictures.GET, token, "/x", { id })).json();
      const ids = within.pictures.map((each: { id: string }) => each.id);
      expect(ids).toHaveLength(2);
      expect(ids).toContain(locked);
      expect(ids).not.toContain(redrawn);
      expect(within.locked).toEqual([locked]);

      // All that is left is locked: it fails, says so, and can be asked for again.
      const refused = await ask(
        jobs.POST,
        token,
        "/jobs",
        posted({ scenario: "character-album-redraw", input: { album: id, pictures: [locked] } }),
      );
      const jobId = jobView.parse(await refused.json()).id;
      await runJob(jobHandlers, jobId, never);
      const failed = jobView.parse(await (await ask(job.GET, token, "/x", { id: jobId })).json());
      expect(failed).toMatchObject({ state: "failed", error: { code: "pictures_locked" } });
      const again = await ask(retry.POST, token, "/x", { id: jobId, method: "POST" });
      expect(jobView.parse(await again.json())).toMatchObject({ id: jobId, state: "queued", error: null });
    });

    test("none was left out", () => {
      expect([...done].sort()).toEqual([...SCENARIO_NAMES].sort());
    });
  },
  { only: "embedded" },
);
