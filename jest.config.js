/** TypeScript without its types; `.tsx` alone may hold markup. */
const swc = (tsx) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx },
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    },
    module: { type: 'commonjs' },
  },
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test', '<rootDir>/sdk/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '\\.tsx$': swc(true), '\\.(ts|[cm]?js)$': swc(false) },
  // These packages ship ES modules only; everything else is taken as it is.
  transformIgnorePatterns: [
    '/node_modules/(?!(@guanmingchiu/sqlparser-ts|@marcbachmann/cel-js|@secretlint/secretlint-rule-preset-recommend|@vscode/tree-sitter-wasm|@bufbuild/cel|@bufbuild/cel-spec|canonicalize|hyparquet|hyparquet-writer|jose|oauth4webapi|openid-client|preact)/)',
  ],
  moduleNameMapper: {
    // Exports an import condition alone, which jest does not ask for.
    '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js',
    '^@gatehouse/sdk$': '<rootDir>/sdk/src/index.ts',
    '^@gatehouse/sdk/contract$': '<rootDir>/sdk/src/contract/index.ts',
  },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testTimeout: 30_000,
};
