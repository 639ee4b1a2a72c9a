/**
 * What is chosen after a click on one thing of a list.
 * @param from with Shift held: where the click before was; everything from there to here is chosen. Else null: the
 *             one that was clicked changes sides.
 * @param most further ones are left out.
 */
export function pickPictures(
  order: readonly string[],
  chosen: ReadonlySet<string>,
  id: string,
  from: string | null,
  most: number,
): ReadonlySet<string> {
  const [here, there] = [order.indexOf(id), from === null ? -1 : order.indexOf(from)];
  if (here < 0) return chosen;
  if (there >= 0)
    return capped([...chosen, ...order.slice(Math.min(here, there), Math.max(here, there) + 1)], most);
  return chosen.has(id) ? new Set([...chosen].filter((one) => one !== id)) : capped([...chosen, id], most);
}

const capped = (ids: readonly string[], most: number) => new Set([...new Set(ids)].slice(0, most));
