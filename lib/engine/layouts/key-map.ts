/** Modules by both names: `[diffusers path, LDM path]`. A pair speaks for everything below it that has no pair of its own. */
export type PathPairs = readonly (readonly [diffusers: string, ldm: string])[];

/** Names of weights, translated; null for a name that the architecture does not have. */
export interface KeyMap {
  toDiffusers(ldmKey: string): string | null;
  toLdm(diffusersKey: string): string | null;
}

export function keyMap(pairs: PathPairs): KeyMap {
  const toLdm = new Map(pairs);
  const toDiffusers = new Map(pairs.map(([diffusers, ldm]) => [ldm, diffusers]));
  return {
    toDiffusers: (key) => translate(toDiffusers, key),
    toLdm: (key) => translate(toLdm, key),
  };
}

/** Puts the modules of `pairs` under other modules. */
export const under = (diffusers: string, ldm: string, pairs: PathPairs): PathPairs =>
  pairs.map(([a, b]) => [`${diffusers}.${a}`, `${ldm}.${b}`]);

function translate(paths: ReadonlyMap<string, string>, key: string): string | null {
  // The longest path that has a pair: a part that is named otherwise than its whole goes first.
  for (let end = key.length; end > 0; end = key.lastIndexOf(".", end - 1)) {
    const path = paths.get(key.slice(0, end));
    if (path !== undefined) return path + key.slice(end);
  }
  return null;
}
