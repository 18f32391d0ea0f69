import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, composeFile, read } from './compose-file.ts';

const dockerfile = read('Dockerfile');
const instructions = dockerfile.split('\n').filter((line) => /^[A-Z]+ /.test(line));

describe('the Dockerfile', () => {
  test('copies only files that are there and that .dockerignore lets through', () => {
    const sources = instructions
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(sources).toContain('src');
    const letIn = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}(/|$)`));
    for (const source of sources) {
      const exists = existsSync(join(ROOT, source));
      const included = letIn.some((pattern) => pattern.test(source));
      expect({ source, exists, included }).toEqual({ source, exists: true, included: true });
    }
  });

  test('takes out of its build stage only what that stage copied in or made', () => {
    const made = ['/app/node_modules', '/app/dist', '/app/sdk/dist', '/app/sdk/package.json'];
    const taken = instructions.filter((line) => line.includes('--from=build')).map((line) => line.split(/\s+/)[2]);
    expect(taken.sort()).toEqual(made.sort());
  });

  test('pins its base image, which has glibc, and runs as a user who is not root', () => {
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:20\.\d+\.\d+-bookworm-slim$/m);
    const stages = instructions.filter((line) => line.startsWith('FROM '));
    for (const stage of stages) expect(stage).toMatch(/^FROM \$\{NODE_IMAGE\}/);
    const users = instructions.filter((line) => line.startsWith('USER '));
    expect(users.at(-1)).toBe('USER node');
  });

  test('starts the program itself, without a shell that would keep signals from it', () => {
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", "dist\/cli\/main\.js"\]$/m);
    expect(dockerfile).toMatch(/^CMD \["api"\]$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK .*CMD \["node", "deploy\/healthcheck\.mjs"\]$/m);
  });

  test('has the program that package.json names, and compose uses only commands that the program has', () => {
    const manifest: unknown = JSON.parse(read('package.json'));
    expect(manifest).toMatchObject({ bin: { gatehouse: 'dist/cli/main.js' } });
    const source = readdirSync(join(ROOT, 'src/cli'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(ROOT, 'src/cli', file), 'utf8'))
      .join('\n');
    const commands = Object.values(composeFile().services)
      .filter(({ build }) => build !== undefined)
      .map(({ command }) => command ?? []);
    expect(commands).toEqual([['api'], ['worker'], ['worker', '--executors']]);
    for (const [name, ...options] of [...commands, ['keys']]) {
      expect(source).toMatch(new RegExp(`(command|Command)\\(\\s*['"\`]${name}\\b`));
      for (const option of options) expect(source).toMatch(new RegExp(`['"\`]${option}\\b`));
    }
  });
});
