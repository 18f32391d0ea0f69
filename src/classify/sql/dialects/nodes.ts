import type { Json } from '@gatehouse/sdk/contract';
import { at, fieldsOf, listOf, textOf } from '../read/tree.ts';

/** The parts of a name: of a table, a function, a column. */
export function partsOf(name: Json | undefined): string[] {
  return listOf(name)
    .map((part) =>
      textOf(at(part, 'Identifier', 'value') ?? at(part, 'value') ?? at(part, 'Function', 'name', 'value')),
    )
    .filter(Boolean);
}

export function nameOf(name: Json | undefined): string {
  return partsOf(name).join('.');
}

/** The name of a table in one of the forms in which statements hold it. */
export function tableOf(node: Json | undefined): string {
  const fields = fieldsOf(node) ?? {};
  const inside = ['Table', 'TableName', 'relation', 'table', 'TableObject']
    .map((key) => fields[key])
    .find((value) => value !== undefined && value !== null);
  if (Array.isArray(inside)) return nameOf(inside);
  if (inside !== undefined) return tableOf(inside);
  return nameOf(fields['name']);
}

/** A number that is written out: that of a LIMIT or a TOP. */
export function numberOf(value: Json | undefined): number | undefined {
  const text =
    at(value, 'Value', 'value', 'Number', 0) ??
    at(value, 'Constant') ??
    at(value, 'Expr', 'Value', 'value', 'Number', 0);
  const number = Number(text);
  return text === undefined || Number.isNaN(number) ? undefined : number;
}
