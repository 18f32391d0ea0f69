import { createInterface } from 'node:readline';
import type { Output, Terminal } from './terminal.ts';

/** Asks a person a question; only `y` or `yes` is a yes. The end of input and Ctrl-C are a no. */
export function confirm(terminal: Terminal, output: Output, question: string): Promise<boolean> {
  const lines = createInterface({ input: terminal.stdin, output });
  return new Promise((resolve) => {
    lines.once('close', () => {
      resolve(false);
    });
    lines.once('SIGINT', () => {
      output.write('\n');
      lines.close();
    });
    lines.question(`${question} [y/N] `, (answer) => {
      resolve(/^\s*y(es)?\s*$/i.test(answer));
      lines.close();
    });
  });
}
