import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetEnv } from "@/lib/env";
import { openFrontDoor } from "@/scripts/studio/door/front-door";

let folder: string;
const answers: { status: number; body: object }[] = [];
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  const { status, body } =
    request.url === "/api/terminal" ? { status: 200, body: { cookie: "person=1" } } : answers.shift()!;
  request.resume().on("end", () => response.writeHead(status).end(JSON.stringify(body)));
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-door-"));
  process.env.DATA_DIR = folder;
  forgetEnv();
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const file = { bytes: Buffer.from("a picture"), name: "1.jpg" };
const open = () => openFrontDoor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, null);
const limited = { status: 429, body: { code: "rate_limited", details: { seconds: 0 } } };

test("an import that is too quick for the app waits as long as it is told, and goes on", async () => {
  answers.push(limited, limited, { status: 201, body: { picture: { id: "1" }, isNew: true } });
  const door = await open();
  asked.length = 0;
  expect(await door.addPicture(file)).toEqual({ picture: { id: "1" }, isNew: true });
  expect(asked).toEqual(Array.from({ length: 3 }, () => "POST /api/uploads"));
});

test("a file that is refused is not sent again", async () => {
  answers.push({ status: 415, body: { code: "picture_unreadable", details: {} } });
  const door = await open();
  asked.length = 0;
  await expect(door.addPicture(file)).rejects.toMatchObject({ code: "picture_unreadable" });
  expect(asked).toHaveLength(1);
});
