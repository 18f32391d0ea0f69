import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import { hasExactly, takeApart, valuesOf } from '../words/options.ts';
import { scriptOf } from './wrappers.ts';

const VALUED = new Set(
  '-p --package -c --call --from --with --python -w --workspace --index-url --registry'.split(' '),
);

/** `npx tool …`, `uvx tool …`: a program of a registry, which may be one that is known. */
export function packageRunner(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: VALUED, stopsAtPlain: true });
  if (hasExactly(options, ['--help', '--version', '-h', '-v']))
    return [deed('look', call.at, `asks "${call.name}" for help`)];
  const [tool, ...rest] = options.plain;
  const scripts = valuesOf(options, '-c', '--call').flatMap((text) => scriptOf(text, call));
  const inner =
    tool === undefined
      ? []
      : call.reading.argv([{ ...tool, text: tool.text.replace(/(?<=.)@[^/]*$/, '') }, ...rest], call.input);
  return [deed('run', call.at, `"${call.name}" runs a program of a registry`, { kind: 'code' }), ...scripts, ...inner];
}

/** `java -jar tool.jar …`: a tool by the name of its archive. Undefined leaves everything else to the table. */
export function jar(call: Call): Deed[] | undefined {
  const at = call.args.findIndex((arg) => arg.text === '-jar');
  const archive = call.args[at + 1];
  if (at < 0 || archive === undefined) return undefined;
  const tool = { ...archive, text: archive.text.replace(/^.*[\\/]/, '').replace(/\.jar$/, '') };
  const outer = deed('run', call.at, `runs the program "${archive.text.slice(0, 60)}"`, { kind: 'code' });
  return [outer, ...call.reading.argv([tool, ...call.args.slice(at + 2)], call.input)];
}
