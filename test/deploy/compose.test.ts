import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { noticesFileSchema } from '../../src/notices/config-schema.ts';
import { FIXES } from '../../src/settings/variables.ts';
import { ROOT, composeFile, read } from './compose-file.ts';
import { DOCUMENTED_VARIABLES } from './documented-variables.ts';

const compose = composeFile();
const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build !== undefined);
const text = read('docker-compose.yml');

/** What it does not pass on, and why. */
const LEFT_ALONE: Readonly<Record<string, string>> = {
  GATEHOUSE_OIDC_CLIENT_SECRET: 'a secret: in secrets.env',
  GATEHOUSE_CHECKPOINT_KEY: 'made in the volume of the workers',
  GATEHOUSE_CHECKPOINT_FILE: 'needs a place outside: an override mounts it',
  GATEHOUSE_PAYLOAD_KEYS: 'needs a file of secrets: an override mounts it',
  GATEHOUSE_PAYLOAD_PLAIN: 'goes with the keys',
  GATEHOUSE_TEMPORAL_UI_ORIGIN: 'goes with the keys',
  GATEHOUSE_METRICS_PORT: 'needs a network of the one who asks: an override gives both',
  GATEHOUSE_METRICS_HOST: 'goes with the port',
  GATEHOUSE_TEMPORAL_METRICS_PORT: 'goes with the port',
  GATEHOUSE_UNSIGNED_VERDICTS: 'for development',
  GATEHOUSE_TASK_QUEUE: 'there is one',
  GATEHOUSE_MAX_IN_FLIGHT: 'fits one machine',
};

