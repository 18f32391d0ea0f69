import type { ASTNode, ParseResult } from '@marcbachmann/cel-js';
import { Environment } from '@marcbachmann/cel-js';
import { constantOf } from './cel-constant.ts';
import type { ParameterValues } from './parameters.ts';

/** The names that a condition may use. Anything else is refused when the policy loads. */
export const VARIABLES = ['action', 'args', 'agent', 'tool', 'now', 'classification', 'risk', 'found'] as const;

/** What a condition may call. A positive list: what the library adds later stays out until somebody has looked at it. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `size type int double string bool dyn has contains startsWith endsWith lowerAscii upperAscii trim
  all exists exists_one filter map`.split(/\s+/),
);
const COMPREHENSIONS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

const LIMITS = { maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 4 };

function knowing(names: readonly string[]): Environment {
  const empty = new Environment({ homogeneousAggregateLiterals: false, limits: LIMITS });
  return names.reduce((environment, name) => environment.registerVariable(name, 'map'), empty);
}

const ENVIRONMENT = knowing(VARIABLES);
/** In packs conditions also know the parameters, as values: no text of theirs ever becomes part of a condition. */
const PACK_ENVIRONMENT = knowing([...VARIABLES, 'params']);

/** What is wrong with a condition; `offset` counts characters from its beginning. */
export interface ConditionProblem {
  offset: number;
  message: string;
  fix: string;
}

/** The result of a condition at run time: true, false, or why it could not be told. */
export type Truth = { ok: true; value: boolean } | { ok: false; error: string };
export type Condition = (variables: Record<string, unknown>) => Truth;
export type CompiledCondition =
  | {
      ok: true;
      condition: Condition;
      /** The parameters that it uses; null where it uses none. */
      params: Record<string, unknown> | null;
      /** What it always gives, whatever the action; null where that depends. */
      constant: boolean | null;
      /** As it was parsed, for whoever explains it. */
      ast: ASTNode;
    }
  | { ok: false; problems: ConditionProblem[] };

/**
 * Compiles a CEL condition, or says everything that is wrong with it. Neither this nor the condition ever throws.
 *
 * @param parameters the parameters of the pack that the condition stands in; null in a file that is no pack
 */
export function compileCondition(text: string, parameters: ParameterValues | null = null): CompiledCondition {
  let parsed: ParseResult;
  try {
    parsed = (parameters === null ? ENVIRONMENT : PACK_ENVIRONMENT).parse(text);
  } catch (error) {
    return refuse([
      { offset: offsetOf(error), message: `the condition cannot be read: ${summary(error)}`, fix: SYNTAX_FIX },
    ]);
  }
  const problems: ConditionProblem[] = [];
  inspect(parsed.ast, problems, false);
  const params = parameters === null ? null : usedParameters(parsed.ast, parameters, problems);
  if (problems.length > 0) return refuse(problems);
  const checked = parsed.check();
  if (!checked.valid) {
    const message = `the condition is not sound: ${summary(checked.error)}`;
    return refuse([
      {
        offset: offsetOf(checked.error),
        message,
        fix: `use the variables ${VARIABLES.join(', ')} and compare like with like`,
      },
    ]);
  }
  if (checked.type !== 'bool' && checked.type !== 'dyn') {
    const message = `the condition gives ${checked.type ?? 'something'}, not true or false`;
    return refuse([{ offset: 0, message, fix: 'compare it with something' }]);
  }
  if (checked.type === 'dyn') {
    const message = 'the condition gives a value that may not be true or false';
    return refuse([{ offset: 0, message, fix: 'compare it, e.g. with == true' }]);
  }
  const condition: Condition =
    params === null ? (variables) => run(parsed, variables) : (variables) => run(parsed, { ...variables, params });
  return { ok: true, condition, params, constant: constantOf(parsed.ast, runPart), ast: parsed.ast };
}

/** Parameters are used by their names alone, so that a misspelt one is found when the policy loads. */
function usedParameters(
  root: ASTNode,
  parameters: ParameterValues,
  problems: ConditionProblem[],
): Record<string, unknown> | null {
  const used: Record<string, unknown> = {};
  const visit = (node: ASTNode): void => {
    if (node.op === 'id' && node.args === 'params') {
      problems.push({ offset: node.start, message: 'params stands alone', fix: 'name one, e.g. params.maxRows' });
    }
    if (node.op !== '.' || node.args[0].op !== 'id' || node.args[0].args !== 'params') {
      for (const child of children(node)) visit(child);
      return;
    }
    const name = node.args[1];
    const value = parameters.get(name);
    if (value !== undefined) used[name] = value;
    else {
      const fix = `use one of ${[...parameters.keys()].join(', ')}`;
      problems.push({ offset: node.start, message: `there is no parameter ${name}`, fix });
    }
  };
  visit(root);
  return Object.keys(used).length === 0 ? null : used;
}

