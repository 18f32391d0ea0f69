/** The Temporal server and the workflow bundle that the test run shares. */
export interface TestTemporal {
  address: string;
  namespace: string;
  /** A prebuilt bundle, for `workflowBundle: { codePath: bundlePath }`. */
  bundlePath: string;
}

/** What the global setup started. Give every test file a task queue of its own: the namespace is shared. */
export function testTemporal(): TestTemporal {
  return {
    address: fromEnv('GATEHOUSE_TEST_TEMPORAL'),
    namespace: fromEnv('GATEHOUSE_TEST_NAMESPACE'),
    bundlePath: fromEnv('GATEHOUSE_TEST_BUNDLE'),
  };
}

function fromEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: run the tests with the repository's jest.config.js`);
  return value;
}
