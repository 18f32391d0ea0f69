import type { Json } from '@gatehouse/sdk/contract';
import { at, fieldsOf, listOf, textOf } from '../read/tree.ts';

/** The parts of a name: a list of strings, as functions and types have. */
export function partsOf(list: Json | undefined): string[] {
  return listOf(list).map((part) => textOf(at(part, 'String', 'sval')));
}

/** The name of a table, with the schema where it is given. Takes the node with or without its kind around it. */
export function tableOf(node: Json | undefined): string {
  const relation = fieldsOf(at(node, 'RangeVar')) ?? fieldsOf(node) ?? {};
  return [textOf(relation['schemaname']), textOf(relation['relname'])].filter(Boolean).join('.');
}

/** The name of whatever a statement is about: a table, a list of name parts, a function with its arguments. */
export function objectOf(node: Json | undefined): string {
  if (at(node, 'RangeVar') !== undefined) return tableOf(node);
  const parts = at(node, 'List', 'items') ?? at(node, 'ObjectWithArgs', 'objname') ?? at(node, 'TypeName', 'names');
  if (parts !== undefined) return partsOf(parts).join('.');
  return textOf(at(node, 'String', 'sval'));
}

/** An option of a list such as that of EXPLAIN: undefined where it is not given, else what it is set to. */
export function optionOf(options: Json | undefined, name: string): string | undefined {
  for (const option of listOf(options)) {
    const element = fieldsOf(at(option, 'DefElem'));
    if (element === undefined || textOf(element['defname']).toLowerCase() !== name) continue;
    const value = element['arg'];
    if (value === undefined) return 'true';
    const whole = at(value, 'Integer');
    if (whole !== undefined) return String(Number(at(whole, 'ival') ?? 0));
    return textOf(at(value, 'String', 'sval')) || 'true';
  }
  return undefined;
}

/** True for an option that is given and not switched off. */
export function isOn(options: Json | undefined, name: string): boolean {
  const value = optionOf(options, name);
  return value !== undefined && !['false', 'off', '0', 'no'].includes(value.toLowerCase());
}
