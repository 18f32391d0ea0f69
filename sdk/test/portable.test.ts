import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(__dirname, '../src');

describe('the source of the SDK', () => {
  const all = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  // What checks an exported record is a program for Node, and what an agent imports does not reach it.
  const program = all.filter((file) => file.startsWith('verify/'));
  const files = all.filter((file) => !program.includes(file));

  it.each(files)('%s imports nothing but its own files and zod', (file) => {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
    expect(imports.filter((name) => name !== 'zod' && !name?.startsWith('.'))).toEqual([]);
  });

  it.each(files)('%s uses nothing that only Node has', (file) => {
    const code = readFileSync(join(SOURCE, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    expect(code).not.toMatch(/\b(process|Buffer|__dirname|__filename|require|setImmediate|global)\b[.(]/);
  });

  it.each(program)('%s imports nothing but its own files and Node', (file) => {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    const imports = [...text.matchAll(/from\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    expect(imports.filter((name) => !name.startsWith('node:') && !name.startsWith('./'))).toEqual([]);
  });

  it('depends on zod alone', () => {
    const manifest = JSON.parse(readFileSync(join(SOURCE, '../package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(manifest.dependencies)).toEqual(['zod']);
  });
});
