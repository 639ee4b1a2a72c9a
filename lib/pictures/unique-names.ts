/**
 * The same file names, told apart: a second `beach.jpg` becomes `beach (2).jpg`. Names that differ in case alone
 * are the same on many disks.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf(".");
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
    let one = name;
    for (let i = 2; taken.has(fold(one)); i++) one = `${stem} (${i})${ending}`;
    taken.add(fold(one));
    return one;
  });
}

const fold = (name: string) => name.normalize("NFC").toLowerCase();
