import path from "node:path";
import type { parseArgs } from "node:util";
import type { Format } from "@/lib/codes/formats";
import { makeFile } from "@/lib/codes/make-file";
import { AppError } from "@/lib/errors";
import { type QrPictureInput, qrPictureInput } from "@/lib/scenarios/qr-picture/qr-picture.job";
import { readInput, writeOutput } from "./files";
import { juryTable } from "./jury-table";
import { messages } from "./messages/messages";
import { parseOptions } from "./parse-options";
import { UsageError } from "./usage-error";

const FORMAT_OF: Readonly<Record<string, Format>> = {
  ".png": "png",
  ".webp": "webp",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".svg": "svg",
  ".pdf": "pdf",
};

/** What version 40-L holds in bytes. */
const MOST_BYTES = 2953;

const OPTIONS = {
  text: { type: "string" },
  picture: { type: "string" },
  out: { type: "string" },
  look: { type: "string" },
  level: { type: "string" },
  size: { type: "string" },
  version: { type: "string" },
  ecc: { type: "string" },
  seed: { type: "string" },
  dark: { type: "string" },
  light: { type: "string" },
  "corner-radius": { type: "string" },
  logo: { type: "boolean" },
  focus: { type: "string" },
  mm: { type: "string" },
  json: { type: "boolean" },
  lang: { type: "string" },
} as const;

/** Makes a code and writes it; prints what was made. */
export async function qr(args: string[]): Promise<number> {
  const { values } = parseOptions({ args, options: OPTIONS });
  const { text, out, picture: pictureFile } = values;
  if (text === undefined) throw new UsageError("missing", "--text");
  if (out === undefined) throw new UsageError("missing", "--out");
  const format = FORMAT_OF[path.extname(out).toLowerCase()];
  if (!format) throw new UsageError("oneOf", "--out", Object.keys(FORMAT_OF).join(" "));
  if (text === "") throw new AppError("text_empty");
  const { picture: _, ...input } = inputOf(values, text, pictureFile !== undefined);
  const widthMm = values.mm === undefined ? undefined : positive("mm", values.mm);
  const picture = pictureFile === undefined ? null : await readInput(pictureFile);
  const { bytes, report } = await makeFile({ input, picture, format, widthMm });
  await writeOutput(out, bytes);
  if (values.json) console.log(JSON.stringify({ ...report, out }));
  else {
    const told = messages().qr;
    const { version, ecc, mask, fidelity, level, jury, timesMs } = report;
    const measured = fidelity ? told.fidelity(fidelity.ssim.toFixed(3), fidelity.deltaE2000.toFixed(1)) : "";
    console.log(told.made(out, `${version}-${ecc}`, mask) + measured);
    console.log(told.passed(level, jury.score, timesMs.total));
    console.log(juryTable(report.jury));
  }
  return 0;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

function inputOf(values: Values, text: string, hasPicture: boolean): QrPictureInput {
  const whole = (name: "size" | "version" | "seed"): number | "auto" | undefined => {
    const value = values[name];
    return value === undefined || value === "auto" ? value : positive(name, value);
  };
  const [x = "0.5", y = "0.5"] = (values.focus ?? "").split(",").filter(Boolean);
  const parsed = qrPictureInput.safeParse({
    text,
    // The file itself goes another way; the schema only asks whether there is one.
    picture: hasPicture ? { from: "sample", name: "file" } : null,
    look: values.look ?? (hasPicture ? "photo" : "classic"),
    level: values.level,
    size: whole("size"),
    version: whole("version"),
    ecc: values.ecc,
    seed: whole("seed"),
    colours: { dark: values.dark ?? "#1b1b2f", light: values.light ?? "#ffffff" },
    cornerRadius: values["corner-radius"] === undefined ? undefined : Number(values["corner-radius"]),
    logo: values.logo,
    focus: { x: Number(x), y: Number(y) },
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.message === "picture_required") throw new AppError("picture_required");
  if (issue?.path[0] === "text")
    throw new AppError("text_too_long", {
      details: { excess: Buffer.byteLength(text) - MOST_BYTES, limit: MOST_BYTES },
    });
  throw new AppError("input_invalid", { details: { field: issue?.path.join(".") ?? "" } });
}

function positive(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0 || value.trim() === "")
    throw new AppError("input_invalid", { details: { field: name } });
  return number;
}
