import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Settings } from '../../settings.ts';
import { cachedBinaryPath } from '../../temporal/binary.ts';
import { hasGo } from '../../temporal/binary-build.ts';
import { binaryVersion, CLI_VERSION, NEEDED_SERVER } from '../../temporal/binary-version.ts';
import { connectTemporal, localTarget } from '../../temporal/connect.ts';
import type { ServerTarget, TemporalLink } from '../../temporal/connect.ts';
import { runningEmbedded } from '../../temporal/embedded-record.ts';
import { isGrpc } from '../../temporal/grpc.ts';
import { searchAttributeKeys } from '../../workflows/search-attributes.ts';
import type { Check } from './check.ts';
import { caution, fail, ok, reasonOf } from './check.ts';

const CALL_MS = 5_000;
const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;

/** Whether the server that we would start is there. Downloads and builds nothing. */
export async function checkBinary(
  { temporal: target }: Pick<Settings, 'temporal'>,
  env: NodeJS.ProcessEnv,
): Promise<Check> {
  const name = 'temporal binary';
  if (target.kind === 'server') return ok(name, `not needed: the server at ${target.address} is used`);
  const places = [
    ...(env['PATH'] ?? '')
      .split(delimiter)
      .filter((folder) => folder !== '')
      .map((folder) => join(folder, 'temporal')),
    cachedBinaryPath(env),
  ];
  for (const place of places) {
    if (!(await isExecutable(place))) continue;
    const version = await binaryVersion(place);
    if (version?.supported === true) return ok(name, `${place}, server ${version.server}`);
  }
  const how = (await hasGo(env)) ? 'downloads it or builds it with Go (about six minutes, once)' : 'downloads it';
  return caution(
    name,
    `no Temporal CLI with server ${NEEDED_SERVER} or newer on PATH or in ${cachedBinaryPath(env)}`,
    `The first start ${how}; or put the Temporal CLI ${CLI_VERSION} on PATH, or set TEMPORAL_ADDRESS.`,
  );
}

/** Whether the Temporal server answers, and has the namespace and the search attributes. Registers nothing. */
export async function checkTemporal(settings: Pick<Settings, 'temporal' | 'dataDir'>): Promise<Check[]> {
  const target = serverTarget(settings);
  if (target === undefined) {
    const says = `no embedded server runs on ${settings.dataDir}`;
    return [caution('temporal server', says, 'Start it with `npm start` or `gatehouse up`, or set TEMPORAL_ADDRESS.')];
  }
  let link: TemporalLink;
  try {
    link = await connectTemporal(target, { boundMs: CALL_MS });
  } catch (error) {
    return [fail('temporal server', reasonOf(error), 'Start it, or correct TEMPORAL_ADDRESS and its credentials.')];
  }
  try {
    const { connection, namespace, address } = link;
    return [
      ok('temporal server', address),
      await checkNamespace(connection, namespace),
      await checkSearchAttributes(connection, namespace),
    ];
  } finally {
    await link.connection.close();
  }
}

function serverTarget({ temporal: target, dataDir }: Pick<Settings, 'temporal' | 'dataDir'>): ServerTarget | undefined {
  if (target.kind === 'server') return target;
  const running = runningEmbedded(dataDir);
  return running === undefined ? undefined : localTarget(running.address, target.namespace);
}

async function checkNamespace(connection: Connection, namespace: string): Promise<Check> {
  const name = 'temporal namespace';
  try {
    await bounded(connection, () => connection.workflowService.describeNamespace({ namespace }));
    return ok(name, namespace);
  } catch (error) {
    if (isGrpc(error, 'notFound')) return caution(name, `${namespace} does not exist`, 'The next start registers it.');
    if (isGrpc(error, 'permissionDenied', 'unimplemented'))
      return ok(name, `${namespace}, which the server does not describe`);
    return fail(name, reasonOf(error), 'Check TEMPORAL_NAMESPACE and the credentials.');
  }
}

async function checkSearchAttributes(connection: Connection, namespace: string): Promise<Check> {
  const name = 'search attributes';
  try {
    const { customAttributes: present } = await bounded(connection, () =>
      connection.operatorService.listSearchAttributes({ namespace }),
    );
    const names = searchAttributeKeys.map((key) => key.name);
    const wrong = names.filter((key) => key in present && present[key] !== KEYWORD);
    const missing = names.filter((key) => !(key in present));
    if (wrong.length > 0)
      return fail(name, `not of type Keyword: ${wrong.join(', ')}`, 'Use another namespace (TEMPORAL_NAMESPACE).');
    if (missing.length > 0)
      return caution(name, `missing: ${missing.join(', ')}`, 'The next start adds them where it may.');
    return ok(name, `all ${names.length} are there`);
  } catch (error) {
    if (isGrpc(error, 'notFound')) return caution(name, 'the namespace does not exist', 'The next start adds them.');
    return caution(name, `the server does not tell (${reasonOf(error)})`, 'The start checks them.');
  }
}

function bounded<T>(connection: Connection, call: () => Promise<T>): Promise<T> {
  return connection.withDeadline(Date.now() + CALL_MS, call);
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
