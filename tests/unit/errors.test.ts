import { expect, test } from "vitest";
import { AppError, ERRORS, errorMessage, toAppError } from "@/lib/errors";
import { QrError } from "@/lib/qr/qr-error";

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test.each(Object.entries(ERRORS))("%s reads the same in both languages", (_, entry) => {
  expect(entry.en.length).toBeGreaterThan(0);
  expect(entry.zh).toMatch(/\p{Script=Han}/u);
  expect(placeholders(entry.zh)).toEqual(placeholders(entry.en));
  // Marks of another script's width beside Chinese.
  expect(entry.zh).not.toMatch(/[\p{Script=Han}}\]][(),;?!]|[(),;?!][\p{Script=Han}]/u);
  expect(entry.status).toBeGreaterThanOrEqual(400);
});

test("details fill the message, a missing one shows as such", () => {
  const details = { excess: 12, limit: 2953 };
  expect(errorMessage("text_too_long", details)).toContain("12 bytes too long");
  expect(errorMessage("text_too_long", details, "zh")).toContain("12 字节");
  expect(errorMessage("text_too_long")).toContain("? bytes");
  expect(errorMessage("no such code")).toBe(ERRORS.internal.en);
});

test.each([
  ["an engine's error", new QrError("text_empty", "nothing"), "text_empty"],
  [
    "one from a thread, where classes are lost",
    { name: "QrError", code: "text_empty", message: "" },
    "text_empty",
  ],
  ["a full disk", Object.assign(new Error("write"), { code: "ENOSPC" }), "disk_full"],
  ["a full disk below another error", new Error("x", { cause: { code: "ENOSPC" } }), "disk_full"],
  ["an aborted piece of work", new DOMException("stop", "AbortError"), "cancelled"],
  ["a server that is shutting down", { code: "57P01", message: "terminating connection" }, "database_lost"],
  ["Prisma without a server", { name: "PrismaClientKnownRequestError", code: "P1001" }, "database_lost"],
  [
    "a refused connection of Prisma's",
    { name: "PrismaClientKnownRequestError", code: "ECONNREFUSED" },
    "database_lost",
  ],
  [
    "a connection that broke while something else used it",
    new Error("Client has encountered a connection error and is not queryable"),
    "database_lost",
  ],
  [
    "a raw query of Prisma's whose connection broke",
    {
      ...{ name: "PrismaClientKnownRequestError", code: "P2010" },
      meta: { driverAdapterError: { name: "DriverAdapterError", cause: { kind: "ConnectionClosed" } } },
    },
    "database_lost",
  ],
  ["a refused connection of anyone else", { name: "Error", code: "ECONNREFUSED" }, "internal"],
  ["something that is not an error", "text", "internal"],
  ["nothing", null, "internal"],
])("%s is told by its code", (_, thrown, code) => {
  const error = toAppError(thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error.code).toBe(code);
  expect(error.cause).toBe(thrown);
});

test("keeps an engine error's facts and an app error itself", () => {
  const engine = new QrError("text_too_long", "too long", { excess: 3, limit: 10 });
  expect(toAppError(engine).details).toEqual({ excess: 3, limit: 10 });
  const app = new AppError("not_found");
  expect(toAppError(app)).toBe(app);
  expect(app.status).toBe(404);
});

test("an unexpected error's text does not reach people", () => {
  expect(toAppError(new Error("password=123")).message).toBe(ERRORS.internal.en);
});
