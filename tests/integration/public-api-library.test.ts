import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as albumEndpoints from "@/app/api/v1/_album-endpoints";
import * as modelEndpoints from "@/app/api/v1/_model-endpoints";
import * as pictureEndpoints from "@/app/api/v1/_picture-endpoints";
import * as shareEndpoints from "@/app/api/v1/_share-endpoints";
import { albumPicturePage, albumView, errorView, pictureDetails, picturePage } from "@/app/api/v1/_views";
import * as removal from "@/app/api/v1/albums/[id]/pictures/remove/route";
import * as albumPictures from "@/app/api/v1/albums/[id]/pictures/route";
import * as album from "@/app/api/v1/albums/[id]/route";
import * as albumZip from "@/app/api/v1/albums/[id]/zip/route";
import * as albums from "@/app/api/v1/albums/route";
import * as catalogue from "@/app/api/v1/models/catalogue/route";
import * as installed from "@/app/api/v1/models/installed/route";
import * as lora from "@/app/api/v1/models/loras/[id]/route";
import * as loras from "@/app/api/v1/models/loras/route";
import * as pull from "@/app/api/v1/models/pulls/[id]/route";
import * as bundled from "@/app/api/v1/models/pulls/bundle/route";
import * as pulls from "@/app/api/v1/models/pulls/route";
import * as drawing from "@/app/api/v1/pictures/[id]/drawing/route";
import * as restore from "@/app/api/v1/pictures/[id]/restore/route";
import * as picture from "@/app/api/v1/pictures/[id]/route";
import * as batch from "@/app/api/v1/pictures/batch/route";
import * as pictures from "@/app/api/v1/pictures/route";
import * as trash from "@/app/api/v1/pictures/trash/route";
import * as zip from "@/app/api/v1/pictures/zip/route";
import * as share from "@/app/api/v1/shares/[id]/route";
import * as shares from "@/app/api/v1/shares/route";
import type { Owner } from "@/lib/accounts/owner";
import { db } from "@/lib/db/client";
import { writePngText } from "@/lib/engine/parameters/png-text";
import { forgetEnv } from "@/lib/env";
import { startPullLoop } from "@/lib/models/pull-loop";
import { openShare } from "@/lib/shares/open-share";
import { ask, kept, posted, someKey } from "../support/api-keys";
import { type ModelHost, startModelHost } from "../support/model-host";
import { codeOf, onBothWithFiles, pictureFile, someAccount } from "../support/pictures";
import { writeTinyCheckpoint } from "../support/tiny-weights";

