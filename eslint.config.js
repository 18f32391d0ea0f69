import comments from '@eslint-community/eslint-plugin-eslint-comments';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { readFileSync } from 'node:fs';

// Who may import whom inside `src`: a room that a row does not name may not be imported. `test/lint.test.ts` proves that
// each direction is held. `pure` rooms compute and do nothing else: no I/O, no clock, no chance, no Temporal.
const { mayImport: MAY_IMPORT, pure: PURE } = JSON.parse(
  readFileSync(new URL('./scripts/layers.json', import.meta.url), 'utf8'),
);
const ROOMS = Object.keys(MAY_IMPORT);
const forbiddenTo = (room) => ROOMS.filter((other) => other !== room && !MAY_IMPORT[room].includes(other));

const NO_REACHING_INTO_SDK = {
  regex: '(^|/)sdk/(src|dist)(/|$)',
  message: 'Take the contract from @gatehouse/sdk.',
};

const NO_IO = [
  { regex: '^node:(?!crypto$)', message: 'This room is pure: only node:crypto, for digests.' },
  {
    regex: '^(@temporalio/.*|pg|libsql|kysely|express|pino|fs|net|http|https|child_process|os|path)$',
    message: 'This room is pure: no I/O, no clock, no Temporal.',
  },
];

/** A room is a folder of `src`, a file beside it, or both (`settings.ts` and `settings/`). */
const inFolder = (room) => `src/${room}/**/*.{ts,tsx}`;
const besideFolder = (room) => `src/${room}.ts`;

const forbiddenPatterns = (room, up) =>
  forbiddenTo(room).map((other) => ({
    regex: `^${up}${other}(/|\\.ts$|$)`,
    message: `src/${room} may not import src/${other} (scripts/layers.json).`,
    // A type costs nothing at run time.
    allowTypeImports: true,
  }));

const restrictImports = (patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: [NO_REACHING_INTO_SDK, ...patterns] }],
});

const directions = ROOMS.filter((room) => room !== 'workflows').flatMap((room) => {
  const always = PURE.includes(room) ? NO_IO : [];
  return [
    { files: [inFolder(room)], rules: restrictImports([...forbiddenPatterns(room, '(\\.\\./)+'), ...always]) },
    { files: [besideFolder(room)], rules: restrictImports([...forbiddenPatterns(room, '\\./'), ...always]) },
  ];
});

const workflows = {
  name: 'directions/workflows',
  files: [inFolder('workflows')],
  rules: restrictImports([
    {
      regex: '^(?!\\./|@temporalio/(workflow|common)$)',
      message: 'Workflow code imports only @temporalio/workflow, its own folder, and types.',
      allowTypeImports: true,
    },
  ]),
};

const sdk = {
  name: 'directions/sdk',
  files: ['sdk/src/**/*.ts'],
  rules: restrictImports([
    { regex: '^(?!\\.|zod$|zod/)', message: 'The SDK depends on zod alone, and runs where Node is not.' },
    { regex: '(\\.\\./)+src/', message: 'The SDK imports nothing of the server.' },
  ]),
};

// A program of its own that runs on Node alone; nothing of the SDK imports it.
const sdkVerify = {
  name: 'directions/sdk/verify',
  files: ['sdk/src/verify/*.ts'],
  rules: restrictImports([
    { regex: '^(?!\\./|node:)', message: 'The verifier stands alone: Node and its own folder.' },
  ]),
};

const pure = {
  name: 'pure rooms',
  files: PURE.map(inFolder),
  rules: {
    'no-restricted-globals': [
      'error',
      ...['Date', 'performance', 'process', 'fetch', 'console', 'setTimeout', 'setInterval', 'setImmediate'].map(
        (name) => ({
          name,
          message: 'This room is pure: pass what it needs as an argument.',
        }),
      ),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Math', property: 'random', message: 'This room is pure: the same input gives the same answer.' },
    ],
  },
};

// TypeScript knows the globals of its files; the plain scripts need them listed.
const NODE_GLOBALS = [
  ...['AbortController', 'AbortSignal', 'Buffer', 'TextDecoder', 'TextEncoder', 'URL', 'URLSearchParams', 'console'],
  ...[
    'clearInterval',
    'clearTimeout',
    'fetch',
    'performance',
    'process',
    'setInterval',
    'setTimeout',
    'structuredClone',
  ],
];

// What the console's script finds in a browser.
const BROWSER_GLOBALS = ['EventSource', 'XMLHttpRequest', 'document', 'location'];

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', 'coverage/', '.gatehouse/', 'bench/results/']),
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Numbers and booleans read well in messages; objects and undefined do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => emitter.emit(...)` in one line is clear enough.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `async` without `await` turns a throw into a rejection, which is what a promised interface owes its caller.
      '@typescript-eslint/require-await': 'off',
      // `env['NAME']` is what noPropertyAccessFromIndexSignature would ask for.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    plugins: { 'eslint-comments': comments },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 350 }],
      'eslint-comments/require-description': 'error',
      'eslint-comments/no-unlimited-disable': 'error',
      'eslint-comments/disable-enable-pair': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'List what is public by name.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
      ],
    },
  },
  { files: ['src/*.ts'], rules: restrictImports([]) },
  ...directions,
  workflows,
  sdk,
  sdkVerify,
  pure,
  {
    files: ['test/**/*.ts', 'sdk/test/**/*.ts'],
    rules: {
      // expect.objectContaining and its kind are typed `any` by jest.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])),
    },
  },
  {
    files: ['src/console/assets/*.js'],
    languageOptions: { globals: Object.fromEntries(BROWSER_GLOBALS.map((name) => [name, 'readonly'])) },
  },
);
