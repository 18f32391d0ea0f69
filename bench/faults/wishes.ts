/** What agents want, and what has to become of it. The policy and the reviewer go by the first word of the name. */
export const KINDS = {
  read_file: { share: 16, end: 'runs', by: 'callback' },
  read_row: { share: 16, end: 'runs', by: 'callback' },
  read_http: { share: 14, end: 'runs', by: 'callback' },
  read_execute: { share: 14, end: 'runs', by: 'executor' },
  read_throws: { share: 4, end: 'fails', by: 'callback' },
  held_row: { share: 12, end: 'runs', by: 'callback' },
  held_execute: { share: 7, end: 'runs', by: 'executor' },
  held_refused: { share: 6, end: 'refused', by: 'callback' },
  held_late: { share: 5, end: 'runs', by: 'callback' },
  blocked_row: { share: 6, end: 'refused', by: 'callback' },
} as const satisfies Record<string, { share: number; end: 'runs' | 'fails' | 'refused'; by: 'callback' | 'executor' }>;
export type Kind = keyof typeof KINDS;

/** One action that an agent wants; asked for under the same key until it has an end. */
export interface Wish {
  key: string;
  kind: Kind;
}

const NAMES = Object.keys(KINDS) as Kind[];
const SHARES = NAMES.reduce((sum, kind) => sum + KINDS[kind].share, 0);

/** Draws so many wishes; their keys begin with `name`. */
export function drawWishes(count: number, name: string, below: (limit: number) => number): Wish[] {
  return Array.from({ length: count }, (_, index) => ({ key: `${name}-${String(index)}`, kind: drawKind(below) }));
}

function drawKind(below: (limit: number) => number): Kind {
  let left = below(SHARES);
  for (const kind of NAMES) {
    left -= KINDS[kind].share;
    if (left < 0) return kind;
  }
  return 'read_row';
}

export const POLICY = `
version: 1
name: faults
defaults:
  unmatched: block
  approval: { expiresIn: 2h }
rules:
  - id: let-it
    reason: What begins with read may run.
    match: { action: ['read_*'] }
    effect: allow
  - id: ask-first
    reason: A person looks at what begins with held.
    match: { action: ['held_*'] }
    effect: require_approval
  - id: never
    reason: What begins with blocked never runs.
    match: { action: ['blocked_*'] }
    effect: block
`;
