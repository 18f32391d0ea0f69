import type { Json } from '@gatehouse/sdk/contract';
import type { Condition } from '../read/condition.ts';
import type { Fields } from '../read/tree.ts';
import { at, fieldsOf, listOf, nodeOf, textOf } from '../read/tree.ts';
import { partsOf } from './nodes.ts';

const OTHER: Condition = { is: 'other' };
const OPERATORS: Readonly<Record<string, string>> = {
  Eq: '=',
  NotEq: '<>',
  Lt: '<',
  Gt: '>',
  LtEq: '<=',
  GtEq: '>=',
  Spaceship: '<=>',
  PGRegexMatch: '~',
};

/** A WHERE of any other dialect. */
export function conditionOf(value: Json | undefined): Condition {
  const { kind, node } = nodeOf(value) ?? { kind: '', node: null };
  const fields = fieldsOf(node) ?? {};
  switch (kind) {
    case 'Value':
      return constantOf(at(fields, 'value'));
    case 'Nested':
      return conditionOf(node);
    case 'Identifier':
      return { is: 'column', name: textOf(fields['value']) };
    case 'CompoundIdentifier':
      return { is: 'column', name: partsOf(node).join('.') };
    case 'Cast':
      return conditionOf(fields['expr']);
    case 'IsTrue':
      return conditionOf(node);
    case 'IsFalse':
      return { is: 'not', of: conditionOf(node) };
    case 'UnaryOp':
      return textOf(fields['op']).startsWith('Not') ? { is: 'not', of: conditionOf(fields['expr']) } : OTHER;
    case 'BinaryOp':
      return binary(fields);
    case 'Like':
    case 'ILike':
    case 'RLike':
      return negated(
        fields,
        compared({ Like: 'like', ILike: 'ilike', RLike: 'regexp' }[kind], fields['expr'], fields['pattern']),
      );
    case 'InList':
      return negated(fields, anyOf(fields));
    case 'Between': {
      const low = compared('>=', fields['expr'], fields['low']);
      return negated(fields, { is: 'and', of: [low, compared('<=', fields['expr'], fields['high'])] });
    }
    case 'IsNull':
    case 'IsNotNull':
      return nullTest(kind === 'IsNull', conditionOf(node));
    default:
      return OTHER;
  }
}

function binary(fields: Fields): Condition {
  const op = textOf(fields['op']);
  if (op === 'And' || op === 'Or') {
    return { is: op === 'And' ? 'and' : 'or', of: [conditionOf(fields['left']), conditionOf(fields['right'])] };
  }
  const operator = OPERATORS[op];
  return operator === undefined ? OTHER : compared(operator, fields['left'], fields['right']);
}

function compared(op: string, left: Json | undefined, right: Json | undefined): Condition {
  return { is: 'compare', op, left: conditionOf(left), right: conditionOf(right) };
}

function anyOf(fields: Fields): Condition {
  const of = listOf(fields['list']).map((item) => compared('=', fields['expr'], item));
  return of.length === 1 ? (of[0] ?? OTHER) : { is: 'or', of };
}

function negated(fields: Fields, condition: Condition): Condition {
  return fields['negated'] === true ? { is: 'not', of: condition } : condition;
}

function nullTest(isNull: boolean, of: Condition): Condition {
  return of.is === 'constant' ? { is: 'constant', value: (of.value === null) === isNull } : OTHER;
}

function constantOf(value: Json | undefined): Condition {
  const { kind, node } = nodeOf(value) ?? { kind: '', node: null };
  if (kind === 'Null') return { is: 'constant', value: null };
  if (kind === 'Placeholder') return { is: 'parameter' };
  if (kind === 'Boolean') return { is: 'constant', value: node === true };
  if (kind === 'Number') return { is: 'constant', value: Number(at(node, 0)) };
  return typeof node === 'string' ? { is: 'constant', value: node } : OTHER;
}
