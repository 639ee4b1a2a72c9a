import { DECODERS } from "@/lib/qr/jury/decoder-names";
import type { Verdict } from "@/lib/qr/jury/judge";
import zh from "@/messages/zh.json";
import { locale } from "./language";
import { messages } from "./messages/messages";
import { padToColumns } from "./pad-to-columns";

/** Scenes down, readers across: ✓ read, – not read, with the unused error correction in percent where it is told. */
export function juryTable({ cells, byDecoder }: Verdict): string {
  const scenes = [...new Set(cells.map(({ scene }) => scene))];
  const row = (name: string, entries: readonly string[]): string =>
    `${padToColumns(name, 12)}${entries.map((entry) => entry.padStart(17)).join("")}`;
  const cellText = (decoder: string, scene: string): string => {
    const cell = cells.find((c) => c.decoder === decoder && c.scene === scene);
    if (!cell) return "";
    if (!cell.read) return "–";
    return cell.unusedEcc === null ? "✓" : `✓ ${Math.round(cell.unusedEcc * 100)}%`;
  };
  return [
    row("", DECODERS),
    ...scenes.map((scene) =>
      row(
        nameOf(scene),
        DECODERS.map((decoder) => cellText(decoder, scene)),
      ),
    ),
    row(
      messages().qr.sum(),
      DECODERS.map((decoder) => `${byDecoder[decoder].read}/${byDecoder[decoder].of}`),
    ),
  ].join("\n");
}

/** As pages call it; in English by its code, as `--json` does. */
const nameOf = (scene: string): string => (locale() === "zh" ? (IN_CHINESE[scene] ?? scene) : scene);

const IN_CHINESE: Readonly<Record<string, string>> = zh.verdict.scenes;
