import type {
  Accessory,
  Clothes,
  Colour,
  Duotone,
  Expression,
  Glasses,
  Hair,
  HairColour,
  Headwear,
  Person,
  Skin,
  Style,
} from "./vocabulary";

/** Everything that can be seen of a person: every word of a caption comes from here. */
export type CharacterAttributes = {
  /** Who drew the parts: our own composition, or a DiceBear style. */
  look: "mosaiq" | "personas" | "toon-head";
  /** Only where the drawing shows it. */
  person?: Person;
  skin: Skin;
  hair: Hair;
  hairColour: HairColour;
  glasses: Glasses;
  headwear: Headwear;
  headwearColour?: Colour;
  expression: Expression;
  clothes?: Clothes;
  clothesColour?: Colour;
  accessory: Accessory;
  accessoryColour?: Colour;
  /** A named character, of which only LoRA training data is made. */
  name?: { en: string; zh: string };
};

export type ThingAttributes = {
  /** Code point sequence in lower-case hex, e.g. `1f98a`. */
  id: string;
  set: "fluent" | "noto" | "twemoji";
};

export type SceneName =
  | "beach"
  | "sea"
  | "mountains"
  | "meadow"
  | "forest"
  | "desert"
  | "city"
  | "road"
  | "snowfield"
  | "lake"
  | "clouds"
  | "room"
  | "space"
  | "underwater";
export type Time = "day" | "sunset" | "night";
export type Weather = "clear" | "cloudy" | "rain" | "snow" | "rainbow";
export type SceneAttributes = { name: SceneName; time?: Time; weather?: Weather };

export type Background =
  | { type: "plain" | "circle" | "dots" | "rays"; colour: Colour }
  | { type: "gradient"; colour: Colour; to: Colour }
  | { type: "scene"; scene: SceneAttributes };

export type Zone = "ground" | "sky" | "water" | "underwater" | "table" | "floor" | "space";

type Common = { style: Style; duotone?: Duotone };
export type CharacterRecord = Common & {
  kind: "character";
  character: CharacterAttributes;
  background: Background;
};
export type ThingRecord = Common & { kind: "thing"; things: ThingAttributes[]; background: Background };
export type SceneRecord = Common & {
  kind: "scene";
  scene: SceneAttributes;
  things: (ThingAttributes & { zone: Zone })[];
  character?: CharacterAttributes;
};
/** What is in a picture. */
export type WorldRecord = CharacterRecord | ThingRecord | SceneRecord;

/** The part of a record that a caption tells: nobody who reads it expects more. */
export type Told = {
  style?: Style;
  duotone?: Duotone;
  character?: Partial<CharacterAttributes>;
  things?: { id: string }[];
  background?: ToldBackground;
  scene?: Partial<SceneAttributes>;
};
export type ToldBackground = {
  type: Background["type"];
  colour?: Colour;
  to?: Colour;
  scene?: Partial<SceneAttributes>;
};

/** The fullest first; `told` is what that one tells, in both languages alike. */
export type Captions = { en: string[]; zh: string[]; told: Told };
