const LORA = /<(?:lora|lyco):([^<>:]+)(?::[^<>]*)?>/g;

/**
 * The prompt with a LoRA at these weights: the one that is there is changed, else it is added behind the text.
 * @param name without `<`, `>` and `:`. @param weights as `<lora:…>` has them: "0.8", or "0.8:0.6" for text and UNet.
 */
export function withLora(prompt: string, name: string, weights: string): string {
  const tag = `<lora:${name}:${weights}>`;
  let found = false;
  const changed = prompt.replace(LORA, (other, named: string) => {
    if (named.trim() !== name) return other;
    const first = !found;
    found = true;
    return first ? tag : "";
  });
  if (found) return changed;
  return prompt === "" ? tag : `${prompt} ${tag}`;
}

/** The prompt without a LoRA, wherever it stands. */
export const withoutLora = (prompt: string, name: string): string =>
  prompt.replace(LORA, (tag, named: string) => (named.trim() === name ? "" : tag)).trim();
