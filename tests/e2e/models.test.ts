import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatBytes } from "@/lib/models/format-bytes";
import { type AppServer, removeData, startApp } from "../support/app-server";
import { etagOf, type ModelHost, startModelHost } from "../support/model-host";
import { writeTinyCheckpoint } from "../support/tiny-weights";
import { arrive, open, signUp } from "./person";

const KEY = "lora_unet_down_blocks_0_attentions_0_transformer_blocks_0_attn2_to_k";

let host: ModelHost;
let app: AppServer;
let folder = "";
let lora: Buffer;
const size = () => formatBytes(lora.length);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-models-page-"));
  const file = path.join(folder, "ink.safetensors");
  await writeTinyCheckpoint(file, {
    [`${KEY}.lora_down.weight`]: [64, 768],
    [`${KEY}.lora_up.weight`]: [640, 64],
  });
  lora = await readFile(file);
  host = await startModelHost();
  host.repos["someone/ink"] = { commit: "e".repeat(40), license: "mit", files: { "ink.safetensors": lora } };
  app = await startApp({ env: { HF_ENDPOINT: host.url } });
});
afterAll(async () => {
  await app.stop();
  await host.stop();
  await removeData(app);
  await rm(folder, { recursive: true, force: true });
});

test("the first account fetches a model, lets it rest and go on, and removes it; a stranger may only look", async () => {
  const person = await arrive({ appUrl: app.url });
  const { page } = person;
  await open(person, "/models");
  await page.getByText("The first account of this studio looks after the models.").waitFor();
  expect(await page.getByRole("button", { name: /^Get / }).count()).toBe(0);
  await signUp(person);
  await open(person, "/models");
  expect(await page.getByRole("button", { name: "Get QR art, best quality" }).isVisible()).toBe(true);

  // Half of it, and then nothing.
  host.faults.push((_, response, bytes) => {
    response.writeHead(200, { "content-length": bytes.length, etag: etagOf(bytes) });
    response.write(bytes.subarray(0, bytes.length / 2));
    return true;
  });
  await page.getByRole("textbox", { name: "Another model" }).fill("https://huggingface.co/someone/ink");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const pulls = page.getByRole("region", { name: "On the way" });
  await pulls.getByText(`${formatBytes(Math.floor(lora.length / 2))} of ${size()}`).waitFor();
  await pulls.getByRole("button", { name: "Pause hf:someone/ink" }).click();
  await pulls.getByText("Paused").waitFor();
  await pulls.getByRole("button", { name: "Go on with hf:someone/ink" }).click();
  const installed = page.getByRole("region", { name: "Installed", exact: true });
  await installed.getByText(`${size()} · for SD 1.5 · mit`).waitFor();
  await pulls.waitFor({ state: "detached" });
  expect(host.asked.at(-1)!.range).toMatch(/^bytes=1\d+-$/);

  const other = await arrive({ appUrl: app.url });
  await signUp(other);
  await open(other, "/models");
  await other.page.getByText(`${size()} · for SD 1.5 · mit`).waitFor();
  expect(await other.page.getByRole("button", { name: /^(Get|Remove) / }).count()).toBe(0);

  await installed.getByRole("button", { name: "Remove ink" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("ink is removed").waitFor();
  await installed.getByText(size()).waitFor({ state: "detached" });
});

test("a LoRA of one's own is there after its upload, for its owner alone; what is none says why", async () => {
  const person = await arrive({ appUrl: app.url, screen: "phone" });
  const { page } = person;
  await signUp(person);
  await open(person, "/models");
  const own = page.getByRole("region", { name: "Your LoRAs" });
  const choose = async (name: string, buffer: Buffer) =>
    own.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await choose("Tea ceremony.safetensors", lora);
  await own.getByText("Tea ceremony is there.").waitFor();
  await own.getByText(`${size()} · for SD 1.5`).waitFor();
  person.expectComplaint(/422/);
  await choose("strange.safetensors", Buffer.from("nothing that could be a model".repeat(10)));
  await own
    .getByRole("alert")
    .getByText(/strange\.safetensors is damaged/)
    .waitFor();

  // It is offered where characters are, and not to be chosen: no model here could draw with it.
  await open(person, "/create/characters");
  const cards = page.getByRole("radio", { name: "Tea ceremony for SD 1.5" });
  expect(await cards.first().isDisabled()).toBe(true);
  expect(await page.getByRole("radio", { name: "Luna" }).isDisabled()).toBe(false);
  await open(person, "/create/draw");
  await page.getByRole("button", { name: "Advanced" }).click();
  await page.getByLabel("LoRAs", { exact: true }).first().click();
  const option = page.getByRole("option", { name: "Tea ceremony (for SD 1.5)" });
  expect(await option.getAttribute("data-combobox-disabled")).toBe("true");
  await open(person, "/models");

  const other = await arrive({ appUrl: app.url });
  await signUp(other);
  await open(other, "/models");
  expect(await other.page.getByText("Tea ceremony").count()).toBe(0);

  await own.getByRole("button", { name: "Remove Tea ceremony" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await own.getByText(size()).waitFor({ state: "detached" });
});
