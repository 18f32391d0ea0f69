import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(__dirname, '../src');

describe('the source of the SDK', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

  it.each(files)('%s imports nothing but its own files and zod', (file) => {
    const text = readFileSync(join(SOURCE, file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]);
    expect(imports.filter((name) => name !== 'zod' && !name?.startsWith('.'))).toEqual([]);
  });

  it.each(files)('%s uses nothing that only Node has', (file) => {
    const code = readFileSync(join(SOURCE, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
    expect(code).not.toMatch(/\b(process|Buffer|__dirname|__filename|require|setImmediate|global)\b[.(]/);
  });

  it('depends on zod alone', () => {
    const manifest = JSON.parse(readFileSync(join(SOURCE, '../package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(manifest.dependencies)).toEqual(['zod']);
  });
});
