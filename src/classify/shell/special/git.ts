import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import { hasExactly, hasOption, takeApart, valuesOf } from '../words/options.ts';
import { touch } from '../read/paths.ts';

const GLOBAL = new Set(
  '-C -c --git-dir --work-tree --namespace --exec-path --config-env --super-prefix --attr-source'.split(' '),
);
/** Settings whose value is a command. */
const RUNS =
  /^(alias\.[\w.-]+|core\.(pager|editor|sshcommand|fsmonitor|askpass|hookspath)|sequence\.editor|diff\.external|diff\.\w+\.(command|textconv)|merge\.\w+\.driver|credential\.helper|gpg\.program|filter\.\w+\.(clean|smudge|process)|pager\.\w+|init\.templatedir|uploadpack\.packobjectshook)=(.*)$/is;

/**
 * What tables cannot say of git: settings given with `-c` that run commands, aliases, paths behind `checkout`, refs
 * behind `push`. Undefined leaves the rest to the table.
 */
export function git(call: Call): Deed[] | undefined {
  const global = takeApart(call.args, { valued: GLOBAL, stopsAtPlain: true });
  const [verb, ...rest] = global.plain;
  const settings = [...valuesOf(global, '-c'), ...valuesOf(global, '--config-env')];
  const special = settings.flatMap((arg) => setting(arg, verb, rest, call));
  const forced =
    settings.some((arg) => /^clean\.requireforce=(false|0|no|off)/i.test(arg.text)) &&
    verb?.text === 'clean' &&
    !/^-\w*n|^--dry-run$/.test(rest.map((arg) => arg.text).join(' '));
  if (forced) special.push(deed('lose', call.at, 'deletes files without being asked to with force', { kind: 'code' }));
  const prunes =
    settings.some((arg) => /^gc\.\w*expire=(now|all)/i.test(arg.text)) && /^(gc|prune|reflog)$/.test(verb?.text ?? '');
  if (prunes) special.push(deed('lose', call.at, 'deletes what nothing refers to any more', { kind: 'code' }));
  const inner = verb === undefined ? undefined : byVerb(verb.text, rest, call);
  if (inner === undefined && special.length === 0) return undefined;
  if (inner === undefined)
    return [...special, ...(special.some(({ effect }) => effect !== 'look') ? [] : [deed('run', call.at, 'runs git')])];
  return [...special, ...inner];
}

function setting(arg: Arg, verb: Arg | undefined, rest: readonly Arg[], call: Call): Deed[] {
  const [, name = '', ...groups] = RUNS.exec(arg.text) ?? [];
  const value = groups.at(-1);
  if (value === undefined)
    return /^alias\./i.test(arg.text) || !arg.known
      ? [deed('blind', arg, 'sets what git runs to something unknown')]
      : [];
  if (!arg.known) return [deed('blind', arg, 'sets what git runs to something unknown')];
  const alias = /^alias\.(.*)$/i.exec(name)?.[1];
  if (alias !== undefined && alias !== verb?.text) return [];
  const tail = rest.map((one) => one.text).join(' ');
  if (value.startsWith('!')) return call.reading.script(`${value.slice(1)} ${tail}`, arg);
  if (alias !== undefined) return call.reading.script(`git ${value} ${tail}`, arg);
  return /^(cat|less|more|true|false|)$/.test(value) || /^(true|false|\d+)$/.test(value)
    ? []
    : [deed('run', arg, `has git run "${value.slice(0, 40)}"`), ...call.reading.script(value, arg)];
}

function byVerb(verb: string, rest: readonly Arg[], call: Call): Deed[] | undefined {
  const options = takeApart(rest, {
    valued: new Set(
      '-b -B -c -C -m -s -U -o --conflict --pathspec-from-file --orphan --source --unified --push-option --receive-pack --exec --repo'.split(
        ' ',
      ),
    ),
  });
  if (hasExactly(options, ['--help', '-h'])) return undefined;
  const code = { kind: 'code' } as const;
  if (verb === 'checkout') return checkout(rest, options, call);
  if (verb === 'push') {
    const forced = options.plain.slice(1).find((arg) => /^[+:]./.test(arg.text));
    const deletes = forced !== undefined && !hasExactly(options, ['-n', '--dry-run']);
    return deletes ? [deed('lose', forced, 'replaces or deletes a branch on the other side', code)] : undefined;
  }
  if (verb === 'show' || verb === 'cat-file') {
    const secret = rest
      .flatMap((arg) => touch({ ...arg, text: arg.text.replace(/^[^:]*:/, '') }, 'look'))
      .filter(({ effect }) => effect === 'reveal');
    return secret.length > 0 ? secret : undefined;
  }
  if (verb === 'branch' || verb === 'tag' || verb === 'symbolic-ref') return names(verb, rest, code, call);
  if (verb === 'bisect' && rest[0]?.text === 'run') return call.reading.argv(rest.slice(1), { from: 'nothing' });
  if (verb === 'rebase' || verb === 'submodule') {
    const runs =
      verb === 'rebase' ? valuesOf(takeApart(rest, { valued: new Set(['-x', '--exec']) }), '-x', '--exec') : [];
    if (rest[0]?.text === 'foreach') {
      const text = rest
        .slice(1)
        .filter((arg) => arg.text !== '--recursive')
        .map((arg) => arg.text)
        .join(' ');
      return call.reading.script(text, call.at);
    }
    return runs.length > 0 ? runs.flatMap((arg) => call.reading.script(arg.text, arg)) : undefined;
  }
  return undefined;
}

const LISTS =
  /^(-l|--list|-a|-r|--all|--remotes|-v+|--verbose|--contains|--no-contains|--merged|--no-merged|--show-current|--points-at|--format|--sort|--verify|-n\d*)(=|$)/;

/** `branch name`, `tag name`, `symbolic-ref name ref` make what they name, unless an option lists or does something else. */
function names(verb: string, rest: readonly Arg[], more: Partial<Deed>, call: Call): Deed[] | undefined {
  const plain = rest.filter((arg) => !arg.text.startsWith('-'));
  if (
    rest.some((arg) => LISTS.test(arg.text)) ||
    rest.some((arg) => arg.text.startsWith('-') && !/^(-t|--track|--no-track)/.test(arg.text))
  )
    return undefined;
  const least = verb === 'symbolic-ref' ? 2 : 1;
  return plain.length >= least
    ? [deed('write', call.at, `"git ${verb}" makes "${plain[0]?.text.slice(0, 40) ?? ''}"`, more)]
    : undefined;
}

/** `checkout` switches branches, or throws changes of files away. */
function checkout(rest: readonly Arg[], options: ReturnType<typeof takeApart>, call: Call): Deed[] {
  const dash = rest.findIndex((arg) => arg.text === '--');
  const makes = hasOption(options, ['-b', '-B', '--orphan', '--track', '-t', '--detach']);
  const forces = hasOption(options, ['-f', '--force', '--ours', '--theirs']);
  const files =
    dash >= 0
      ? dash < rest.length - 1
      : (options.plain.length > 1 && !makes) ||
        options.plain.some((arg) => /^(\.|\.\/.*|:\/.*|.*\*.*)$/.test(arg.text));
  const fromFile = hasOption(options, ['--pathspec-from-file', '-p', '--patch']);
  if (forces || files || fromFile)
    return [deed('lose', call.at, 'throws away changes of files that are nowhere else', { kind: 'code' })];
  return [deed('write', call.at, 'switches the branch', { kind: 'code' })];
}
