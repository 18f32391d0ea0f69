/** As much of a WHERE as is needed to see whether it selects everything, or one row. */
export type Condition =
  | { is: 'constant'; value: string | number | boolean | null }
  | { is: 'column'; name: string }
  | { is: 'compare'; op: string; left: Condition; right: Condition }
  | { is: 'and' | 'or'; of: readonly Condition[] }
  | { is: 'not'; of: Condition }
  | { is: 'parameter' | 'other' };

const REFLEXIVE = new Set(['=', '>=', '<=', '<=>', '==', 'like', 'ilike', '~', 'regexp']);
const TRUE_TEXTS = new Set(['t', 'true', 'y', 'yes', 'on', '1']);
const KEYS = new Set(['id', 'uuid', 'guid', 'pk', '_id', 'ctid', 'rowid', 'oid']);

/** True or false where the condition holds for every row or for none, whatever is in it; undefined where it depends. */
export function truthOf(condition: Condition): boolean | undefined {
  switch (condition.is) {
    case 'constant':
      return truthOfConstant(condition.value);
    case 'compare':
      return compare(condition.op, condition.left, condition.right);
    case 'not': {
      const truth = truthOf(condition.of);
      return truth === undefined ? undefined : !truth;
    }
    case 'and':
      return settled(condition.of, false);
    case 'or':
      return settled(condition.of, true);
    default:
      return undefined;
  }
}

/** True for a condition that compares a column named like a primary key with one value. */
export function picksOne(condition: Condition): boolean {
  if (condition.is === 'and') return condition.of.some(picksOne);
  if (condition.is !== 'compare' || (condition.op !== '=' && condition.op !== '==')) return false;
  return isKey(condition.left, condition.right) || isKey(condition.right, condition.left);
}

function isKey(column: Condition, value: Condition): boolean {
  if (column.is !== 'column' || (value.is !== 'constant' && value.is !== 'parameter')) return false;
  return KEYS.has(column.name.slice(column.name.lastIndexOf('.') + 1).toLowerCase());
}

/** `and` is settled by one `false`, `or` by one `true`; otherwise all of them have to be known. */
function settled(of: readonly Condition[], by: boolean): boolean | undefined {
  const truths = of.map(truthOf);
  if (truths.includes(by)) return by;
  return truths.includes(undefined) ? undefined : !by;
}

function truthOfConstant(value: string | number | boolean | null): boolean | undefined {
  if (typeof value === 'string') return TRUE_TEXTS.has(value.toLowerCase());
  return value === null ? false : Boolean(value);
}

function compare(op: string, left: Condition, right: Condition): boolean | undefined {
  if (left.is === 'column' && right.is === 'column' && left.name === right.name) return REFLEXIVE.has(op) || undefined;
  if (right.is !== 'constant') return undefined;
  if (left.is === 'column') return matchesAnything(op, right.value) || undefined;
  return left.is === 'constant' ? compareConstants(op, left.value, right.value) : undefined;
}

function matchesAnything(op: string, pattern: string | number | boolean | null): boolean {
  if (op === 'like' || op === 'ilike') return typeof pattern === 'string' && /^%+$/.test(pattern);
  return (op === '~' || op === 'regexp') && (pattern === '.*' || pattern === '');
}

type Constant = string | number | boolean | null;

function compareConstants(op: string, left: Constant, right: Constant): boolean | undefined {
  if (left === null || right === null) return undefined;
  const [a, b] =
    Number.isNaN(Number(left)) || Number.isNaN(Number(right)) ? [left, right] : [Number(left), Number(right)];
  switch (op) {
    case '=':
    case '==':
    case '<=>':
    case 'like':
    case 'ilike':
      return String(a) === String(b);
    case '<>':
    case '!=':
      return String(a) !== String(b);
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return undefined;
  }
}
