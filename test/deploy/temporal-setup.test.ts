import { searchAttributeKeys } from '../../src/workflows/search-attributes.ts';
import { composeFile, read } from './compose-file.ts';

const attributes = searchAttributeKeys.map(({ name }) => name).sort();
const namespaceScript = read('deploy/temporal/create-namespace.sh');

describe('the setup of Temporal in production', () => {
  test('registers the search attributes that the workflow sets', () => {
    const byJob = [...namespaceScript.matchAll(/--name (\w+) --type (\w+)/g)];
    expect(byJob.map(([, name]) => name).sort()).toEqual(attributes);
    expect(new Set(byJob.map(([, , type]) => type))).toEqual(new Set(['Keyword']));
    expect(new Set(searchAttributeKeys.map(({ type }) => type))).toEqual(new Set(['KEYWORD']));
    const inStack = [...read('scripts/production/namespace.mjs').matchAll(/^ {2}'(Gatehouse\w+)'/gm)];
    expect(inStack.map(([, name]) => name).sort()).toEqual(attributes);
  });

  test('is the same version in the containers and in the stack for tests', () => {
    const version = /TEMPORAL_SERVER_VERSION = '([\d.]+)'/.exec(read('scripts/production/server-binaries.mjs'))?.[1];
    const images = Object.values(composeFile().services).map(({ image }) => image);
    expect(images).toContain(`temporalio/server:${version}`);
    expect(images).toContain(`temporalio/admin-tools:${version}`);
  });

  test('uses the same number of history shards in the containers and in the stack for tests', () => {
    const shards = composeFile().services['temporal']?.environment['NUM_HISTORY_SHARDS'];
    expect(read('scripts/production/temporal-config.mjs')).toContain(`numHistoryShards: ${shards},`);
  });
});
