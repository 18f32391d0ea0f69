import type { ClassifiedAction } from '../classify.ts';
import { textFields } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { once } from '../once.ts';
import { tokenize } from '../tokens.ts';
import { mentionedUrls } from './mentions.ts';
import { ACTION_PARAMETERS, ASKED_BY_POST, DESTROYING_WORDS, METHODS } from './methods.ts';
import { overridesOf } from './override.ts';
import type { RequestLike } from './requests.ts';
import { requestsIn } from './requests.ts';
import type { UrlReading } from './url.ts';
import { readUrl } from './url.ts';
import { findInMention, findInUrl, placeOf, unreadable } from './url-findings.ts';

/** Words of a type or a tool that hand over a request and say nothing of what it does. */
const CARRIERS = new Set(
  'http https request requests fetch url uri api rest web webhook endpoint curl call'.split(' '),
);
const CODE_KEYS = new Set('sql statement command cmd script shell bash code program expression pipeline'.split(' '));
const BODY_KEYS = ['body', 'data', 'json', 'form', 'payload', 'files', 'content'];
const HOST_KEYS = new Set(['host', 'hostname', 'server', 'address', 'ip', 'domain']);
const MAX_MENTIONS = 200;

/** What requests in the arguments do, and where they and the URLs beside them go. Never throws; bounded in time. */
export const findByHttp: (action: ClassifiedAction) => Finding[] = once((action) => {
  const requests = requestsIn(action.context);
  const target = /^[a-z][a-z0-9+.-]*:\/\//i.test(action.target) ? findInUrl(readUrl(action.target), 'target') : [];
  return [
    ...requests.flatMap((request) => findInRequest(request, action)),
    ...target,
    ...findBeside(action.context, requests),
  ];
});

function findInRequest(request: RequestLike, action: ClassifiedAction): Finding[] {
  const part = `${request.part}.${request.urlKey}`;
  const reading = readUrl(request.url);
  if (request.urlKey.toLowerCase() === 'uri' && request.method === undefined && isOfOthers(reading)) return [];
  const found = findInUrl(reading, part);
  const carried = isCarrier(action);
  if (request.method === undefined && !carried) return found;
  const method = (request.method ?? (hasBody(request) ? 'POST' : 'GET')).trim().toUpperCase();
  const readable = reading.state === 'network' || reading.state === 'relative';
  const byBody = method === 'POST' && ASKED_BY_POST.test(pathOf(reading));
  const weight: Weight = byBody
    ? { carrier: true }
    : carried && readable && !holdsCode(request)
      ? { settles: true }
      : {};
  found.push(...findInMethod(method, `${request.part}.method`, weight));
  for (const override of overridesOf(request.fields, reading.state === 'network' ? reading.url : null)) {
    found.push(...findInMethod(override.method, `${request.part}.${override.part}`, {}));
  }
  const word = METHODS.get(method)?.operation === 'read' ? destroyingWord(reading) : undefined;
  if (word !== undefined) {
    found.push({
      operation: 'delete',
      destructive: true,
      confidence: 'low',
      part,
      says: `its path has the word "${word}"`,
    });
  }
  return found;
}

/** GraphQL and searches are sent by POST and say in the body what they do: their method only carries. */
type Weight = Pick<Finding, 'carrier' | 'settles'>;

function findInMethod(method: string, part: string, weight: Weight): Finding[] {
  const known = METHODS.get(method);
  if (known === undefined) return [unreadable(part, `the method ${method.slice(0, 40)} is not known`)];
  return [{ ...known, ...weight, targetKind: 'api', confidence: 'high', part, says: `it is ${method}` }];
}

function pathOf(reading: UrlReading): string {
  if (reading.state === 'network') return reading.url.pathname;
  return reading.state === 'relative' ? (reading.path.split(/[?#]/, 1)[0] ?? '') : '';
}

/** `GET /users/5/delete` and `GET /admin?action=purge`: written against the standard, and found everywhere. */
function destroyingWord(reading: UrlReading): string | undefined {
  const segments = pathOf(reading).split('/').slice(-2);
  const query = reading.state === 'network' ? reading.url.searchParams : new URLSearchParams();
  const asked = [...query].filter(([name]) => ACTION_PARAMETERS.has(name.toLowerCase())).map(([, value]) => value);
  const openings = [...segments, ...asked].map((text) => tokenize(text.slice(0, 100))[0] ?? '');
  return openings.find((word) => DESTROYING_WORDS.has(word));
}

/** Resources of MCP and URIs of files are named by `uri`, and belong to other readers. */
function isOfOthers(reading: UrlReading): boolean {
  return reading.state === 'relative' || (reading.state === 'other' && reading.scheme === 'file');
}

function isCarrier(action: ClassifiedAction): boolean {
  const words = [...tokenize(action.type), ...tokenize(action.tool?.name ?? '')];
  return words.some((word) => CARRIERS.has(word));
}

function hasBody({ fields }: RequestLike): boolean {
  return BODY_KEYS.some((key) => fields[key] !== undefined && fields[key] !== null && fields[key] !== '');
}

function holdsCode({ fields }: RequestLike): boolean {
  return Object.keys(fields).some((key) => CODE_KEYS.has(key.toLowerCase()));
}

/** Hosts that are named, and web addresses anywhere in the texts. */
function findBeside(context: ClassifiedAction['context'], requests: readonly RequestLike[]): Finding[] {
  const read = new Set(requests.map(({ part, urlKey }) => `${part}.${urlKey}`));
  const found: Finding[] = [];
  let left = MAX_MENTIONS;
  for (const { key, part, text } of textFields(context).fields) {
    if (read.has(part)) continue;
    if (HOST_KEYS.has(key)) found.push(...findInHost(text, part));
    if (left <= 0 || !text.includes('://')) continue;
    for (const { url, start, end } of mentionedUrls(text).slice(0, left)) {
      left -= 1;
      const whole = start === 0 && end === text.length && /(url|uri|href|endpoint|webhook)s?$/.test(key);
      const findings = whole ? findInUrl(readUrl(url), part) : findInMention(readUrl(url), part);
      found.push(...findings.map((finding) => ({ ...finding, at: { start, end } })));
    }
  }
  return found;
}

function findInHost(text: string, part: string): Finding[] {
  const reading = /^[\w.:[\]-]{1,255}$/.test(text) ? readUrl(`http://${text}`) : undefined;
  if (reading?.state !== 'network' || reading.host.place === 'public') return [];
  return placeOf(reading.host, part);
}
