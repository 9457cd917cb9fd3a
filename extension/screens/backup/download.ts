/** Hands a file to the browser for download, as a link does: no permission is needed. */

/** Long enough for the browser to take the bytes. */
const keptMs = 60_000;

export function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}
