// Reads [{ file, code }] as JSON on standard input and prints, for each, the messages of the rules that it breaks.
// A process of its own, because ESLint loads its configuration in a way that jest's module system does not allow.
import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const cwd = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
// The snippets are no files of the project, so rules that need types cannot look at them.
const eslint = new ESLint({ cwd, overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }] });
const answers = [];
for (const { file, code } of JSON.parse(readFileSync(0, 'utf8'))) {
  const [result] = await eslint.lintText(code, { filePath: resolve(cwd, file) });
  answers.push(result.messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}
process.stdout.write(JSON.stringify(answers));
