const MAX_TEXT = 64 * 1024;
const MAX_URLS = 100;
const MAX_URL = 2048;
const SCHEME_BEFORE = /(?:https?|wss?)$/i;
const END = /[\s"'<>`|\\^{}]/;

/** Web addresses that a text mentions, with their place in it: the first 100 in its first 64 KB. Linear in time. */
export function mentionedUrls(text: string): { url: string; start: number; end: number }[] {
  const searched = text.slice(0, MAX_TEXT);
  const found: { url: string; start: number; end: number }[] = [];
  for (let colon = searched.indexOf('://'); colon >= 0 && found.length < MAX_URLS;) {
    const scheme = SCHEME_BEFORE.exec(searched.slice(Math.max(0, colon - 5), colon))?.[0];
    let next = colon + 3;
    if (scheme !== undefined) {
      const start = colon - scheme.length;
      const rest = searched.slice(start, start + MAX_URL);
      const stop = rest.search(END);
      const url = (stop < 0 ? rest : rest.slice(0, stop)).replace(/[.,;:!?)\]]{1,8}$/, '');
      found.push({ url, start, end: start + url.length });
      next = start + Math.max(url.length, scheme.length + 3);
    }
    colon = searched.indexOf('://', next);
  }
  return found;
}
