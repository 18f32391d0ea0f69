import { stringify } from 'yaml';

/**
 * The configuration of a Temporal server whose four services share one process and listen on 127.0.0.1 only.
 * @param {{ postgres: { port: number, user: string, password: string }, ports: readonly number[], dynamicConfig: string }} options nine ports
 * @returns {string} YAML
 */
export function temporalConfig({ postgres, ports, dynamicConfig }) {
  const [http, ...rest] = ports;
  const services = ['frontend', 'history', 'matching', 'worker'];
  const rpc = (index) => ({
    grpcPort: rest[index * 2],
    membershipPort: rest[index * 2 + 1],
    bindOnLocalHost: true,
    ...(index === 0 ? { httpPort: http } : {}),
  });
  return stringify({
    log: { stdout: true, level: 'warn' },
    persistence: {
      // As in docker-compose.yml: few shards serialise writes, and the number can never be changed later.
      numHistoryShards: 64,
      defaultStore: 'default',
      visibilityStore: 'visibility',
      datastores: {
        default: { sql: sqlStore(postgres, 'temporal', 40) },
        visibility: { sql: sqlStore(postgres, 'temporal_visibility', 20) },
      },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(services.map((name, index) => [name, { rpc: rpc(index) }])),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${rest[0]}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfig, pollInterval: '60s' },
  });
}

function sqlStore({ port, user, password }, databaseName, connections) {
  return {
    pluginName: 'postgres12',
    databaseName,
    connectAddr: `127.0.0.1:${port}`,
    connectProtocol: 'tcp',
    user,
    password,
    maxConns: connections,
    maxIdleConns: connections,
    maxConnLifetime: '1h',
  };
}
