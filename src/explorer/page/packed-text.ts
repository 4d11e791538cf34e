/** A text that the page keeps packed (gzip, in base64) in an element of this id. @throws Error where it is not there, or the browser cannot unpack it */
export async function packedText(id: string): Promise<string> {
  const packed = document.getElementById(id)?.textContent;
  if (packed === undefined) throw new Error(`a part of the page is missing: ${id}`);
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
