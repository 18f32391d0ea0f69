const SECRET_NAME = /token|secret|password|passwd|pwd|key|auth|credential|bearer|session/i;
const ASSIGNMENT = /^(-{0,2}[\w.-]+)[=:](.*)$/s;
const MASK = '***';

/** A URL without the credentials in it: user and password, and every value of its query. */
export function maskUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    url.username = MASK;
    url.password = '';
  }
  for (const name of [...url.searchParams.keys()]) url.searchParams.set(name, MASK);
  url.hash = '';
  return url.href;
}

/** A command line as it may be kept: values of options and variables that are named like secrets do not appear. */
export function maskCommand(words: readonly string[]): string {
  return words
    .map((word, at) => {
      const before = words[at - 1] ?? '';
      if (before.startsWith('-') && !before.includes('=') && SECRET_NAME.test(before)) return MASK;
      if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return maskUrl(word);
      const [, name, value] = ASSIGNMENT.exec(word) ?? [];
      if (name === undefined || value === undefined) return word;
      if (SECRET_NAME.test(name)) return `${name}=${MASK}`;
      return URL.canParse(value) ? `${name}=${maskUrl(value)}` : word;
    })
    .join(' ')
    .slice(0, 1000);
}
