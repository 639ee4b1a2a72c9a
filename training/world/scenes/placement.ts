import type { SceneName, Zone } from "../record";
import type { Category } from "../things/categories";
import type { Sprite } from "../things/sprites";

const chars = (text: string): ReadonlySet<string> => new Set([...text].filter((c) => c !== "\uFE0F"));

const FLYING = chars("🐦🕊🦅🦉🦜🦆🦢🦇🦋🐝🐞🐉🎈🪁🪂🚁✈🛩🛸🚀");
const FLYING_ONLY_IN_AIR = chars("🪁🪂🚁✈🛩🛸🚀🎈");
const AFLOAT = chars("⛵🛶🚤🛳🛥🚢🛟🦆🦢🐳🐋🐬🦭");
const SEA_FLOOR = chars("🐚🦀🦞🦪🐙🐢⚓🪎🏺🪸🐌");
const SWIMMING = chars("🐳🐋🐬🦭🐟🐠🐡🦈🐙🪼🦐🦑🐢");
const COSMIC = chars("🚀🛸🛰🪐⭐🌠👽🤖👾🌙🌍🔭☀🌕");
const STANDING = chars(
  "🎁🎃🎈🧸🎪🎠🎡⛲⛺🏠🏡🏰🛖⛪🏯⛩🏛🏫⛄☃🎄🪨🗼🛝⛱🪑🛋📦🧺🪣🎸🥁⚽🏀🏈🪆🪅🤖👽👻🎨📮🔔🧳🎒👢🏮🪜🚪🛁🪎💎🏆🎩🚦",
);
const TOO_BIG_FOR_A_TABLE = chars("🚪🛏🛋🪑🛁🛒🧹🪟📮🪜🎪🎠🎆🎏🎇🧳🗑");
const HOT = chars("🐪🐫🦎🐍🦂🌵🐢🦙🪨⛺🦖🦕🛖🐘🦒🦓🦁");
const COLD = chars("🐧🐻‍❄🦊🐺🦌🫎🐇🦭⛄☃🎄🌲🏠⛺🛷🎁🏔🐼🐕🦉🦣⛪🏡");
const SEASIDE = chars("🦀🐚⛱🏀⚽🥥🌴🐢🦩🍉🍍🏐🍦🍹🐕🦭🪣🕶👒🛟🐙🪁");

const has = (set: ReadonlySet<string>, sprite: Sprite) => set.has(sprite.emoji);
const LIVES_ON_LAND: ReadonlySet<Category> = new Set(["animal", "bird", "insect"]);

/** Which things look at home in a zone of a scene. */
export function fits(sprite: Sprite, scene: SceneName, zone: Zone): boolean {
  const { category } = sprite;
  // A head without a body does not stand in a landscape.
  const head = sprite.en.endsWith(" face") || category === "face" || sprite.emoji === "🐤";
  const alive = category === "face" && has(chars("👻🤖👽👾"), sprite);
  if (head && !alive) return false;
  switch (zone) {
    case "sky":
      return has(FLYING, sprite) || sprite.emoji === "🐦‍🔥";
    case "water":
      return has(AFLOAT, sprite) && (scene !== "lake" || !has(chars("🐳🐋🐬🛳🚢"), sprite));
    case "underwater":
      return has(SWIMMING, sprite);
    case "space":
      return (
        has(COSMIC, sprite) ||
        LIVES_ON_LAND.has(category) ||
        (category === "food" && sprite.phrase.startsWith("a"))
      );
    case "table":
      return (
        (["food", "drink", "music", "toy", "clothing", "object"].includes(category) &&
          !has(TOO_BIG_FOR_A_TABLE, sprite)) ||
        has(chars("🐈🐹🐇🪴💐🌷🌻🐱🏆📷🔬🔭🦜🐢"), sprite)
      );
    case "floor":
      return false;
    case "ground":
      break;
  }
  if (scene === "underwater") return has(SEA_FLOOR, sprite);
  if (scene === "desert") return has(HOT, sprite);
  if (scene === "snowfield") return has(COLD, sprite) || sprite.emoji === "🐻‍❄";
  if (scene === "beach") return has(SEASIDE, sprite);
  if (scene === "road") return category === "vehicle" || has(chars("🐕🐈🐄🐔🦆🐑"), sprite);
  if (scene === "city") return category === "vehicle" || has(chars("🐕🐈🐦🎈🤖👽⛲🦖👻🐼🦊🐻"), sprite);
  if (has(FLYING_ONLY_IN_AIR, sprite) || has(chars("🐧🐪🐫🕸🪨🦤🦩🐊"), sprite))
    return sprite.emoji === "🎈" && scene === "meadow";
  const wild = LIVES_ON_LAND.has(category) || has(chars("🍄🌻🌷🌹🌲🌳⛺🏠🏡🏰🛖🎁🧺🪨🐌"), sprite);
  return wild || (scene === "meadow" && has(STANDING, sprite));
}
