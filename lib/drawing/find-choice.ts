const plain = (name: string): string =>
  name
    .replaceAll("\\", "/")
    .replace(/\.safetensors$/i, "")
    .toLowerCase();
const lastOf = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/**
 * A model among those that can be chosen, by a name as `findModel` takes it: in either case, with or without the folders
 * that it lies in, as pictures' texts name theirs.
 */
export function findChoice<T extends { readonly id: string }>(
  choices: readonly T[],
  name: string | null,
): T | undefined {
  if (name === null) return undefined;
  const wanted = plain(name);
  return (
    choices.find(({ id }) => plain(id) === wanted) ?? choices.find(({ id }) => lastOf(plain(id)) === wanted)
  );
}

/** Whether something was chosen that is there no more. */
export const isGone = (choices: readonly { readonly id: string }[], name: string | null): name is string =>
  name !== null && findChoice(choices, name) === undefined;
