import type { ClassifiedAction } from '../classify.ts';
import { textFields } from '../fields.ts';
import { tokenize } from '../tokens.ts';

/** An argument that names a place in a file system. */
export interface PathField {
  part: string;
  text: string;
}

const PATH_WORDS = new Set(
  `path paths file files filename filenames filepath filepaths dir dirs directory directories folder folders dirname
   basename pathname`.split(/\s+/),
);
/** These name files as often as other things: they count when the value looks like a path. */
const MAYBE_WORDS = new Set(
  'destination dest source src target output input location from to old new uri url name attachment attachments key'.split(
    ' ',
  ),
);
const LOOKS_LIKE_PATH = /^\s*(file:|~|\/[^/]|\.{1,2}[\\/]|[a-z]:[\\/]|\\\\|\$home\b|\$\{home\}|%[a-z]+%[\\/])/i;
const WEB_ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const CONTENT_KEY = /[\n\r]/;
const HTTP_METHOD = /^(get|head|options|post|put|patch|delete)$/i;

/** The arguments of a call that name files or folders, in order. Paths of requests are not among them. */
export function pathsIn(action: ClassifiedAction): PathField[] {
  const method = action.context['method'] ?? action.context['http_method'];
  const isRequest = typeof method === 'string' && HTTP_METHOD.test(method.trim());
  return textFields(action.context).fields.flatMap(({ part, text, key }) => {
    if (text === '' || isRequest || CONTENT_KEY.test(text.slice(0, 5000))) return [];
    const last = tokenize(lastKey(part, key)).at(-1) ?? '';
    const isFile = /^\s*file:/i.test(text);
    if (!isFile && WEB_ADDRESS.test(text)) return [];
    if (PATH_WORDS.has(last) || (MAYBE_WORDS.has(last) && LOOKS_LIKE_PATH.test(text))) return [{ part, text }];
    return isFile ? [{ part, text }] : [];
  });
}

/** The key as it was written: `filePath` has two words, `filepath` one. */
function lastKey(part: string, key: string): string {
  const name = part.replace(/(\[\d+\])+$/, '');
  return name.slice(-key.length);
}
