import { z } from 'zod';
import { VARIABLES } from '../../../src/policy/cel.ts';
import { duringSchema } from '../../../src/policy/during.ts';
import { limitSchema } from '../../../src/policy/limits.ts';
import { matchSchema, riskMatchSchema } from '../../../src/policy/match-schema.ts';
import { parameterSchema, useSchema } from '../../../src/policy/pack-schema.ts';
import { approvalSchema, defaultsSchema, fileSchema, overrideSchema, ruleSchema } from '../../../src/policy/schema.ts';
import { afterSchema } from '../../../src/policy/sequence.ts';
import {
  caseActionSchema,
  caseAgentSchema,
  caseFileSchema,
  caseSchema,
  earlierActionSchema,
  expectSchema,
} from '../../../src/policy/testing/schema.ts';

/** A JSON Schema, as far as the page looks at it. */
interface Shape {
  type?: string;
  description?: string;
  enum?: unknown[];
  const?: string | number | boolean;
  anyOf?: Shape[];
  oneOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  default?: unknown;
}

const SECTIONS: readonly [title: string, schema: z.ZodType, about: string][] = [
  [
    'A file',
    fileSchema,
    'Every `*.yaml` and `*.yml` of the folder, but for `*.test.yaml`. `rules` holds [rules](#a-rule).',
  ],
  ['A rule', ruleSchema, 'An element of `rules`.'],
  ['match', matchSchema, 'All of its keys must fit. Where a key takes a list, any of its values fits.'],
  ['risk', riskMatchSchema, '`risk` of a `match`; scores go from 0 to 100.'],
  ['during', duringSchema, '`during` of a `match`.'],
  ['limit', limitSchema, '`limit` of a rule that blocks or asks.'],
  ['after', afterSchema, '`after` of a rule that blocks or asks.'],
  ['approval', approvalSchema, 'Terms of an approval, in a rule, in the defaults or in an override.'],
  ['defaults', defaultsSchema, 'In one file of the folder.'],
  ['A use of a pack', useSchema, 'An element of `use`.'],
  [
    'A parameter',
    parameterSchema,
    'A value of `parameters`, by the name of the parameter. A file with parameters is a pack.',
  ],
  ['An override', overrideSchema, 'An element of `overrides`.'],
  [
    'A file of cases',
    caseFileSchema,
    '`*.test.yaml` beside the policy or in its folder `tests`. `cases` holds [cases](#a-case).',
  ],
  ['A case', caseSchema, 'An element of `cases`.'],
  ['action', caseActionSchema, '`action` of a case.'],
  ['agent', caseAgentSchema, '`agent` of a case.'],
  [
    'An earlier action',
    earlierActionSchema,
    'An element of `earlier`: the same agent took it before, in the same session.',
  ],
  ['expect', expectSchema, '`expect` of a case. What is left out is not looked at.'],
];

const HEADER = `# The language of policies

<!-- Written from the schemas by \`UPDATE_DOCS=1 npx jest test/policy/reference-page\`; a test holds it current. -->

Every key that may stand in a policy file, in a pack and in a file of cases. How they are used is told in
[Writing policies](policies.md) and [Testing policies](policy-tests.md). An unknown key is an error, with its place and a fix.

Conditions (\`when\`) are in [CEL](https://cel.dev) and know the variables ${VARIABLES.map((name) => `\`${name}\``).join(', ')}; in packs \`params\` as well.
`;

/** The reference of the language, in Markdown that prettier leaves as it is. */
export function referencePage(): string {
  return [HEADER, ...SECTIONS.map(([title, schema, about]) => sectionOf(title, schema, about))].join('\n');
}

function sectionOf(title: string, schema: z.ZodType, about: string): string {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const heading = /^[a-z]/.test(title) ? `\`${title}\`` : title;
  const rows = rowsOf(shape).map((cells) => cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')));
  return [`## ${heading}`, '', about, '', ...tableOf([['Key', 'Value', 'Meaning'], ...rows]), ''].join('\n');
}

/** A table as prettier aligns it. */
function tableOf(rows: readonly string[][]): string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, at) => (row[at] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}

/** One row a key; of alternatives each key once, with what it may be in any of them. */
function rowsOf(shape: Shape): string[][] {
  const alternatives = shape.oneOf ?? shape.anyOf ?? [shape];
  const keys = [...new Set(alternatives.flatMap(({ properties = {} }) => Object.keys(properties)))];
  return keys.map((key) => {
    const all = alternatives.flatMap(({ properties = {} }) => properties[key] ?? []);
    const required = alternatives.every(({ required: names = [] }) => names.includes(key));
    const values = [...new Set(all.map(valueOf))].join(' or ');
    const [first] = all;
    const given =
      first?.default === undefined || isEmpty(first.default)
        ? ''
        : `; ${JSON.stringify(first.default)} where it is left out`;
    return [`\`${key}\``, values + given, `${required ? '**Required.** ' : ''}${first?.description ?? ''}`.trim()];
  });
}

function valueOf(shape: Shape): string {
  const { type, enum: words, const: only, anyOf, items, minimum, maximum, exclusiveMinimum } = shape;
  if (only !== undefined) return `\`${String(only)}\``;
  if (words !== undefined) return words.map((word) => `\`${String(word)}\``).join(', ');
  if (anyOf !== undefined) return alternativesOf(anyOf);
  if (type === 'array')
    return items === undefined || Object.keys(items).length === 0 ? 'a list' : `a list of: ${valueOf(items)}`;
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'number' || type === 'integer') return `a number${rangeOf(minimum ?? exclusiveMinimum, maximum)}`;
  if (type === 'string') return 'a text';
  if (type === 'null') return '`null`';
  return type === 'object' ? 'a map' : 'anything';
}

function alternativesOf(shapes: readonly Shape[]): string {
  const [one, many] = shapes;
  if (shapes.length === 2 && one !== undefined && many?.type === 'array' && many.items !== undefined) {
    if (valueOf(many.items) === valueOf(one)) return `${valueOf(one)}; one or a list`;
  }
  return [...new Set(shapes.map(valueOf))].join(' or ');
}

function rangeOf(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return '';
  return most === undefined ? `, at least ${String(least)}` : ` from ${String(least)} to ${String(most)}`;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
