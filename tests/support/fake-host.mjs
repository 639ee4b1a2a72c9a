// Speaks as host processes do and does what a script says, one word a call, across all processes that run it:
// "done" · "lost" (the device stopped answering) · "unavailable" (it is not there) · "die" · "wrong" (a task's own fault).
// The folder FAKE_HOST has the script, a list of probes that succeed, and what was heard.
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import path from "node:path";

const at = (name) => path.join(process.env.FAKE_HOST, name);
const wordsIn = (name) =>
  existsSync(at(name)) ? readFileSync(at(name), "utf8").split(/\s+/).filter(Boolean) : [];
const note = (word) => appendFileSync(at("heard"), `${word}\n`);

const CODES = { lost: "device_lost", unavailable: "device_unavailable", wrong: "size_invalid" };

const argument = process.argv[2];
process.on("disconnect", () => process.exit(0));
if (argument.startsWith("probe:")) {
  const kind = argument.slice("probe:".length);
  const works = wordsIn("works").includes(kind);
  process.send({ works, why: works ? "there" : "not there" }, () => process.exit(0));
} else serve(JSON.parse(argument).device);

function serve(device) {
  const residents = [];
  process.on("message", ({ kind, input }) => {
    if (kind !== "run") return;
    const word = wordsIn("script")[wordsIn("heard").length] ?? "done";
    note(`${device.kind}:${word}:${process.pid}:${path.basename(input.model)}`);
    if (word === "die") process.kill(process.pid, "SIGKILL");
    if (word === "done" && !residents.some(({ model }) => model === input.model))
      residents.push({ model: input.model, sizeBytes: 1 });
    const state = { residents, memoryBytes: 1 };
    const code = CODES[word];
    if (code) process.send({ kind: "failed", error: { name: "EngineError", message: word, code }, state });
    else process.send({ kind: "done", output: { pid: process.pid }, state });
  });
}
