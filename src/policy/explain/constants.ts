import type { Policy } from '../policy.ts';

/** What the rules of a policy compare with: where another outcome may begin. */
export interface Constants {
  numbers: number[];
  /** Texts that stand in a condition with an argument, by the argument's name. */
  texts: Map<string, string[]>;
  agents: string[];
  teams: string[];
  roles: string[];
  tags: string[];
  /** Whether any rule looks at the time. */
  time: boolean;
}

const MOST = 60;
const NUMBER = /(?<![\w."'])\d{1,15}(?:\.\d{1,6})?(?![\w"'])/g;
const ARGUMENT = /\bargs(?:\.\w{1,60})*?\.(\w{1,60})\b(?!\s*\()/g;
const TEXT = /"([^"\\]{1,100})"|'([^'\\]{1,100})'/g;

/** Gathers the constants of a policy, each once, at most 60 of a kind. */
export function constantsOf(policy: Policy): Constants {
  const numbers = new Set<number>();
  const texts = new Map<string, Set<string>>();
  const names = { agent: new Set<string>(), team: new Set<string>(), role: new Set<string>(), tag: new Set<string>() };
  let time = false;
  for (const { source } of policy.rules) {
    const { match, when = '' } = source;
    for (const [number] of when.matchAll(NUMBER)) numbers.add(Number(number));
    for (const [, name = ''] of when.matchAll(ARGUMENT)) {
      const known = texts.get(name) ?? new Set<string>();
      for (const [, double, single] of when.matchAll(TEXT)) known.add(double ?? single ?? '');
      texts.set(name, known);
    }
    for (const key of ['agent', 'team', 'role', 'tag'] as const) {
      for (const pattern of [match[key] ?? []].flat()) names[key].add(pattern.replaceAll('*', '') || 'any');
    }
    if (source.limit !== undefined) numbers.add(source.limit.max);
    time ||= match.during !== undefined || /\bnow\b/.test(when);
  }
  const some = <T>(set: ReadonlySet<T>): T[] => [...set].slice(0, MOST);
  return {
    numbers: some(numbers),
    texts: new Map([...texts].map(([name, known]) => [name, some(known)])),
    agents: some(names.agent),
    teams: some(names.team),
    roles: some(names.role),
    tags: some(names.tag),
    time,
  };
}