function run(parsed: ParseResult, variables: Record<string, unknown>): Truth {
  try {
    const value: unknown = parsed(variables);
    if (typeof value === 'boolean') return { ok: true, value };
    return { ok: false, error: 'it gave neither true nor false' };
  } catch (error) {
    return { ok: false, error: summary(error) };
  }
}

/** A part without variables gives the same whenever it is run; null where it gives no truth, or cannot stand alone. */
function runPart(text: string): boolean | null {
  try {
    const truth = run(ENVIRONMENT.parse(text), {});
    return truth.ok ? truth.value : null;
  } catch {
    return null;
  }
}

const SYNTAX_FIX = 'write it in CEL, e.g. args.count > 100 && has(args.table)';

function refuse(problems: ConditionProblem[]): CompiledCondition {
  return { ok: false, problems };
}

/** Walks the tree for what is refused although the library knows it. */
function inspect(node: ASTNode, problems: ConditionProblem[], insideComprehension: boolean): void {
  if (insideComprehension && node.op === 'id' && node.args === 'args') {
    const message = 'args stands inside a comprehension, where it would be searched once for each element';
    problems.push({ offset: node.start, message, fix: 'use only the element there, and test args outside' });
  }
  if (ARITHMETIC.has(node.op)) checkNumbers(node, problems);
  if (node.op === 'value') checkLiteral(node, problems);
  if (node.op === 'map') checkKeys(node.args, problems);
  if (node.op !== 'call' && node.op !== 'rcall') {
    for (const child of children(node)) inspect(child, problems, insideComprehension);
    return;
  }
  const name = node.args[0];
  const comprehension = node.op === 'rcall' && COMPREHENSIONS.has(name);
  if (!FUNCTIONS.has(name)) problems.push(unknownFunction(node, name));
  else if (comprehension && insideComprehension) {
    const message = `${name}() stands inside another comprehension`;
    problems.push({ offset: node.start, message, fix: 'split it into rules of their own' });
  }
  if (node.op === 'rcall') inspect(node.args[1], problems, insideComprehension);
  for (const argument of node.op === 'rcall' ? node.args[2] : node.args[1]) {
    inspect(argument, problems, insideComprehension || comprehension);
  }
}

function unknownFunction(node: ASTNode, name: string): ConditionProblem {
  const fix =
    name === 'matches'
      ? 'use startsWith, endsWith, contains or ==; a pattern can take seconds on a hostile text'
      : `use one of ${[...FUNCTIONS].join(', ')}`;
  return { offset: node.start, message: `the function ${name} is not available`, fix };
}

/** Numbers in arguments are doubles; `args.count + 1` mixes them with an int and would fail at run time. */
function checkNumbers(node: ASTNode, problems: ConditionProblem[]): void {
  const operands = children(node);
  const whole = operands.find((operand) => operand.op === 'value' && typeof operand.args === 'bigint');
  const field = operands.some((operand) => operand.op === '.' || operand.op === '[]' || operand.op === 'id');
  if (whole && field) {
    const message = `the whole number ${whole.input.slice(whole.start, whole.end)} meets a number of the arguments, which is a double`;
    problems.push({ offset: whole.start, message, fix: 'write it with a point, e.g. 1.0' });
  }
}

/** Arguments are JSON: nothing in them is unsigned or bytes, and the engines do not agree on how these compare. */
function checkLiteral({ args: value, start }: Extract<ASTNode, { op: 'value' }>, problems: ConditionProblem[]): void {
  if (value === null || typeof value !== 'object') return;
  const message = 'a literal is unsigned or bytes, which no argument is';
  problems.push({ offset: start, message, fix: 'write a number without u, or a text without b' });
}

function checkKeys(entries: readonly [ASTNode, ASTNode][], problems: ConditionProblem[]): void {
  for (const [key] of entries) {
    if (key.op === 'value' && typeof key.args === 'string') continue;
    problems.push({ offset: key.start, message: 'the key of a map is no text', fix: 'write it in quotes' });
  }
}

function children(node: ASTNode): ASTNode[] {
  const found: ASTNode[] = [];
  collect(node.args, found);
  return found;
}

function collect(value: unknown, found: ASTNode[]): void {
  if (Array.isArray(value)) for (const one of value) collect(one, found);
  else if (isNode(value)) found.push(value);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'start' in value;
}

function offsetOf(error: unknown): number {
  const range =
    error instanceof Error && 'range' in error ? (error.range as { start?: number } | undefined) : undefined;
  return range?.start ?? 0;
}

function summary(error: unknown): string {
  if (error instanceof Error && 'summary' in error && typeof error.summary === 'string') return error.summary;
  return error instanceof Error ? error.message : String(error);
}
