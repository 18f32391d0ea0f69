import type { Json, JsonObject } from '@gatehouse/sdk/contract';
import type { ClassifiedAction } from '../classify.ts';
import type { Finding } from '../finding.ts';
import { onlyReads } from '../only-reads.ts';
import { tokenize } from '../tokens.ts';
import { KIND_OF_WORD } from '../words.ts';
import { indexPlaces } from './known.ts';
import type { NormalPath } from './normalize.ts';
import { MAX_PATH, normalizePath } from './normalize.ts';
import type { PathField } from './paths.ts';
import { pathsIn } from './paths.ts';
import { DISKS, DOT_ENV, HARMLESS_DEVICES, PROCESS_MEMORY } from './places.ts';
import { PERSISTENCE_PLACES, SECRET_PLACES, SYSTEM_PLACES } from './places.ts';

const SECRETS = indexPlaces(SECRET_PLACES);
const PERSISTENCE = indexPlaces(PERSISTENCE_PLACES);
const SYSTEM = indexPlaces(SYSTEM_PLACES);

const WORKSPACE_KEYS = ['workspace', 'cwd', 'root', 'working_directory', 'workdir', 'project_root', 'base_dir'];
const OVERWRITE_KEYS = new Set('overwrite force_overwrite replace_existing clobber'.split(' '));
const CONFLICT_KEYS = new Set('if_exists on_conflict conflict mode write_mode open_mode'.split(' '));
const WRITING_MODES = /^(w|a|x|r\+|w\+|a\+|wb|ab|write|append|overwrite|replace|truncate)$/;
const REPLACING_MODES = /^(overwrite|replace|truncate)$/;
const MAX_PATHS = 500;

/** Where the files and folders are that a call names, and what it means to touch them. Never throws; bounded in time. */
export function findByFiles(action: ClassifiedAction): Finding[] {
  const paths = pathsIn(action);
  if (paths.length === 0) return [];
  const writing = writes(action);
  const workspace = workspaceOf(action.context);
  const found = paths.slice(0, MAX_PATHS).flatMap((field) => findInPath(field, writing, workspace));
  const [first] = paths;
  if (paths.length > MAX_PATHS) {
    found.push({ operation: 'unknown', part: 'context', says: `it names more than ${MAX_PATHS} paths` });
  }
  if (first !== undefined && !namesAKind(action)) {
    found.push({ targetKind: 'filesystem', part: first.part, says: 'it names a path' });
  }
  const replaces = writing ? replacing(action.context) : undefined;
  if (replaces !== undefined) {
    found.push({ operation: 'write', destructive: true, part: replaces, says: 'it replaces a file that may be there' });
  }
  return found;
}

function findInPath({ part, text }: PathField, writing: boolean, workspace: NormalPath | undefined): Finding[] {
  if (text.length > MAX_PATH) return [{ operation: 'unknown', part, says: 'it is longer than any path' }];
  const normal = normalizePath(text);
  const { tricks } = normal;
  const path = fromRoot(normal);
  const found: Finding[] = tricks.map((says) => ({ operation: 'unknown', part, says }));
  const say = (says: string, finding: Partial<Finding> = {}): void => void found.push({ part, says, ...finding });
  const secret = DOT_ENV.test(path) ? 'secrets of a program are kept there' : SECRETS.find(path);
  if (secret !== undefined) say(secret, { sensitivity: 'secrets' });
  if (PROCESS_MEMORY.test(path)) say('it is the memory or the environment of a process', { sensitivity: 'secrets' });
  const runs = PERSISTENCE.find(path);
  if (runs !== undefined) say(runs, writing ? { operation: 'administer', confidence: 'medium' } : {});
  if (DISKS.test(path) && writing) say('it is a whole disk', { operation: 'delete', destructive: true, reach: 'all' });
  else if (!HARMLESS_DEVICES.test(path)) {
    const system = SYSTEM.find(path);
    if (system !== undefined) say(system, writing ? { operation: 'administer', confidence: 'medium' } : {});
  }
  if (/^(\/|~|[a-z]:)[/*]*$/.test(path)) say('it is everything there is', { reach: 'all' });
  if (/^\/\/[^/]/.test(path)) say('it is on another machine', { external: true });
  if (isOutside(normal, workspace)) say('it is outside of the folder that the call works in');
  return found;
}

/** Nobody knows how deep a relative path begins: one that climbs, as `../../etc/passwd`, is taken to reach the root. */
function fromRoot({ path, absolute, climbs }: NormalPath): string {
  return climbs && !absolute ? path.replace(/^(\.\.\/)+/, '/') : path;
}

/** Absolute and not below the workspace, or climbing out of where it starts. */
function isOutside({ path, absolute, climbs }: NormalPath, workspace: NormalPath | undefined): boolean {
  if (!absolute) return climbs;
  if (!workspace?.absolute) return false;
  const root = workspace.path.replace(/\/$/, '');
  return path !== root && !path.startsWith(`${root}/`);
}

function workspaceOf(context: JsonObject): NormalPath | undefined {
  for (const key of WORKSPACE_KEYS) {
    const value = context[key];
    if (typeof value === 'string' && value !== '' && value.length <= MAX_PATH) return normalizePath(value);
  }
  return undefined;
}

/** True unless the name only reads and no argument opens the file to write. */
function writes(action: ClassifiedAction): boolean {
  if (!onlyReads(action)) return true;
  return settings(action.context).some(([key, value]) => CONFLICT_KEYS.has(key) && matches(value, WRITING_MODES));
}

function replacing(context: JsonObject): string | undefined {
  const found = settings(context).find(
    ([key, value]) =>
      (OVERWRITE_KEYS.has(key) && (value === true || matches(value, /^(true|yes|1)$/))) ||
      (CONFLICT_KEYS.has(key) && matches(value, REPLACING_MODES)),
  );
  return found === undefined ? undefined : `context.${found[0]}`;
}

function settings(context: JsonObject): [string, Json][] {
  const beside = context['options'];
  const inner = beside !== null && typeof beside === 'object' && !Array.isArray(beside) ? Object.entries(beside) : [];
  return [...Object.entries(context), ...inner].map(([key, value]) => [key.toLowerCase(), value]);
}

function matches(value: Json, pattern: RegExp): boolean {
  return typeof value === 'string' && value.length < 20 && pattern.test(value.toLowerCase());
}

function namesAKind({ type, target, tool }: ClassifiedAction): boolean {
  return [type, target, tool?.name ?? ''].some((name) => tokenize(name).some((word) => KIND_OF_WORD.has(word)));
}
