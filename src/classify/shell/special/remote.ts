import type { Deed } from '../effect.ts';
import { deed } from '../effect.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import type { Options } from '../words/options.ts';
import { hasExactly, takeApart, valuesOf } from '../words/options.ts';
import { scriptOf } from './wrappers.ts';

const SSH = new Set('-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B'.split(' '));

/** Options of ssh and scp whose value is a command for this machine. */
export function proxies(options: Options, call: Call): Deed[] {
  return valuesOf(options, '-o').flatMap((arg) => {
    const [, text] = /^(?:ProxyCommand|LocalCommand|KnownHostsCommand)[= ](.*)$/i.exec(arg.text) ?? [];
    return text === undefined ? [] : call.reading.script(text, arg);
  });
}

/** `ssh host command`: the command runs elsewhere, and is read like any other. */
export function ssh(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: SSH, stopsAtPlain: true });
  if (hasExactly(options, ['-V', '-Q', '-G'])) return [deed('look', call.at, '"ssh" only looks')];
  const [host, ...command] = options.plain;
  const proxy = proxies(options, call);
  const tunnels = valuesOf(options, '-R').map((arg) => deed('leak', arg, 'opens a way in from outside'));
  const sent = call.input.from === 'secrets' ? [deed('leak', call.at, 'sends secrets to another host')] : [];
  const outer = deed(
    'run',
    call.at,
    `runs on another host${host === undefined ? '' : `: "${host.text.slice(0, 60)}"`}`,
  );
  const inner = command.length === 0 ? [] : scriptOf(sentence(command, call), call);
  return [outer, deed('send', call.at, 'connects to another host'), ...proxy, ...tunnels, ...sent, ...inner];
}

function sentence(args: readonly Arg[], call: Call): Arg {
  return {
    text: args.map((arg) => arg.text).join(' '),
    known: args.every((arg) => arg.known),
    quoted: true,
    ...call.at,
  };
}

const CONTAINER_GLOBAL = new Set(
  '-c -H -l --context --host --log-level --config --url --connection --identity'.split(' '),
);
const CONTAINER = new Set(
  `-e -u -w -v -p -l -h -a -c -m --env --env-file --user --workdir --volume --publish --label --name --network --net --mount
   --entrypoint --hostname --add-host --dns --platform --memory --cpus --gpus --device --cap-add --cap-drop --security-opt
   --restart --pull --ip --link --log-driver --log-opt --tmpfs --ulimit --shm-size --pid --ipc --userns --detach-keys --index
   -f --file --project-name --profile --expose --stop-signal --cidfile --runtime --health-cmd --volumes-from --sysctl`.split(
    /\s+/,
  ),
);

/** `docker run|exec`, `docker compose run|exec`, `podman …`: what runs in the container is read like any other command. */
export function container(call: Call): Deed[] | undefined {
  const global = takeApart(call.args, { valued: CONTAINER_GLOBAL, stopsAtPlain: true });
  let words = global.plain;
  if (words[0]?.text === 'container' || words[0]?.text === 'compose') {
    words = takeApart(words.slice(1), {
      valued: new Set([...CONTAINER, ...CONTAINER_GLOBAL]),
      stopsAtPlain: true,
    }).plain;
  }
  const [verb, ...rest] = words;
  if (verb?.text !== 'exec' && verb?.text !== 'run') return undefined;
  const options = takeApart(rest, { valued: CONTAINER, stopsAtPlain: true });
  if (hasExactly(options, ['--help'])) return undefined;
  const [, ...command] = options.plain;
  const inner = call.reading.argv(command, call.input);
  const mounts = valuesOf(options, '-v', '--volume', '--mount').filter((arg) =>
    /^(type=bind,.*(source|src)=)?\/(:|,|$|etc|var\/run\/docker\.sock|root|home(:|$))/.test(arg.text),
  );
  const open = [
    ...(hasExactly(options, ['--privileged', '--pid=host', '--cap-add=ALL', '--cap-add=SYS_ADMIN'])
      ? [deed('disrupt', call.at, 'gives the container the rights of the host')]
      : []),
    ...mounts.map((arg) => deed('disrupt', arg, `lets the container change "${arg.text.slice(0, 60)}" of the host`)),
  ];
  return [deed('run', call.at, `runs in a container`), ...open, ...inner];
}

/** `get secret -o yaml` shows what is in it, as does `get secret/name`, `get pods,secrets`. */
function secretsOf(options: Options, call: Call): Deed[] | undefined {
  const names = options.plain.slice(1).some(({ text, known }) => /(^|,)secrets?(\.v1)?([,/]|$)/i.test(text) || !known);
  const shows = options.flags.some(
    ({ name, value }) => /^(-o|--output|--template)$/.test(name) && value?.text !== 'name',
  );
  return names && shows
    ? [deed('secret', call.at, `"${call.name}" shows what is in a secret`, { kind: 'cloud' })]
    : undefined;
}

const KUBECTL = new Set(
  '-n -c -f -l -o --namespace --container --context --cluster --user --kubeconfig --as --as-group --server -s --token --request-timeout'.split(
    ' ',
  ),
);

/** `kubectl exec pod -- command`. */
export function pod(call: Call): Deed[] | undefined {
  const options = takeApart(call.args, { valued: KUBECTL });
  if (options.plain[0]?.text === 'get') return secretsOf(options, call);
  if (options.plain[0]?.text !== 'exec' || hasExactly(options, ['--help'])) return undefined;
  const dash = call.args.findIndex((arg) => arg.text === '--');
  const command = dash < 0 ? options.plain.slice(2) : call.args.slice(dash + 1);
  return [deed('run', call.at, 'runs in a pod', { kind: 'cloud' }), ...call.reading.argv(command, call.input)];
}
