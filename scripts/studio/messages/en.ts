import { usageEn } from "./usage-en";

// Everything that commands say in English, by what they say it of. Values are texts and numbers, already rounded.

type Value = string | number;

export const en = {
  /** Between names of a list, between parts of a sentence, and before what is said of something. */
  comma: ", ",
  clause: ", ",
  colon: ": ",
  usage: usageEn,
  /** Why a command line makes no sense. */
  refusals: {
    missing: (option: string) => `${option} is missing.`,
    needs: (option: string, other: string) => `${option} needs ${other}.`,
    apart: (option: string, other: string) => `${option} and ${other} do not go together.`,
    range: (option: string, least: number, most: number) => `${option} is a number from ${least} to ${most}.`,
    oneOf: (option: string, values: string) => `${option}: use one of ${values}`,
    ending: (option: string, ending: string) => `${option}: use ${ending}`,
    controlForm: (said: string) =>
      `--control ${said}: use ANNOTATOR:MODEL[:WEIGHT[:FROM-TO]][:guess]=PICTURE`,
    loraForm: (said: string) => `--lora ${said}: use NAME_OR_PATH[:WEIGHT]`,
    embeddingForm: (said: string) => `--embedding ${said}: use NAME=PATH`,
    weightedForm: (option: string, said: string) => `${option} ${said}: use NAME[:WEIGHT]`,
    scenesUnknown: (said: string, names: string) => `--scenes ${said}: use ${names} or a file.`,
    onePicture: (command: string) => `${command} needs one picture.`,
    somePictures: (command: string) => `${command} needs at least one picture.`,
    oneFile: (command: string) => `${command} needs one file.`,
    wordsMissing: (command: string) => `${command} needs words.`,
    albumVerb: () => "album knows: import FOLDER.",
    albumMissing: () => "--album says which album.",
    modelsVerbs: (verbs: string) => `models knows: ${verbs}.`,
    kindUnknown: (kinds: string) => `Kinds are: ${kinds}.`,
    pullMissing: () => "models pull needs a name, hf:owner/repo[/file] or civitai:VERSION.",
    importMissing: () => "models import needs one file or folder.",
    removeMissing: () => "models remove needs one model: NAME or KIND/NAME.",
    several: (names: string) => `Several are called that: ${names}.`,
    unknownCommand: (name: string) => `There is no command “${name}”.`,
    unknownOption: (option: string) => `There is no option ${option} here.`,
    valueMissing: (option: string) => `${option} needs a value.`,
    valueDashed: (option: string, said: string) =>
      `${option} needs a value; one that begins with a dash is written ${option}=${said}`,
    valueUnexpected: (option: string) => `${option} takes no value.`,
    unexpected: (said: string) => `“${said}” has no place here.`,
  },
  /** On the line that is written over and over. */
  progress: {
    opening: (name: string) => `opening ${name}`,
    step: (step: number, of: number) => `step ${step} of ${of}`,
    timedStep: (step: number, of: number, eachS: Value, leftS: number) =>
      `step ${step} of ${of}, ${eachS} s each, ${leftS} s left`,
    decoding: () => "decoding",
    picture: (which: number, of: number, how: string) => `picture ${which} of ${of}, ${how}`,
    part: (percent: number) => `${percent} %`,
    drawing: (percent: number) => `drawing, ${percent} %`,
    looking: () => "looking for the face",
    cutting: () => "cutting out",
    place: () => "the place",
    stages: {
      drawing: (percent: number) => `drawing, ${percent} %`,
      fitting: (percent: number) => `fitting, ${percent} %`,
      blending: (percent: number) => `blending, ${percent} %`,
      weaving: (percent: number) => `weaving, ${percent} %`,
    },
    received: (name: string, bytes: string) => `${name}: ${bytes}`,
    receivedOf: (name: string, bytes: string, total: string) => `${name}: ${bytes} of ${total}`,
    rate: (bytes: string) => `, ${bytes} a second`,
    left: (seconds: number) => `, ${seconds} s left`,
  },
  generate: {
    made: (file: string, size: string, seed: number, seconds: Value) =>
      `${file}: ${size}, seed ${seed}, ${seconds} s`,
    sheet: (file: string, counts: string, seconds: Value) => `${file}: ${counts} pictures, ${seconds} s`,
    leftover: (file: string, keys: number) => `${file}: ${keys} of its weights fit nothing in this model.`,
    otherModel: (name: string, hash: string, was: string) =>
      `${name} is not the model that the picture was drawn with: ${hash}, not ${was}.`,
    alsoFrom: (file: string, was: string, option: string) =>
      `${file} was also made from: ${was}. Give it again with ${option}.`,
    noSecondPass: () => "There is no second pass: the model draws no larger than this.",
    smallerPass: (asked: number, times: number, size: string) =>
      `--hires ${asked}: the model draws no larger than ×${times}, ${size}.`,
  },
  qr: {
    made: (file: string, version: string, mask: number) => `${file}: version ${version}, mask ${mask}`,
    fidelity: (ssim: string, deltaE: string) => `, SSIM ${ssim}, ΔE ${deltaE}`,
    passed: (level: string, score: number, ms: number) =>
      `level ${level} passed, score ${score} of 100, ${ms} ms`,
    read: (text: string, score: number, levels: string) =>
      `“${text}”, score ${score} of 100, passes: ${levels}`,
    readBelow: (text: string, score: number) => `“${text}”, score ${score} of 100, passes: no level`,
    sum: () => "read",
  },
  portrait: {
    noFace: () => "No face was found: the crop is the one given, or the upper middle (--crop x,y,side).",
    made: (file: string, style: string, seed: number, seconds: Value) =>
      `${file}: ${style}, seed ${seed}, ${seconds} s`,
  },
  product: {
    made: (file: string, size: string, seed: number) => `${file}: ${size}, seed ${seed}`,
  },
  qrArt: {
    made: (file: string, seed: number) => `${file}: seed ${seed}`,
    before: (readers: number, of: number) => `, read by ${readers} of ${of} before weaving`,
    jury: (before: number, after: number) => `, jury ${before} of 100 before and ${after} after`,
    measured: (ssim: string, seconds: Value) => `, SSIM ${ssim}, ${seconds} s`,
    leftOut: (refused: number, of: number) => `Left out, read too badly: ${refused} of ${of} candidates.`,
  },
  characterAlbum: {
    recognised: (title: string, count: number, of: number) => `${title}: recognisable in ${count} of ${of}`,
  },
  upscale: {
    made: (file: string, size: string, times: number, seconds: Value) =>
      `${file}: ${size}, ×${times}, ${seconds} s`,
  },
  inspect: {
    file: () => "file",
    folder: () => "folder",
    what: () => "what",
    family: (name: string) => `for ${name}`,
    refiner: (name: string) => `${name} refiner`,
    naming: (names: string) => `${names} names`,
    title: () => "title",
    madeFor: () => "made for",
    size: () => "size",
    tensors: (bytes: string, count: number) => `${bytes}, ${count} tensors`,
    parameters: () => "parameters",
    layers: () => "layers",
    alpha: () => "alpha",
    triggerWords: () => "trigger words",
    predicts: () => "predicts",
    /** What a file's weights tell, by the engine's names for it. */
    facts: {
      algorithm: () => "algorithm",
      rank: () => "rank",
      targets: () => "targets",
      modules: () => "modules",
      inChannels: () => "inChannels",
      task: () => "task",
      parts: () => "parts",
      network: () => "network",
      scale: () => "scale",
      features: () => "features",
      growth: () => "growth",
      blocks: () => "blocks",
      convolutions: () => "convolutions",
      size: () => "size",
      width: () => "width",
      layers: () => "layers",
      decoder: () => "decoder",
      keypoints: () => "keypoints",
    },
  },
  search: {
    weak: () => "— no strong matches below this line —",
    nothing: () => "Nothing is there yet.",
    waiting: (count: number) => `${count} pictures are still to be looked at.`,
  },
  album: {
    made: (title: string, added: number, present: number) =>
      `${title}: ${added} new, ${present} that were there already`,
    skipped: (count: number) => `, ${count} files of other kinds`,
  },
  models: {
    shipped: () => "  (ships with the studio)",
    nothing: () => "No model is called or described like that.",
    bundle: () => "bundle",
    noLicence: () => "no licence named",
    about: (bytes: string) => `about ${bytes}`,
    more: (bytes: string) => `more than ${bytes}`,
    diskFull: () => "not enough room on the disk",
    memoryShort: () => "more memory than this computer has for models",
    memoryInt8: () => "fits this computer's memory only in 8 bits (generate --precision int8)",
    time: (minutes: number, steps: Value) => `about ${minutes} min a picture in ${steps} steps on two cores`,
  },
};

export type Messages = typeof en;
