import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface Layers {
  mayImport: Record<string, string[]>;
  pure: string[];
}

const layers = JSON.parse(readFileSync(resolve(import.meta.dirname, '../scripts/layers.json'), 'utf8')) as Layers;
const ROOMS = Object.keys(layers.mayImport);
const allowedTo = (room: string) => layers.mayImport[room] ?? [];
const forbiddenTo = (room: string) => ROOMS.filter((other) => other !== room && !allowedTo(room).includes(other));

interface Snippet {
  name: string;
  file: string;
  code: string;
  /** Part of the one message that is expected, or undefined when the code is fine. */
  breaks: string | undefined;
}

const RESTRICTED = '@typescript-eslint/no-restricted-imports';
const use = (from: string) => `import { thing } from '${from}';\nexport const used = thing;\n`;
const useType = (from: string) => `import type { Thing } from '${from}';\nexport type Used = Thing;\n`;

const directions = ROOMS.filter((room) => room !== 'workflows').flatMap((room): Snippet[] => {
  const file = `src/${room}/snippet.ts`;
  return [
    ...forbiddenTo(room).map((other) => ({
      name: `src/${room} may not import src/${other}`,
      file,
      code: use(`../${other}/thing.ts`),
      breaks: `src/${room} may not import src/${other}`,
    })),
    ...allowedTo(room).map((other) => ({
      name: `src/${room} may import src/${other}`,
      file,
      code: use(`../${other}/thing.ts`),
      breaks: undefined,
    })),
  ];
});

const purity = layers.pure.flatMap((room): Snippet[] => [
  { name: `src/${room} may not read files`, file: `src/${room}/snippet.ts`, code: use('node:fs'), breaks: 'is pure' },
  { name: `src/${room} may not open a database`, file: `src/${room}/snippet.ts`, code: use('pg'), breaks: 'is pure' },
  { name: `src/${room} may make digests`, file: `src/${room}/snippet.ts`, code: use('node:crypto'), breaks: undefined },
  {
    name: `src/${room} may not look at the clock`,
    file: `src/${room}/snippet.ts`,
    code: 'export const now = () => Date.now();\n',
    breaks: 'no-restricted-globals',
  },
  {
    name: `src/${room} may not throw dice`,
    file: `src/${room}/snippet.ts`,
    code: 'export const dice = () => Math.random();\n',
    breaks: 'no-restricted-properties',
  },
]);

const sandbox: Snippet[] = [
  ['may use @temporalio/workflow', use('@temporalio/workflow'), undefined],
  ['may use its own folder', use('./messages.ts'), undefined],
  ['may use the types of other rooms', useType('../activities/decide.ts'), undefined],
  ['may not load other rooms', use('../activities/decide.ts'), RESTRICTED],
  ['may not load zod', use('zod'), RESTRICTED],
  ['may not load the contract', use('@gatehouse/sdk'), RESTRICTED],
  ['may not load Node modules', use('node:crypto'), RESTRICTED],
].map(([name, code, breaks]) => ({
  name: `src/workflows ${name!}`,
  file: 'src/workflows/snippet.ts',
  code: code!,
  breaks,
}));

const sdk: Snippet[] = [
  ['may use zod', use('zod'), undefined],
  ['may not use Node modules', use('node:fs'), RESTRICTED],
  ['may not use other packages', use('express'), RESTRICTED],
  ['may not use the server', use('../../src/settings.ts'), RESTRICTED],
].map(([name, code, breaks]) => ({ name: `the SDK ${name!}`, file: 'sdk/src/snippet.ts', code: code!, breaks }));

const others: Snippet[] = [
  {
    name: 'the contract is taken from the package, not from its files',
    file: 'src/api/snippet.ts',
    code: use('../../sdk/src/contract/index.ts'),
    breaks: 'Take the contract from @gatehouse/sdk',
  },
  {
    name: 'a file beside the rooms keeps to the directions too',
    file: 'src/worker.ts',
    code: use('./cli/main.ts'),
    breaks: 'src/worker may not import src/cli',
  },
  {
    name: 'a file of a room may have the name of another room',
    file: 'src/store/snippet.ts',
    code: use('./settings.ts'),
    breaks: undefined,
  },
  { name: 'any is refused', file: 'src/api/snippet.ts', code: 'export const x: any = 1;\n', breaks: 'no-explicit-any' },
  {
    name: 'a disabled rule needs a reason',
    file: 'src/api/snippet.ts',
    code: '// eslint-disable-next-line no-console\nexport const x = 1;\n',
    breaks: 'require-description',
  },
  {
    name: 'nothing is exported wholesale',
    file: 'src/api/snippet.ts',
    code: "export * from './a.ts';\n",
    breaks: 'by name',
  },
  {
    name: 'a file has at most 350 lines',
    file: 'src/api/snippet.ts',
    code: '// line\n'.repeat(350) + 'export const x = 1;\n',
    breaks: 'max-lines',
  },
];

const snippets = [...directions, ...purity, ...sandbox, ...sdk, ...others];

describe('lint', () => {
  let answers: string[][] = [];

  beforeAll(() => {
    const script = resolve(import.meta.dirname, 'support/lint-snippets.mjs');
    const input = JSON.stringify(snippets.map(({ file, code }) => ({ file, code })));
    answers = JSON.parse(execFileSync(process.execPath, [script], { input, encoding: 'utf8' })) as string[][];
  });

  test.each(snippets.map(({ name, breaks }, index) => ({ name, breaks, index })))('$name', ({ breaks, index }) => {
    const messages = answers[index] ?? ['not linted'];
    if (breaks === undefined) expect(messages).toEqual([]);
    else expect(messages).toContainEqual(expect.stringContaining(breaks));
  });
});