onBothWithFiles("the library over the public API", () => {
  let operator: Owner;
  let ann: Owner;
  let token: string;

  beforeAll(async () => {
    operator = await someAccount();
    ann = await someAccount();
    token = (await someKey(ann)).token;
  });

  const refusal = async (answer: Promise<Response>) => {
    const { status } = await answer;
    return `${status} ${errorView.parse(await (await answer).json()).code}`;
  };
  const changed = (body: unknown) => ({ method: "PATCH", body: JSON.stringify(body) });
  const removed = { method: "DELETE" };
  const bring = async (name: string, by = token) => {
    const { bytes } = await pictureFile(name);
    const body = new Uint8Array(bytes);
    return (await (await ask(pictures.POST, by, `/x?name=${name}`, { method: "POST", body })).json())
      .id as string;
  };
  const makeAlbum = async (title: string, ids: string[] = [], by = token) => {
    const { id } = albumView.parse(await (await ask(albums.POST, by, "/x", posted({ title }))).json());
    if (ids.length > 0) await ask(albumPictures.POST, by, "/x", { id, ...posted({ ids }) });
    return id;
  };

  describe("albums", () => {
    test("are named anew, get a cover, are put in order, emptied and deleted; pictures stay", async () => {
      const [one, two] = [await bring("one.jpg"), await bring("two.jpg")];
      const [sea, hills] = [await makeAlbum("sea", [one, two]), await makeAlbum("hills")];
      const change = (id: string, body: object) =>
        kept(albumEndpoints.changeAlbum, ask(album.PATCH, token, "/x", { id, ...changed(body) }));
      expect(await change(sea, { title: "the sea", cover: two })).toMatchObject({
        ...{ id: sea, title: "the sea", cover: { id: two } },
      });
      await change(hills, { after: null });
      const { albums: listed } = (await kept(albumEndpoints.listAlbums, ask(albums.GET, token, "/x"))) as {
        albums: { id: string }[];
      };
      expect(listed.map(({ id }) => id)).toEqual([hills, sea]);
      expect(await refusal(ask(album.PATCH, token, "/x", { id: sea, ...changed({}) }))).toBe(
        "422 input_invalid",
      );

      const order = async () =>
        albumPicturePage.parse(await (await ask(albumPictures.GET, token, "/x", { id: sea })).json());
      await ask(albumPictures.PATCH, token, "/x", { id: sea, ...changed({ id: two, after: null }) });
      await ask(albumPictures.PATCH, token, "/x", { id: sea, ...changed({ id: one, locked: true }) });
      expect(await order()).toMatchObject({ pictures: [{ id: two }, { id: one }], locked: [one] });
      expect(
        await kept(
          albumEndpoints.removeFromAlbum,
          ask(removal.POST, token, "/x", { id: sea, ...posted({ ids: [two] }) }),
        ),
      ).toEqual({ removed: 1 });
      expect((await order()).pictures.map(({ id }) => id)).toEqual([one]);

      const zip = await ask(albumZip.GET, token, "/x", { id: sea });
      expect(zip.headers.get("content-type")).toBe("application/zip");
      expect(Buffer.from(await zip.arrayBuffer()).toString("latin1", 0, 2)).toBe("PK");

      expect((await ask(album.DELETE, token, "/x", { id: sea, ...removed })).status).toBe(204);
      expect(await refusal(ask(album.GET, token, "/x", { id: sea }))).toBe("404 not_found");
      pictureDetails.parse(await (await ask(picture.GET, token, "/x", { id: one })).json());
    });

    test("get a link, which is told once and ends", async () => {
      const albumId = await makeAlbum("shared", [await bring("shared.jpg")]);
      const terms = { albumId, password: "lagoon", days: 7 };
      const made = (await kept(shareEndpoints.makeShare, ask(shares.POST, token, "/x", posted(terms)))) as {
        share: { id: string };
        path: string;
      };
      expect(made.share).toMatchObject({ hasPassword: true, withOriginals: false });
      const key = made.path.split("/").at(-1)!;
      expect(await codeOf(openShare(key, () => undefined))).toBe("share_locked");
      const list = () =>
        kept(shareEndpoints.listShares, ask(shares.GET, token, `/shares?albumId=${albumId}`));
      expect(await list()).toMatchObject({ shares: [{ id: made.share.id }] });
      expect(JSON.stringify(await list())).not.toContain(key);
      const { id } = made.share;
      expect((await ask(share.DELETE, token, "/x", { id, ...removed })).status).toBe(204);
      expect(await codeOf(openShare(key, () => undefined))).toBe("not_found");
      expect(await refusal(ask(shares.POST, token, "/x", posted({})))).toBe("422 input_invalid");
      const both = { albumId, pictureId: albumId };
      expect(await refusal(ask(shares.POST, token, "/x", posted(both)))).toBe("422 input_invalid");
    });
  });

  test("pictures are named, captioned, marked, thrown away, taken back and removed for good", async () => {
    const [one, two] = [await bring("a.jpg"), await bring("b.jpg")];
    const change = { title: "pier", caption: "at dawn", favourite: true };
    expect(
      await kept(
        pictureEndpoints.changePicture,
        ask(picture.PATCH, token, "/x", { id: one, ...changed(change) }),
      ),
    ).toMatchObject(change);
    await ask(picture.DELETE, token, "/x", { id: one, ...removed });
    expect(
      await kept(
        pictureEndpoints.restorePicture,
        ask(restore.POST, token, "/x", { id: one, method: "POST" }),
      ),
    ).toMatchObject({ id: one, trashedAt: null, title: "pier" });
    const act = (act: string, ids = [one, two]) =>
      kept(pictureEndpoints.changePictures, ask(batch.POST, token, "/x", posted({ ids, act })));
    expect(await act("trash")).toMatchObject({ changed: expect.arrayContaining([one, two]) });
    expect(await act("restore", [two])).toEqual({ changed: [two] });
    const others = await bring("other.jpg", (await someKey(operator)).token);
    const mixed = posted({ ids: [two, others], act: "trash" });
    expect(await refusal(ask(batch.POST, token, "/x", mixed))).toBe("404 not_found");
    expect(await kept(pictureEndpoints.emptyTrash, ask(trash.DELETE, token, "/x", removed))).toEqual({
      purged: 1,
    });
    expect(await refusal(ask(picture.GET, token, "/x", { id: one }))).toBe("404 not_found");
    const left = picturePage.parse(await (await ask(pictures.GET, token, "/x")).json());
    expect(left.pictures.map(({ id }) => id)).toContain(two);
  });

  test("chosen pictures come in one zip file, and only one's own do", async () => {
    const [one, two] = [await bring("first.jpg"), await bring("second.jpg")];
    const answer = await ask(zip.POST, token, "/x", posted({ ids: [one, two] }));
    expect(answer.headers.get("content-type")).toBe("application/zip");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBe(Number(answer.headers.get("content-length")));
    expect(bytes.toString("latin1", 0, 2)).toBe("PK");
    for (const name of ["first.jpg", "second.jpg"]) expect(bytes.includes(name)).toBe(true);
    const others = await bring("others.jpg", (await someKey(operator)).token);
    expect(await refusal(ask(zip.POST, token, "/x", posted({ ids: [one, others] })))).toBe("404 not_found");
    expect(await refusal(ask(zip.POST, token, "/x", posted({ ids: [] })))).toBe("422 input_invalid");
  });

  test("a picture tells the settings that it carries", async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#123456" } })
      .png()
      .toBuffer();
    const text = "a quiet harbour\nNegative prompt: fog\nSteps: 7, CFG scale: 3, Seed: 42, Size: 8x8";
    const body = new Uint8Array(writePngText(png, "parameters", text));
    const brought = await ask(pictures.POST, token, "/x?name=h.png", { method: "POST", body });
    const { id } = await brought.json();
    const tell = (of: string) =>
      kept(pictureEndpoints.showDrawing, ask(drawing.GET, token, "/x", { id: of }));
    expect(await tell(id)).toMatchObject({
      drawing: {
        prompt: "a quiet harbour",
        options: { steps: 7, guidance: 3, seed: 42, negativePrompt: "fog" },
      },
    });
    expect(await tell(await bring("plain.jpg"))).toEqual({ drawing: null });
  });

  test("what is another's does not exist, at every door with an id", async () => {
    const stranger = (await someKey(operator)).token;
    const pictureId = await bring("mine.jpg");
    const albumId = await makeAlbum("mine", [pictureId]);
    const doors: Record<string, (by: string) => Promise<Response>> = {
      "GET album": (by) => ask(album.GET, by, "/x", { id: albumId }),
      "PATCH album": (by) => ask(album.PATCH, by, "/x", { id: albumId, ...changed({ title: "mine" }) }),
      "GET pictures": (by) => ask(albumPictures.GET, by, "/x", { id: albumId }),
      "POST pictures": (by) =>
        ask(albumPictures.POST, by, "/x", { id: albumId, ...posted({ ids: [pictureId] }) }),
      "PATCH pictures": (by) =>
        ask(albumPictures.PATCH, by, "/x", { id: albumId, ...changed({ id: pictureId, locked: true }) }),
      "GET zip": (by) => ask(albumZip.GET, by, "/x", { id: albumId }),
      "POST share": (by) => ask(shares.POST, by, "/x", posted({ albumId })),
      "GET shares": (by) => ask(shares.GET, by, `/x?pictureId=${pictureId}`),
      "PATCH picture": (by) => ask(picture.PATCH, by, "/x", { id: pictureId, ...changed({ caption: "x" }) }),
      "GET drawing": (by) => ask(drawing.GET, by, "/x", { id: pictureId }),
      "POST zip": (by) => ask(zip.POST, by, "/x", posted({ ids: [pictureId] })),
      "POST restore": (by) => ask(restore.POST, by, "/x", { id: pictureId, method: "POST" }),
      "POST remove": (by) => ask(removal.POST, by, "/x", { id: albumId, ...posted({ ids: [pictureId] }) }),
      "DELETE album": (by) => ask(album.DELETE, by, "/x", { id: albumId, ...removed }),
    };
    for (const [name, door] of Object.entries(doors)) {
      expect(await refusal(door(stranger)), name).toBe("404 not_found");
      const own = await door(token);
      expect(own.status, name).toBeLessThan(300);
      await own.arrayBuffer();
    }
  });

  describe("models", () => {
    let host: ModelHost;
    let folder = "";
    let keeper: string;
    const at = (name: string) => path.join(folder, name);
    const SOURCE = "hf:someone/ink/ink.safetensors";
    const KEY = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), "mosaiq-api-models-"));
      host = await startModelHost();
      const shapes = { [`${KEY}.lora_down.weight`]: [4, 768], [`${KEY}.lora_up.weight`]: [320, 4] };
      await writeTinyCheckpoint(at("ink.safetensors"), shapes);
      const files = { "ink.safetensors": await readFile(at("ink.safetensors")) };
      host.repos["someone/ink"] = { commit: "c".repeat(40), files };
      vi.stubEnv("MODELS_DIR", at("models"));
      vi.stubEnv("HF_ENDPOINT", host.url);
      forgetEnv();
      keeper = (await someKey(operator, ["read", "models"])).token;
    });
    afterAll(async () => {
      await host.stop();
      vi.unstubAllEnvs();
      forgetEnv();
      await rm(folder, { recursive: true, force: true });
    });

    test("the catalogue is told with what fits, and searched by words in either language", async () => {
      const find = async (words: string) =>
        (await kept(
          modelEndpoints.showCatalogue,
          ask(catalogue.GET, token, `/x?words=${encodeURIComponent(words)}`, {
            headers: { "accept-language": "zh" },
          }),
        )) as { models: { id: string; note: string }[]; bundles: unknown[] };
      const all = await find("");
      expect(all.models.length).toBeGreaterThan(20);
      expect(all.models[0]!.note).toMatch(/\p{Script=Han}/u);
      expect(all.bundles.length).toBeGreaterThan(3);
      expect((await find("monster softer")).models.map(({ id }) => id)).toEqual(["qr-monster-v1"]);
      expect((await find("放大 四倍")).models.map(({ id }) => id)).toEqual(["realesrgan-x4plus"]);
    });

    test("one is asked for, followed until it is there, listed and removed", async () => {
      const asked = await ask(pulls.POST, keeper, "/x", posted({ source: SOURCE }));
      expect(asked.status).toBe(202);
      const { id } = await asked.json();
      expect(asked.headers.get("location")).toBe(`/api/v1/models/pulls/${id}`);
      const listed = await kept(modelEndpoints.listPulls, ask(pulls.GET, keeper, "/x"));
      expect(listed).toMatchObject({ pulls: [{ id, source: SOURCE, state: "queued" }] });
      const loop = startPullLoop({ tries: 2, firstMs: 1 });
      const state = async () =>
        ((await kept(modelEndpoints.showPull, ask(pull.GET, keeper, "/x", { id }))) as { state: string })
          .state;
      await expect.poll(state, { timeout: 20_000 }).toBe("done");
      await loop.stop();
      const here = async () =>
        (await kept(modelEndpoints.listInstalled, ask(installed.GET, token, "/x"))) as {
          models: { id: string }[];
        };
      expect((await here()).models).toEqual(
        expect.arrayContaining([expect.objectContaining({ id: "ink", origin: "installed", source: SOURCE })]),
      );
      const gone = await ask(installed.DELETE, keeper, "/x?kind=lora&name=ink", removed);
      expect(gone.status).toBe(204);
      expect((await here()).models.map((model) => model.id)).not.toContain("ink");
      const imported = posted({ path: at("ink.safetensors") });
      await kept(modelEndpoints.importModel, ask(installed.POST, keeper, "/x", imported));
      const shipped = ask(installed.DELETE, keeper, "/x?kind=checkpoint&name=seedling", removed);
      expect(await refusal(shipped)).toBe("409 model_shipped");
      const within = posted({ path: "ink.safetensors" });
      expect(await refusal(ask(installed.POST, keeper, "/x", within))).toBe("422 input_invalid");
    });

    test("a bundle is asked for by its name: a pull for each model that is not here", async () => {
      const begin = (bundle: string) => ask(bundled.POST, keeper, "/x", posted({ bundle }));
      const answer = (await kept(modelEndpoints.requestBundle, begin("cartoon-album"))) as {
        pulls: { id: string; source: string; state: string }[];
      };
      expect(answer.pulls).toMatchObject([
        { source: "toonyou-beta6", state: "queued" },
        { source: "lcm-lora-sd15", state: "queued" },
        { source: "taesd", state: "queued" },
      ]);
      expect(await refusal(begin("no-bundle"))).toBe("404 not_found");
      for (const { id } of answer.pulls)
        await ask(pull.POST, keeper, "/x", { id, ...posted({ act: "cancel" }) });
    });

    test("one that waits can be ended", async () => {
      const { id } = await (await ask(pulls.POST, keeper, "/x", posted({ source: "taesd" }))).json();
      const ended = ask(pull.POST, keeper, "/x", { id, ...posted({ act: "cancel" }) });
      expect(await kept(modelEndpoints.steerPull, ended)).toMatchObject({ id, state: "cancelled" });
      const unknown = { id: crypto.randomUUID(), ...posted({ act: "pause" }) };
      expect(await refusal(ask(pull.POST, keeper, "/x", unknown))).toBe("404 not_found");
    });

    const SHUT: Record<string, (by: string) => Promise<Response>> = {
      "GET pulls": (by) => ask(pulls.GET, by, "/x"),
      "POST pulls": (by) => ask(pulls.POST, by, "/x", posted({ source: SOURCE })),
      "POST bundle": (by) => ask(bundled.POST, by, "/x", posted({ bundle: "cartoon-album" })),
      "GET pull": (by) => ask(pull.GET, by, "/x", { id: crypto.randomUUID() }),
      "POST pull": (by) => ask(pull.POST, by, "/x", { id: "1", ...posted({ act: "pause" }) }),
      "POST installed": (by) => ask(installed.POST, by, "/x", posted({ path: at("ink.safetensors") })),
      "DELETE installed": (by) => ask(installed.DELETE, by, "/x?kind=lora&name=ink", removed),
    };
    test.each(Object.entries(SHUT))("%s wants a key that may, of somebody who still may", async (_, door) => {
      const [scopeless, former] = [(await someKey(operator)).token, await someKey(ann)];
      expect(await refusal(door(scopeless))).toBe("403 api_scope_missing");
      await db().apiKey.update({ where: { id: former.key.id }, data: { scopes: ["models"] } });
      expect(await refusal(door(former.token))).toBe("403 operator_only");
    });

    test("a key that installs models is made for nobody else", async () => {
      expect(await codeOf(someKey(ann, ["models"]))).toBe("operator_only");
    });

    test("a LoRA of one's own comes in as bytes, and goes", async () => {
      const send = async (bytes: Uint8Array, name = "mine.safetensors") =>
        ask(loras.POST, token, `/x?name=${name}`, { method: "POST", body: new Uint8Array(bytes) });
      const bytes = await readFile(at("ink.safetensors"));
      const first = await send(bytes);
      expect(first.status).toBe(201);
      const { id, ...told } = await first.json();
      expect(told).toMatchObject({ title: "mine", origin: "own", family: "sd1" });
      expect((await send(bytes)).status).toBe(200);
      await kept(modelEndpoints.showLora, ask(lora.GET, token, "/x", { id }));
      expect(await refusal(ask(lora.GET, keeper, "/x", { id }))).toBe("404 not_found");
      expect(await refusal(send(Buffer.from("no model at all")))).toBe("422 weights_damaged");
      const vast = ask(loras.POST, token, "/x?name=a", {
        ...{ method: "POST", body: "x", headers: { "content-length": String(300 * 1024 * 1024) } },
      });
      expect(await refusal(vast)).toBe("413 lora_too_large");
      expect((await ask(lora.DELETE, token, "/x", { id, ...removed })).status).toBe(204);
      expect(await refusal(ask(lora.GET, token, "/x", { id }))).toBe("404 not_found");
      const left = await readdir(path.join(process.env.DATA_DIR!, "uploads"));
      expect(left.filter((name) => name.startsWith("body-"))).toEqual([]);
    });
  });
});
