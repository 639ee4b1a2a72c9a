/**
 * Lets the browser save pictures as a zip file, as it comes, whatever its size. A form in a frame of its own: the
 * page stays whatever the answer is.
 * @param onFailed called when the answer is something else than a file.
 */
export function saveZip(ids: readonly string[], onFailed: () => void): void {
  const frame = document.createElement("iframe");
  frame.name = "zip-file";
  frame.hidden = true;
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/api/pictures/zip", target: frame.name, hidden: true });
  const field = document.createElement("input");
  Object.assign(field, { name: "ids", value: ids.join(",") });
  form.append(field);
  for (const old of document.getElementsByName(frame.name)) old.remove();
  document.body.append(frame, form);
  // A file to save loads nothing into the frame.
  frame.addEventListener("load", () => isBlank(frame) || onFailed());
  form.submit();
  form.remove();
}

function isBlank(frame: HTMLIFrameElement): boolean {
  try {
    return frame.contentWindow?.location.href === "about:blank";
  } catch {
    // The browser's own page about what went wrong: no script may look into it.
    return false;
  }
}
