import type { Random } from "../random";
import type { Captions, CharacterRecord, SceneRecord, ThingRecord, Told, WorldRecord } from "../record";
import { PLACES } from "../scenes/scene";
import { CATEGORIES } from "../things/categories";
import type { Sprite } from "../things/sprites";
import { STYLES, type Words } from "../vocabulary";
import { describeCharacter, type Length, tagCharacter } from "./character";
import { describeBackground, describeSky, listEn, listZh, nameStyle, type Telling } from "./phrases";

/** Looks a thing's names up by its id. */
export type FindSprite = (id: string) => Sprite;

const told = (things: readonly { id: string }[]): Told["things"] => things.map(({ id }) => ({ id }));

function captionCharacter(random: Random, record: CharacterRecord, length: Length | "tags"): Telling {
  const keeps = STYLES[record.style].keepsColour;
  const background = describeBackground(record.background, keeps);
  if (length === "tags") {
    const { told: character, ...tags } = tagCharacter(random, record.character, keeps);
    return random.chance(0.7)
      ? {
          en: `${tags.en}, ${background.tag.en}`,
          zh: `${tags.zh}，${background.tag.zh}`,
          told: { character, background: background.told },
        }
      : { ...tags, told: { character } };
  }
  const { told: character, ...subject } = describeCharacter(random, record.character, length, keeps);
  if (length === "short" && random.chance(0.6)) return { ...subject, told: { character } };
  return {
    en: `${subject.en}, ${background.en}`,
    zh: `${subject.zh}，${background.zh}`,
    told: { character, background: background.told },
  };
}

function captionThings(
  random: Random,
  record: ThingRecord,
  length: Length | "tags",
  find: FindSprite,
): Telling {
  const things = told(record.things);
  const sprites = record.things.map((thing) => find(thing.id));
  const background = describeBackground(record.background, STYLES[record.style].keepsColour);
  const category = CATEGORIES[sprites[0]!.category];
  if (length === "tags") {
    const tags = [
      sprites.map((s) => s.en).join(", "),
      ...(random.chance(0.5) ? [category.en] : []),
      ...(random.chance(0.7) ? [background.tag.en] : []),
    ];
    const zhTags = [
      sprites.map((s) => s.zh).join("，"),
      ...(random.chance(0.5) ? [category.zh] : []),
      ...(random.chance(0.7) ? [background.tag.zh] : []),
    ];
    // Each language says more by its own choice.
    return { en: tags.join(", "), zh: zhTags.join("，"), told: { things } };
  }
  const en = listEn(sprites.map((s) => s.phrase));
  const zh = listZh(sprites.map((s) => s.zhPhrase));
  if (length === "short") return { en, zh, told: { things } };
  const both = random.chance(0.5)
    ? { en: `${en} ${background.en}`, zh: `${zh}，${background.zh}` }
    : { en: `${en}, ${background.tag.en}`, zh: `${background.zh}，${zh}` };
  return { ...both, told: { things, background: background.told } };
}

const zoneWords = (record: SceneRecord, zone: SceneRecord["things"][number]["zone"]): Words =>
  PLACES[record.scene.name].words[zone]!;

function captionScene(
  random: Random,
  record: SceneRecord,
  length: Length | "tags",
  find: FindSprite,
): Telling {
  const keeps = STYLES[record.style].keepsColour;
  const alone = PLACES[record.scene.name].words.alone!;
  const quiet = length === "short" && random.chance(0.5);
  const sky = quiet ? { en: "", zh: "" } : describeSky(record.scene);
  const scene: Told["scene"] = quiet ? { name: record.scene.name } : record.scene;
  const things = record.things.map((thing) => ({ ...thing, sprite: find(thing.id) }));
  if (length === "tags") {
    const who = record.character ? [tagCharacter(random, record.character, keeps)] : [];
    return {
      en: [...who.map((w) => w.en), ...things.map((t) => t.sprite.en), alone.en.replace(/^an? /, ""), sky.en]
        .filter(Boolean)
        .join(", "),
      zh: [...who.map((w) => w.zh), ...things.map((t) => t.sprite.zh), alone.zh, sky.zh.replace(/的$/, "")]
        .filter(Boolean)
        .join("，"),
      told: { scene, things: told(things), ...(who[0] && { character: who[0].told }) },
    };
  }
  const spaced = (...parts: string[]) => parts.filter(Boolean).join(" ");
  if (record.character) {
    const subject = describeCharacter(
      random,
      record.character,
      length === "full" ? "medium" : "short",
      keeps,
    );
    const thing = length === "short" ? undefined : things[0];
    const extra = thing
      ? {
          en: `, with ${thing.sprite.phrase} ${thing.zone === "sky" ? "in the sky" : "nearby"}`,
          zh: `，${thing.zone === "sky" ? "天上" : "旁边"}有${thing.sprite.zhPhrase}`,
        }
      : { en: "", zh: "" };
    return {
      en: `${spaced(subject.en, "in front of", alone.en, sky.en)}${extra.en}`,
      zh: `${subject.zh}，背景是${sky.zh}${alone.zh}${extra.zh}`,
      told: { character: subject.told, scene, things: told(thing ? [thing] : []) },
    };
  }
  const [first, second] = things;
  if (!first) return { en: spaced(alone.en, sky.en), zh: sky.zh + alone.zh, told: { scene } };
  const place = zoneWords(record, first.zone);
  if (!second || length === "short") {
    const flying = first.zone === "sky" && random.chance(0.5) ? "high" : "";
    return {
      en: spaced(first.sprite.phrase, flying, place.en, sky.en),
      zh: `${sky.zh}${place.zh}有${first.sprite.zhPhrase}`,
      told: { scene, things: told([first]) },
    };
  }
  if (first.zone === second.zone) {
    const beside = random.chance(0.4) && first.zone !== "sky";
    const en = beside
      ? `${first.sprite.phrase} beside ${second.sprite.phrase}`
      : listEn([first.sprite.phrase, second.sprite.phrase]);
    const zh = beside
      ? `${first.sprite.zhPhrase}，旁边是${second.sprite.zhPhrase}`
      : listZh([first.sprite.zhPhrase, second.sprite.zhPhrase]);
    return {
      en: spaced(en, place.en, sky.en),
      zh: `${sky.zh}${place.zh}有${zh}`,
      told: { scene, things: told(things) },
    };
  }
  const where = second.zone === "sky" ? { en: "in the sky", zh: "天空中" } : zoneWords(record, second.zone);
  return {
    en: `${spaced(first.sprite.phrase, place.en, sky.en)}, and ${spaced(second.sprite.phrase, where.en)}`,
    zh: `${sky.zh}${place.zh}有${first.sprite.zhPhrase}，${where.zh}有${second.sprite.zhPhrase}`,
    told: { scene, things: told(things) },
  };
}

/** Three captions in each language: in full, shorter, and short or as tags. They say only what the record holds. */
export function writeCaptions(random: Random, record: WorldRecord, find: FindSprite): Captions {
  const lengths: (Length | "tags")[] = ["full", "medium", random.chance(0.5) ? "short" : "tags"];
  const pairs = lengths.map((length) => {
    const subject =
      record.kind === "character"
        ? captionCharacter(random, record, length)
        : record.kind === "thing"
          ? captionThings(random, record, length, find)
          : captionScene(random, record, length, find);
    return nameStyle(random, record, subject, length === "tags");
  });
  return { en: pairs.map((p) => p.en), zh: pairs.map((p) => p.zh), told: pairs[0]!.told };
}
