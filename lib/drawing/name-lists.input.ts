/** What inputs name, by kind. Programs are told what there is of each. */
export const NAME_LISTS = [
  ...(["models", "loras", "vaes", "controlnets", "annotators", "embeddings", "upscalers"] as const),
  ...(["samplers", "schedules", "styles", "portraitStyles", "sceneSets", "productSizes", "samples"] as const),
] as const;
export type NameList = (typeof NAME_LISTS)[number];

/** What the description of a field says of where its names are listed. */
export const listedIn = (list: NameList) => `One of \`${list}\` at \`/choices\`.`;