describe('docker-compose.yml', () => {
  test('is valid by the schema of the Compose specification, and binds no port to every interface', () => {
    const linter = join(ROOT, 'node_modules/dclint/bin/dclint.cjs');
    const options = ['--config', join(ROOT, 'test/deploy/dclint.json'), '--formatter', 'json', '--max-warnings', '0'];
    const run = spawnSync(process.execPath, [linter, ...options, 'docker-compose.yml'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const results = z.array(z.object({ messages: z.array(z.unknown()) })).parse(JSON.parse(run.stdout));
    expect(results).toEqual([{ messages: [] }]);
    expect(run.status).toBe(0);
  });

  test('pins every image to a version', () => {
    const images = services.map(([, { image }]) => image).filter((image) => !image.startsWith('gatehouse:'));
    for (const image of images) expect(image).toMatch(/^[\w/-]+:\d+\.\d+(\.\d+)?(-\w+)?$/);
    expect(compose.services['temporal']?.image).toBe('temporalio/server:1.31.2');
  });

  test('gives an image only variables that it documents, or that a mounted script of ours reads', () => {
    for (const [name, service] of services.filter(([, { build }]) => build === undefined)) {
      const image = service.image.split(':')[0] ?? '';
      const documented = DOCUMENTED_VARIABLES[image]?.variables;
      expect({ name, known: documented !== undefined }).toEqual({ name, known: true });
      const scripts = service.volumes.flatMap(mountedScripts).join('\n');
      const strange = Object.keys(service.environment).filter(
        (variable) => !documented?.includes(variable) && !new RegExp(`\\b${variable}\\b`).test(scripts),
      );
      expect({ name, strange }).toEqual({ name, strange: [] });
    }
  });

  test('gives Gatehouse only variables that its settings know', () => {
    for (const [name, { environment }] of ours) {
      const known = [...Object.keys(FIXES), 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'];
      const strange = Object.keys(environment).filter((variable) => !known.includes(variable));
      expect({ name, strange }).toEqual({ name, strange: [] });
    }
  });

  test('passes on every variable that an installation may want to set', () => {
    const passed = new Set(ours.flatMap(([, { environment }]) => Object.keys(environment)));
    const missing = Object.keys(FIXES).filter((variable) => !passed.has(variable) && !(variable in LEFT_ALONE));
    expect(missing).toEqual([]);
    expect(Object.keys(LEFT_ALONE).filter((variable) => passed.has(variable))).toEqual([]);
  });

  test('tells the API and the worker the same of people, and lets the worker alone out to tell them', () => {
    const { api, worker, executor } = compose.services;
    for (const variable of ['GATEHOUSE_NOTICES', 'GATEHOUSE_PUBLIC_URL']) {
      expect(api?.environment[variable]).toBe(`\${${variable}:-}`);
      expect(worker?.environment[variable]).toBe(api?.environment[variable]);
      expect(executor?.environment).not.toHaveProperty(variable);
    }
    const outside = services.filter(([, { networks }]) => networks.includes('outward')).map(([name]) => name);
    expect(outside).toEqual(['worker']);
    expect(compose.networks['outward']?.internal).not.toBe(true);
  });

  test('mounts an example of who is told that can be used once its secret is there', () => {
    const example = parse(read('deploy/notices/notices.yaml')) as unknown;
    const { channels, routes } = noticesFileSchema.parse(example);
    expect(routes.flatMap(({ to }) => to)).toEqual(Object.keys(channels));
  });

  test('has every variable that it reads in .env.example, and .env.example has no others', () => {
    const used = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    const example = new Set([...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name));
    // Compose itself reads the profiles.
    example.delete('COMPOSE_PROFILES');
    expect([...example].sort()).toEqual([...used].sort());
  });

  test('has no password in the clear: each is required, and empty in the example', () => {
    const example = read('.env.example');
    const secrets = [
      'POSTGRES_PASSWORD',
      'TEMPORAL_DB_PASSWORD',
      'GATEHOUSE_DB_PASSWORD',
      'GATEHOUSE_VERDICT_KEY_FILE',
    ];
    for (const secret of secrets) {
      expect(text).toContain(`\${${secret}:?`);
      expect(text).not.toMatch(new RegExp(`\\$\\{${secret}(:-|-|\\})`));
      expect(example).toMatch(new RegExp(`^${secret}=$`, 'm'));
    }
    const passwords = services.flatMap(([, { environment }]) =>
      Object.entries(environment).filter(([variable]) => /PASSWORD|PWD|SECRET/.test(variable)),
    );
    expect(passwords.length).toBeGreaterThan(0);
    for (const [, value] of passwords) expect(value).toMatch(/^\$\{\w+:\?[^}]+\}$/);
  });

  test('publishes only the API and the Temporal UI, on this machine alone', () => {
    const published = services.filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name]) => name).sort()).toEqual(['api', 'temporal-ui']);
    for (const [, { ports }] of published) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('lets nothing but Gatehouse, its jobs and the UI reach Temporal and PostgreSQL', () => {
    const on = (network: string): string[] =>
      services.filter(([, { networks }]) => networks.includes(network)).map(([name]) => name);
    expect(on('store').sort()).toEqual(['api', 'postgresql', 'temporal', 'temporal-schema', 'worker']);
    expect(on('temporal').sort()).toEqual([
      'api',
      'executor',
      'temporal',
      'temporal-namespace',
      'temporal-ui',
      'worker',
    ]);
    expect(on('agents')).toEqual(['api']);
    expect(compose.networks['store']?.internal).toBe(true);
    expect(compose.networks['temporal']?.internal).toBe(true);
  });

  test('keeps the key that signs verdicts from all but the API, and the store from the executor', () => {
    const holders = services.filter(([, { environment }]) => 'GATEHOUSE_VERDICT_KEY' in environment);
    expect(holders.map(([name]) => name)).toEqual(['api']);
    expect(compose.services['executor']?.environment).not.toHaveProperty('DATABASE_URL');
  });

  test('starts each service after what it needs, by a condition that the other can meet', () => {
    for (const [name, { depends_on: needs }] of services) {
      for (const [other, { condition }] of Object.entries(needs)) {
        const service = compose.services[other];
        const canMeet =
          condition === 'service_healthy' ? service?.healthcheck !== undefined : service?.command !== undefined;
        expect({ name, other, canMeet }).toEqual({ name, other, canMeet: true });
      }
    }
    expect(compose.services['api']?.depends_on).toMatchObject({
      postgresql: { condition: 'service_healthy' },
      'temporal-namespace': { condition: 'service_completed_successfully' },
    });
  });

  test('mounts only files that are there', () => {
    const sources = services
      .flatMap(([, { volumes }]) =>
        volumes.map((volume) => volume.replace(/\$\{\w+:-([^}]*)\}/, '$1').split(':')[0] ?? ''),
      )
      .filter((source) => source.startsWith('.'));
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources)
      expect({ source, exists: existsSync(join(ROOT, source)) }).toEqual({ source, exists: true });
  });
});

function mountedScripts(volume: string): string[] {
  const source = volume.split(':')[0] ?? '';
  if (!source.startsWith('./deploy/')) return [];
  const scripts = readdirSync(join(ROOT, source)).filter((file) => file.endsWith('.sh'));
  return scripts.map((file) => read(join(source, file)));
}
