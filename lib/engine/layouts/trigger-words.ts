const SHOWN_WORDS = 12;

/**
 * ModelSpec's `trigger_phrase`, or kohya's tag counts, one table for each folder of training pictures. Metadata are
 * anyone's to write: what does not parse is not there.
 */
export function triggerWords(metadata: Readonly<Record<string, string>>): string[] {
  const phrase = metadata["modelspec.trigger_phrase"]?.trim();
  if (phrase) return [phrase];
  const counts = new Map<string, number>();
  for (const tags of Object.values(parseObject(metadata.ss_tag_frequency ?? "")))
    for (const [tag, count] of Object.entries(Object(tags)))
      if (typeof count === "number") counts.set(tag.trim(), (counts.get(tag.trim()) ?? 0) + count);
  const byCount = [...counts].sort(([, a], [, b]) => b - a);
  return byCount.slice(0, SHOWN_WORDS).map(([tag]) => tag);
}

function parseObject(json: string): object {
  try {
    return Object(JSON.parse(json));
  } catch {
    return {};
  }
}
