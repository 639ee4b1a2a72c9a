import { circle, ellipse, line, mirrored, path } from "../canvas";
import { type Hex, shade } from "../colour";
import type { CharacterAttributes } from "../record";
import { COLOURS, HAIR_COLOURS, SKINS } from "../vocabulary";
import { drawBowTie, drawClothes, drawNecklace, drawScarf } from "./clothes";
import { drawFace, drawGlasses } from "./face";
import { drawHair } from "./hair";
import { drawHeadwear, HIDES_HAIR, TALL } from "./headwear";

const HEAD = "M79 106C79 70 101 53 128 53s49 17 49 53v12c0 34-22 56-49 56s-49-22-49-56z";

function drawBeard(kind: string, hair: Hex): string {
  const moustache = path(
    "M128 143c-8-7-21-4-28 6c10 4 22 2 28-1c6 3 18 5 28 1c-7-10-20-13-28-6z",
    shade(hair, 0.12),
  );
  if (kind === "moustache") return moustache;
  if (kind !== "beard") return "";
  const beard = "M78 112c-2 44 20 74 50 74s52-30 50-74c-4 18-12 26-24 24c-16-4-36-4-52 0c-12 2-20-6-24-24z";
  return path(beard, hair) + line("M104 172c14 10 34 10 48 0", shade(hair, 0.22), 3);
}

/** What only named characters have: parts beyond the attributes of everybody. */
export type Marks = { hair?: Hex; iris?: Hex; overFace?: string; behind?: string; over?: string };

/**
 * A bust that stands on the lower edge of the board, looking at you, as layers from back to front.
 * Every attribute shows exactly as recorded.
 */
export function drawAvatar(a: CharacterAttributes, marks: Marks = {}): string[] {
  const skin = SKINS[a.skin].hex;
  const hairHex = marks.hair ?? HAIR_COLOURS[a.hairColour].hex;
  const hair = drawHair(a.hair, hairHex);
  const clothes = drawClothes(a.clothes ?? "t-shirt", COLOURS[a.clothesColour ?? "white"].hex, skin);
  const extra = COLOURS[a.accessoryColour ?? "red"].hex;
  const hidden = HIDES_HAIR.has(a.headwear);
  const clip = hidden ? ' clip-path="url(#brim)"' : "";
  // A low top of the clip for big hair: it still billows out beside the brim.
  const clipDef = hidden ? '<clipPath id="brim"><path d="M0 86h256v180H0z"/></clipPath>' : "";
  const ears = mirrored(ellipse(79, 122, 9, 12, skin) + line("M75 118q6 3 3 10", shade(skin, 0.3), 2.6));
  const neck =
    path("M110 156h36v36c-4 14-32 14-36 0z", skin) +
    path("M110 166c10 10 26 10 36 0v10c-10 10-26 10-36 0z", shade(skin, 0.26));
  const earrings =
    a.accessory === "earrings"
      ? mirrored(circle(77, 140, 5.5, "#f7c234", 'stroke="#d99a1e" stroke-width="1.5"'))
      : "";
  const freckles =
    a.accessory === "freckles"
      ? mirrored(
          [
            [91, 133],
            [98, 137],
            [104, 133],
            [96, 129],
          ]
            .map(([x, y]) => circle(x!, y!, 1.9, shade(skin, 0.5)))
            .join(""),
        )
      : "";
  const onNeck =
    a.accessory === "scarf"
      ? drawScarf(extra)
      : a.accessory === "bow tie"
        ? drawBowTie(extra)
        : a.accessory === "necklace"
          ? drawNecklace()
          : "";
  const lashes = a.person === "girl";
  const face = drawFace(
    a.expression,
    skin,
    a.hair === "bald" ? shade(skin, 0.6) : hairHex,
    lashes,
    marks.iris,
  );
  return [
    `${clipDef}<g${clip}>${marks.behind ?? ""}${hidden ? "" : hair.top}${hair.back}</g>`,
    clothes.back + neck + clothes.front + (onNeck && a.accessory !== "scarf" ? onNeck : ""),
    ears +
      path(HEAD, skin) +
      path(
        "M128 53c27 0 49 17 49 53v12c0 34-22 56-49 56c30-14 38-34 38-66c0-30-14-48-38-55z",
        shade(skin, 0.07),
      ) +
      freckles +
      (marks.overFace ?? "") +
      drawBeard(a.accessory, a.hair === "bald" ? "#704632" : hairHex) +
      face,
    `<g${clip}>${hair.front}</g>${earrings}${drawGlasses(a.glasses)}`,
    (a.accessory === "scarf" ? onNeck : "") +
      drawHeadwear(a.headwear, COLOURS[a.headwearColour ?? "red"].hex) +
      (marks.over ?? ""),
  ].filter((layer) => layer !== "");
}

/** How much the bust must shrink so that its headwear or hair stays on the board. */
export function fitScale(a: CharacterAttributes): number {
  if (a.headwear === "wizard hat" || a.headwear === "party hat") return 0.84;
  if (TALL.has(a.headwear) || a.hair === "bun" || a.hair === "afro" || a.hair === "mohawk") return 0.9;
  return 1;
}
