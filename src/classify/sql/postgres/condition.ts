import type { Json } from '@gatehouse/sdk/contract';
import type { Condition } from '../read/condition.ts';
import type { Fields } from '../read/tree.ts';
import { at, fieldsOf, listOf, nodeOf, textOf } from '../read/tree.ts';

const OTHER: Condition = { is: 'other' };
const LIKE: Readonly<Record<string, string>> = { '~~': 'like', '~~*': 'ilike' };

/** A WHERE of PostgreSQL. */
export function conditionOf(value: Json | undefined): Condition {
  const { kind, node } = nodeOf(value) ?? { kind: '', node: null };
  const fields = fieldsOf(node) ?? {};
  switch (kind) {
    case 'A_Const':
      return constantOf(fields);
    case 'ColumnRef':
      return { is: 'column', name: columnOf(fields) };
    case 'ParamRef':
      return { is: 'parameter' };
    case 'TypeCast':
      return conditionOf(fields['arg']);
    case 'BoolExpr':
      return boolean(textOf(fields['boolop']), listOf(fields['args']).map(conditionOf));
    case 'A_Expr':
      return expression(fields);
    case 'NullTest':
      return nullTest(fields);
    case 'BooleanTest':
      return booleanTest(fields);
    case 'SubLink':
      return exists(fields);
    default:
      return OTHER;
  }
}

/** The name of a column as it is written, with its table. */
export function columnOf(fields: Fields): string {
  return listOf(fields['fields'])
    .map((field) => textOf(at(field, 'String', 'sval')))
    .filter(Boolean)
    .join('.');
}

function constantOf(fields: Fields): Condition {
  if (fields['isnull'] === true) return { is: 'constant', value: null };
  const whole = fieldsOf(fields['ival']);
  // Zero and false are left out of the tree.
  if (whole !== undefined) return { is: 'constant', value: Number(whole['ival'] ?? 0) };
  const broken = at(fields, 'fval', 'fval');
  if (typeof broken === 'string') return { is: 'constant', value: Number(broken) };
  const truth = fieldsOf(fields['boolval']);
  if (truth !== undefined) return { is: 'constant', value: truth['boolval'] === true };
  const text = fieldsOf(fields['sval']);
  return text === undefined ? OTHER : { is: 'constant', value: textOf(text['sval']) };
}

function boolean(op: string, of: Condition[]): Condition {
  if (op === 'NOT_EXPR') return { is: 'not', of: of[0] ?? OTHER };
  return { is: op === 'OR_EXPR' ? 'or' : 'and', of };
}

function expression(fields: Fields): Condition {
  const name = textOf(at(listOf(fields['name']).at(-1), 'String', 'sval'));
  const left = conditionOf(fields['lexpr']);
  const items = listOf(at(fields, 'rexpr', 'List', 'items')).map(conditionOf);
  switch (fields['kind']) {
    case 'AEXPR_IN': {
      const any: Condition = { is: 'or', of: items.map((right) => ({ is: 'compare', op: '=', left, right })) };
      return name === '<>' ? { is: 'not', of: any } : items.length === 1 ? (any.of[0] ?? OTHER) : any;
    }
    case 'AEXPR_BETWEEN': {
      const [low = OTHER, high = OTHER] = items;
      const above: Condition = { is: 'compare', op: '>=', left, right: low };
      return { is: 'and', of: [above, { is: 'compare', op: '<=', left, right: high }] };
    }
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
    case 'AEXPR_OP':
      return fields['lexpr'] === undefined
        ? OTHER
        : { is: 'compare', op: LIKE[name] ?? name, left, right: conditionOf(fields['rexpr']) };
    default:
      return OTHER;
  }
}

function nullTest(fields: Fields): Condition {
  const of = conditionOf(fields['arg']);
  if (of.is !== 'constant') return OTHER;
  return { is: 'constant', value: (of.value === null) === (fields['nulltesttype'] === 'IS_NULL') };
}

function booleanTest(fields: Fields): Condition {
  const of = conditionOf(fields['arg']);
  switch (fields['booltesttype']) {
    case 'IS_TRUE':
    case 'IS_NOT_FALSE':
      return of;
    case 'IS_FALSE':
    case 'IS_NOT_TRUE':
      return { is: 'not', of };
    default:
      return OTHER;
  }
}

/** `EXISTS (SELECT 1)` holds whatever is in the table. */
function exists(fields: Fields): Condition {
  const query = fieldsOf(at(fields, 'subselect', 'SelectStmt')) ?? {};
  const looksAtSomething = ['fromClause', 'whereClause', 'havingClause', 'limitCount', 'limitOffset', 'larg'];
  const always = fields['subLinkType'] === 'EXISTS_SUBLINK' && !looksAtSomething.some((key) => key in query);
  return always ? { is: 'constant', value: true } : OTHER;
}
