import path from 'node:path';
import ts from 'typescript';
import { formatProblem, parsePolicy } from '../../src/policy/index.ts';
import { codeBlocks, PAGES, ROOT, type CodeBlock } from './support/pages.ts';

/** What the examples take as given: the reader's own code, and what an example before them made. */
const GIVEN = `
import type * as sdk from '@gatehouse/sdk';
declare global {
  const gatehouse: sdk.Gatehouse;
  const ActionPendingError: typeof sdk.ActionPendingError;
  const agentKey: string, type: string, target: string, idempotencyKey: string;
  const context: sdk.JsonObject;
  const shop: { deleteInactive(table: string, count: number): Promise<number> };
  function deleteInactive(table: string, count: number, signal?: AbortSignal): Promise<number>;
  function act(args: sdk.JsonObject): Promise<void>;
  function tellUser(text: string): void;
  function later(key: string): void;
  function explain(reason: string, rule: string | null): void;
}
`;

const examples = PAGES.flatMap(codeBlocks).filter(({ language }) => language === 'ts');
const policies = PAGES.flatMap(codeBlocks).filter(({ language, text }) => language === 'yaml' && /^rules:/m.test(text));
const titled = (blocks: readonly CodeBlock[]) =>
  blocks.map((block) => ({ ...block, title: `${block.page}:${block.line}` }));

/** Modules stand as they are; a fragment becomes the body of a function. */
function asModule({ text }: CodeBlock): string {
  return /^(import|export) /m.test(text) ? text : `export async function example() {\n${text}\n}`;
}

function compile(blocks: readonly CodeBlock[]): Map<string, string[]> {
  const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.check.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  const given = path.join(ROOT, 'test/docs/given.d.ts');
  const files = new Map([[given, GIVEN]]);
  const nameOf = ({ page, line }: CodeBlock) =>
    path.join(ROOT, path.dirname(page), `example-${path.basename(page)}-${line}.ts`);
  for (const block of blocks) files.set(nameOf(block), asModule(block));
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options: {
      ...options,
      noUnusedLocals: false,
      paths: {
        ...options.paths,
        'gatehouse/executors': ['./src/activities/executors/index.ts'],
        gatehouse: ['./src/index.ts'],
      },
    },
    host: hostWith(files, options),
  });
  const broken = new Map<string, string[]>();
  for (const block of blocks) {
    const source = program.getSourceFile(nameOf(block));
    const found =
      source === undefined
        ? []
        : [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    broken.set(
      `${block.page}:${block.line}`,
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    );
  }
  return broken;
}

function hostWith(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const base = ts.createCompilerHost(options);
  return {
    ...base,
    fileExists: (file) => files.has(file) || base.fileExists(file),
    readFile: (file) => files.get(file) ?? base.readFile(file),
    getSourceFile: (file, language, ...rest) => {
      const text = files.get(file);
      return text === undefined
        ? base.getSourceFile(file, language, ...rest)
        : ts.createSourceFile(file, text, language);
    },
  };
}

describe('the code on the pages', () => {
  let broken: Map<string, string[]>;
  beforeAll(() => {
    broken = compile(examples);
  }, 120_000);

  test('is there to be compiled', () => expect(examples.length).toBeGreaterThanOrEqual(6));

  test.each(titled(examples))('$title compiles', ({ title }) => {
    expect(broken.get(title)).toEqual([]);
  });

  test.each(titled(policies))('$title is a sound policy', ({ page, text }) => {
    const parsed = parsePolicy([{ path: page, text }]);
    expect(parsed.ok ? [] : parsed.problems.map(formatProblem)).toEqual([]);
  });
});
