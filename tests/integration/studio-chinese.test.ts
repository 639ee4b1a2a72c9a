import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { openSafetensors } from "@/lib/engine/safetensors/open-safetensors";
import { forgetEnv } from "@/lib/env";
import { en } from "@/scripts/studio/messages/en";
import { type ModelHost, startModelHost } from "../support/model-host";
import { someAccount } from "../support/pictures";
import { writeLora } from "../support/tiny-lora";

let folder: string;
let host: ModelHost;
const at = (name: string) => path.join(folder, name);

interface Told {
  readonly status: number;
  readonly out: string;
  /** What was said on stderr, each line that is written over as one of its own. */
  readonly err: string;
}

/** Runs the headless command as somebody at a terminal would. */
function studio(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Told> {
  const env = {
    ...process.env,
    ...{ DATA_DIR: at("data"), MODELS_DIR: at("models"), INFERENCE_DEVICE: "cpu", HF_ENDPOINT: host.url },
    ...{ READ_TEXT: "0", ...more },
  };
  const loaders = ["--import", "tsx", "--import", "./tests/support/as-terminal.ts"];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...loaders, "scripts/studio/main.ts", ...args],
      { maxBuffer: 1 << 24, env },
      (error, out, err) =>
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what clears a terminal's line begins with one
        resolve({ status: error ? Number(error.code) : 0, out, err: err.replace(/\r(\x1b\[K)?/g, "\n") }),
    );
  });
}

const inChinese = (...args: string[]) => studio([...args, "--lang", "zh"]);

/** Two words of English in a row, where no file is named. */
const englishIn = (text: string): string[] =>
  text.replaceAll(folder, "").match(/\b[A-Za-z]{2,} [a-z]{2,}\b/g) ?? [];

/** What a command says to its end, all of it in Chinese. */
async function said(...args: string[]): Promise<string> {
  const { status, out, err } = await inChinese(...args);
  const text = `${out}\n${err}`;
  expect([status, englishIn(text)]).toEqual([0, []]);
  return text;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mosaiq-chinese-"));
  host = await startModelHost();
  const photo = { create: { width: 96, height: 72, channels: 3 as const, background: "#336699" } };
  await mkdir(at("album"));
  await mkdir(at("models/loras"), { recursive: true });
  for (const name of ["photo.png", "album/sea.png"]) await sharp(photo).png().toFile(at(name));
  await writeFile(at("album/notes.txt"), "these are notes");
  await writeFile(at("album/cut.png"), Buffer.from("89504e470d0a1a0a", "hex"));
  const stray = "lora_unet_elsewhere";
  const shapes = {
    ...(await seedlingShapes()),
    [`${stray}.lora_down.weight`]: [4, 8],
    [`${stray}.lora_up.weight`]: [8, 4],
  };
  await writeLora(at("models/loras/half.safetensors"), shapes, "half");
}, 60_000);
afterAll(async () => {
  await host.stop();
  await rm(folder, { recursive: true, force: true });
});

/** One layer that Seedling has. */
async function seedlingShapes(): Promise<Record<string, number[]>> {
  const { tensors } = await openSafetensors("models/seedling/loras/momo.safetensors");
  const down = [...tensors.keys()].find((key) => key.endsWith(".lora_down.weight"))!;
  const shapeOf = (key: string): [string, number[]] => [key, [...tensors.get(key)!.shape]];
  return Object.fromEntries([down, down.replace("lora_down", "lora_up")].map(shapeOf));
}

describe("what is not understood", () => {
  const wrong: [message: RegExp, ...args: string[]][] = [
    [/^缺少 --text。/, "qr"],
    [/^verify 需要一张图片。/, "verify"],
    [/^缺少 --photo。/, "portrait"],
    [/^缺少 --prompt。/, "product", "--photo", "a.png"],
    [/^--out：请使用 \.png/, "generate", "--prompt", "a", "--out", "a.jpg"],
    [/^缺少 --character。/, "character-album"],
    [/^upscale 需要一张图片。/, "upscale"],
    [/^缺少 --out。/, "qr-art"],
    [/^inspect 需要一个文件。/, "inspect"],
    [/^tag 至少需要一张图片。/, "tag"],
    [/^--limit 应为 1 到 200 之间的数字。/, "search", "猫", "--limit", "0"],
    [/^album 可用/, "album"],
    [/^类型有：checkpoint、/, "models", "list", "cats"],
    [/^没有“dance”这个命令。/, "dance"],
    [/^这里没有 --dance 这个选项。/, "qr", "--dance"],
  ];
  test.each(wrong)("%s", async (message, ...args: string[]) => {
    const { status, err } = await inChinese(...args);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err).toContain("\n\n用法：npm run studio -- 命令 [选项]\n\n");
    const [command] = args;
    if (command! in en.usage.commands) expect(err).toMatch(new RegExp(`^  ${command} `, "m"));
    const around = err.replace("npm run studio", "").match(/\b[a-z]{2,}(?: [a-z]{2,}){2,}/g);
    expect(around).toBeNull();
  });

  test("is told in the system's language where nobody asks for another", async () => {
    const system = { LC_ALL: "zh_CN.UTF-8" };
    expect((await studio(["qr"], system)).err).toMatch(/^缺少 --text。/);
    expect((await studio(["qr", "--lang", "en"], system)).err).toMatch(/^--text is missing\./);
  });
});

