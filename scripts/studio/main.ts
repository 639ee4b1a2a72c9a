import { errorMessage, type Locale, toAppError } from "@/lib/errors";
import { INTERRUPTED } from "./generate-progress";
import { UsageError } from "./usage-error";

// The studio from a terminal: one command a file; each prints for people, or one JSON object with --json.

// Results are all that stdout is for; whoever asks for the log gets it there.
process.env.LOG_LEVEL ||= "silent";

// Each brings only what it needs itself.
const COMMANDS: Readonly<Record<string, () => Promise<(args: string[]) => Promise<number>>>> = {
  qr: async () => (await import("./qr")).qr,
  verify: async () => (await import("./verify")).verify,
  portrait: async () => (await import("./portrait")).portrait,
  product: async () => (await import("./product")).product,
  generate: async () => (await import("./generate")).generate,
  "qr-art": async () => (await import("./qr-art")).qrArt,
  "character-album": async () => (await import("./character-album")).characterAlbum,
  upscale: async () => (await import("./upscale")).upscale,
  inspect: async () => (await import("./inspect")).inspect,
  tag: async () => (await import("./tag")).tag,
  search: async () => (await import("./search")).search,
  album: async () => (await import("./album")).album,
  models: async () => (await import("./models")).models,
};
const USAGE = `Usage: npm run studio -- COMMAND [options]

  qr --text TEXT [--picture FILE] --out FILE.(png|webp|jpg|svg|pdf)
     [--look photo|halftone|mosaic|dots|ink|classic] [--level art|balanced|everywhere]
     [--size 1024] [--version auto|1…40] [--ecc auto|L|M|Q|H] [--seed 1]
     [--dark #1b1b2f] [--light #ffffff] [--corner-radius 0.5] [--logo] [--focus 0.5,0.5] [--mm 40]
  verify FILE [--text TEXT]

  portrait --photo FILE --style NAME --out FILE.png [--strength 0.5] [--likeness 0.7]
     [--background keep|blur|style|#rrggbb|WORDS] [--who WORDS] [--hold lines|edges|light]
     [--crop X,Y,SIDE] [--model NAME] [--seed 1]
  product --photo FILE --prompt TEXT --out FILE.png [--sizes square,portrait,landscape,story]
     [--scale 0.62] [--light 0.6] [--shadow 0.7] [--model NAME] [--seed 1]

  generate [--model NAME|PATH] --prompt TEXT --out FILE.png [--negative TEXT] [--from PICTURE]
     [--steps 20] [--sampler dpmpp-2m] [--schedule automatic] [--cfg 7] [--seed 42] [--batch 1]
     [--size 512x512] [--init PICTURE [--strength 0.75] [--mask PICTURE [--inpaint-area masked|whole]]]
     [--control ANNOTATOR:MODEL[:WEIGHT[:FROM-TO]][:guess]=PICTURE … [--annotator-model NAME|PATH …]]
     [--lora NAME|PATH[:WEIGHT] …] [--embedding [WORD=]PATH …] [--vae NAME|PATH] [--preview TAESD]
     [--precision float32|int8] [--cfg-end 1] [--prediction epsilon|v]
     [--hires 2 [--hires-strength 0.5] [--hires-steps N] [--hires-upscaler NAME|PATH]]
     [--clip-skip 1] [--variation SEED:STRENGTH] [--noise torch-cpu|philox]
     [--convention k-diffusion|diffusers]
     [--xy "cfg=4,7,10;strength=0.3,0.7"]  a labelled sheet over one or two of
        strength, cfg, cfg-end, steps, sampler, schedule, seed, clip-skip, precision, lora:NAME,
        prompt=WORD,OTHER,…
     --mask: what is white in it alone is drawn, at the model's own size or --size, and put back, all else
        to the byte; whole: all of the picture is drawn, at its own size or --size.
     --precision int8: on the CPU, about half the time and memory, 36–42 dB from float32.
     --hires: drawn once more over what was enlarged; a small model goes no further than it can.
     --from restores the settings that a picture carries; other options win.
  character-album --character LORA[:WEIGHT] --out FOLDER [--style LORA[:WEIGHT]] [--count 12]
     [--scenes day|seasons|world|wardrobe|FILE] [--about TEXT] [--model NAME] [--seed 1]
     An album of one character in many places; a FILE has a scene a line.
  upscale PICTURE --out FILE.png [--times 2|4] [--model NAME|PATH]
     The settings that a picture carries are kept.
  qr-art --text TEXT --prompt TEXT --out FILE.png [--candidates 4] [--blend 0.5] [--style NAME]
     [--level art|balanced|everywhere] [--size 1024] [--seed 42] [--model NAME] [--lora NAME[:WEIGHT] …]
     [--negative TEXT] [--steps N] [--cfg N]
     A code that is drawn: the best candidate as FILE.png, the others as FILE-2.png, …
  inspect FILE.safetensors
  tag PICTURE …   what they show, by the CLIP that pictures are searched with

  search WORDS [--album NAME] [--place NAME] [--as EMAIL] [--limit 20]
  album import FOLDER --album NAME [--as EMAIL]
     In one's gallery: through the running app, or in the database itself where none runs.

  models list [KIND] | search [WORDS]
  models pull NAME … | BUNDLE | hf:OWNER/REPO[/FILE][@REVISION] | civitai:VERSION
  models import FILE|FOLDER [--name NAME] | remove NAME|KIND/NAME
     What has arrived of a model that was interrupted is gone on with; .safetensors alone.

  --json       print one JSON object        --lang en|zh   language of messages

Exit status: 0 done · 1 it could not be done (the code says why) · 2 the command was not understood ·
130 interrupted`;

const locale = (): Locale => {
  const at = process.argv.indexOf("--lang");
  const asked = at > 0 ? process.argv[at + 1] : Intl.DateTimeFormat().resolvedOptions().locale;
  return asked?.startsWith("zh") ? "zh" : "en";
};

async function main(): Promise<number> {
  const [name = "", ...rest] = process.argv.slice(2);
  const json = rest.includes("--json");
  try {
    if (name === "--help" || name === "help" || name === "") throw new UsageError("");
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new UsageError(`There is no command “${name}”.`, `没有“${name}”这个命令。`);
    const command = await load();
    return await command(rest);
  } catch (thrown) {
    if (thrown instanceof UsageError || isArgumentError(thrown)) {
      const { message: en, zh = en } = thrown as UsageError;
      const message = { en, zh }[locale()];
      if (json) console.log(JSON.stringify({ error: { code: "usage", message } }));
      console.error(`${message}${message ? "\n\n" : ""}${USAGE}`);
      return 2;
    }
    const error = toAppError(thrown);
    const message = errorMessage(error.code, error.details, locale());
    if (json) console.log(JSON.stringify({ error: { code: error.code, message, details: error.details } }));
    else console.error(`${message} (${error.code})`);
    if (error.code === "internal") console.error(thrown);
    return error.code === "cancelled" ? INTERRUPTED : 1;
  }
}

const isArgumentError = (thrown: unknown): boolean =>
  String((thrown as { code?: unknown } | null)?.code).startsWith("ERR_PARSE_ARGS");

process.exitCode = await main();