describe("what is done", () => {
  test("codes are made and tried", async () => {
    const made = await said("qr", "--text", "你好", "--out", at("code.png"));
    expect(made).toMatch(/code\.png：版本 \d+-[LMQH]，掩码 \d/);
    expect(made).toMatch(/达到 balanced 等级，得分 [\d.]+（满分 100），用时 \d+ 毫秒/);
    expect(made).toMatch(/^斜 30° +✓/m);
    expect(await said("verify", at("code.png"))).toMatch(/“你好”，得分 .*达到的等级：art、balanced/);
  });

  test("pictures are drawn, with notes on what went otherwise", async () => {
    const asked = ["generate", "--prompt", "小猫", "--seed", "1", "--out", at("cat.png")];
    const drawn = await said(...asked, "--lora", "half", "--hires", "3", "--hires-strength", "0.3");
    expect(drawn).toMatch(/正在打开 seedling\n第 1\/4 步\n第 2\/4 步，每步 [\d.]+ 秒，还剩 \d+ 秒/);
    expect(drawn).toContain("正在解码");
    expect(drawn).toMatch(/cat\.png：192×192，种子 1，[\d.]+ 秒/);
    expect(drawn).toContain("half.safetensors：有 2 个权重与此模型不匹配，没有用上。");
    expect(drawn).toContain("--hires 3：模型最多能画到 1.5 倍，即 192×192。");
    const begun = ["--init", at("photo.png"), "--xy", "strength=0.3,0.8"];
    expect(await said(...asked, ...begun)).toMatch(/第 2\/2 张，第 4\/4 步|第 2\/2 张，正在解码/);
    const again = await said("generate", "--from", at("cat.png"), "--out", at("again.png"));
    expect(again).toMatch(/cat\.png 还用到了：photo\.png。请用 --init 再次指定。/);
  });

  test("portraits are drawn, of whoever is there", async () => {
    const asked = ["--style", "ink", "--out", at("portrait.png")];
    const drawn = await said("portrait", "--photo", at("photo.png"), ...asked);
    expect(drawn).toMatch(/正在寻找人脸\n正在绘制，\d+%/);
    expect(drawn).toMatch(/portrait\.png：ink，种子 1，[\d.]+ 秒/);
    expect(drawn).toContain("没有找到人脸");
  });

  test("products are set in a place", async () => {
    const asked = ["--prompt", "大海", "--out", at("bowl.png")];
    const drawn = await said("product", "--photo", "public/samples/ramen.webp", ...asked);
    expect(drawn).toMatch(/正在抠图\n场景：正在绘制，\d+%[\s\S]*square：正在绘制，\d+%/);
    expect(drawn).toMatch(/bowl\.png：1200×1200，种子 1/);
  });

  test("codes are drawn from words", async () => {
    const asked = ["--text", "你好", "--prompt", "大海", "--candidates", "1", "--seed", "3"];
    const { out, err } = await inChinese("qr-art", ...asked, "--out", at("art.png"));
    expect(englishIn(`${out}\n${err}`)).toEqual([]);
    expect(err).toMatch(/正在绘制，\d+%[\s\S]*正在织进画里，\d+%/);
    expect(out).toMatch(/art\.png：种子 3，织入前 4 个解码器中有 \d 个能读出|1 张候选图中有 1 张太难读出/);
  });

  test("albums are drawn, a file a place", async () => {
    const drawn = await said("character-album", "--character", "momo", "--count", "2", "--out", at("momo"));
    expect(drawn).toMatch(/第 2\/2 张，已完成 \d+%/);
    expect(drawn).toMatch(/：2 张中有 \d 张能认出角色/);
  });

  test("pictures are enlarged and told of", async () => {
    const large = await said("upscale", at("photo.png"), "--out", at("large.png"));
    expect(large).toMatch(/正在打开 \S+\n已完成 \d+%/);
    expect(large).toMatch(/large\.png：192×144，放大 2 倍，[\d.]+ 秒/);
    expect(await said("tag", at("photo.png"))).toMatch(/photo\.png：/);
    const lora = await said("inspect", "models/seedling/loras/momo.safetensors");
    expect(lora).toMatch(/^类型 +lora，kohya 命名方式$/m);
    expect(lora).toMatch(/^触发词 +Momo$/m);
    expect(await said("inspect", "models/seedling")).toMatch(/^预测目标 +v_prediction$/m);
  });

  test("models are listed, searched for and fetched", async () => {
    expect(await said("models", "list", "clip")).toMatch(/^clip +\S+ .*（工作室自带）/m);
    const found = await inChinese("models", "search", "qr", "art");
    expect(found.out).toMatch(/^qr-art-best +组合 +约 [\d.]+ GB/m);
    expect(found.out).toMatch(/双核 \d+ 步约 \d+ 分钟一张图/);
    expect(await said("models", "search", "nothing-like-that")).toContain("没有名称或描述相符的模型。");
    host.repos["someone/ink"] = {
      commit: "f".repeat(40),
      files: { "ink.safetensors": await readFile(at("models/loras/half.safetensors")) },
    };
    const pulled = await said("models", "pull", "hf:someone/ink");
    expect(pulled).toMatch(/hf:someone\/ink：已下载 [\d.]+ KB \/ [\d.]+ KB/);
    expect(pulled).toMatch(/^lora +ink /m);
  });

  test("one's gallery is filled and searched", async () => {
    process.env.DATA_DIR = at("data");
    forgetEnv();
    await migrate();
    await someAccount();
    await closeDatabase();
    const filled = await said("album", "import", at("album"), "--album", "旅行");
    expect(filled).toMatch(/3 \/ 3/);
    expect(filled).toMatch(/旅行：新加入 1 张，早已在图库里 0 张，其他类型的文件 1 个/);
    expect(filled).toMatch(/cut\.png：图片已损坏或不完整/);
    expect(await said("search", "海")).toMatch(/以下图片只是比较接近|sea/);
  });
});
