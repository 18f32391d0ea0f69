import type { Deed, Effect } from '../effect.ts';
import { deed, EFFECTS } from '../effect.ts';
import { judgeSql } from './sql-text.ts';
import { effectOfVerb } from '../read/verbs.ts';
import { touch } from '../read/paths.ts';
import type { Call } from '../read/reading.ts';
import type { Arg } from '../words/expand.ts';
import type { Options } from '../words/options.ts';
import { hasExactly, takeApart, valuesOf } from '../words/options.ts';

const GLOBAL = new Set(
  `--profile --region --output --query --endpoint-url --color --ca-bundle --cli-read-timeout --cli-connect-timeout --cli-binary-format
   --cli-input-json --cli-input-yaml --query-string --sql --statement --sql-statement`.split(/\s+/),
);
/** Operations whose answer is a key, a password or a token. */
const SECRET =
  /^(get-secret-value|batch-get-secret-value|get-login|get-login-password|get-session-token|get-federation-token|get-authorization-token|assume-role\S*|create-access-key|get-password-data|create-key-pair|get-random-password|get-parameter|get-parameters\S*|generate-data-key\S*|decrypt|get-role-credentials|get-credentials\S*|get-cluster-credentials\S*|export-api-keys?|get-export|get-token|create-login-profile|create-service-specific-credential|generate-db-auth-token|get-id-token\S*|get-open-id-token\S*|get-api-keys?|get-bucket-key)$/;
/** Not secret unless it is asked to decrypt. */
const DECRYPTS = /^get-parameters?\S*$/;
/** Operations that lose or stop something beside those whose names say it. */
const LOSES =
  /^(schedule-key-deletion|disassociate-\S+|release-address|release-hosts|detach-\S+|disable-\S+|stop-\S+|reboot-\S+|reset-\S+|restore-\S+|revoke-\S+|deactivate-\S+|cancel-\S+|abort-\S+|rebuild-\S+|failover-\S+|suspend-\S+|modify-db-\S+|empty-\S+|create-invalidation|batch-delete\S*|flush-\S+|rollback-\S+|promote-\S+|reject-\S+|withdraw-\S+|unsubscribe|untag-\S+|clear-\S+|dis\S+|remove-\S+|leave-organization|close-account|update-service|set-desired-capacity|update-auto-scaling-group|put-lifecycle-configuration|put-bucket-lifecycle\S*|put-bucket-policy|put-bucket-acl|put-public-access-block|put-bucket-versioning)$/;
const RUNS =
  /^(invoke\S*|send-command|start-session|execute-\S+|run-task|run-job-flow|start-build\S*|start-execution|start-job-run|run-instances|ecs-exec|exec)$/;
const GRANTS =
  /^((attach|put)-(user|role|group)-policy|add-(user|role)-to-\S+|create-policy-version|set-default-policy-version|update-assume-role-policy|add-permission|authorize-\S+|create-user|create-role|put-key-policy|create-grant|associate-iam-instance-profile)$/;
const LOOKS =
  /^(list|describe|get|head|batch-get|batch-describe|batch-check|search|lookup|scan|query|filter|select|test|validate|estimate|preview|simulate|check|count|discover|detect|can|is|view|tail|ls|wait|help|transact-get|verify|presign|classify|recognize|analyze|compare|translate-text|admin-get|admin-list|generate-service-last-accessed-details|generate-credential-report|generate-cli-skeleton|retrieve|evaluate|resolve|read|show|status|poll-for|receive|decode|download-db-log-file-portion|assess)(-|$)/;

/** `aws service operation`: the operation is a verb with what it is done to; `aws s3` has words of its own. */
export function aws(call: Call): Deed[] {
  const options = takeApart(call.args, { valued: GLOBAL });
  const [service, operation, ...rest] = options.plain;
  const name = operation?.text ?? '';
  const make = (effect: Effect): Deed =>
    deed(effect, call.at, `"aws ${service?.text.slice(0, 30) ?? ''} ${name.slice(0, 50)}" ${EFFECTS[effect].says}`, {
      kind: 'cloud',
    });
  if (
    service === undefined ||
    service.text === 'help' ||
    name === 'help' ||
    hasExactly(options, ['--version', '--help', '--generate-cli-skeleton'])
  )
    return [make('look')];
  if (!service.known || operation?.known === false) return [make('blind')];
  // `--dry-run` only asks whether it would be allowed.
  if (hasExactly(options, ['--dry-run', '--dryrun'])) return [make('rehearse')];
  if (service.text === 's3') return s3(name, rest, options, make);
  if (service.text === 'configure') return [make(configure(name, rest))];
  const asked = statements(options);
  if (asked.length > 0) {
    const looks = /^(start-query|execute)/.test(name) && asked.every(({ effect }) => effect === 'look');
    return [make(looks ? 'fetch' : effectOf(service.text, name, options)), ...asked];
  }
  const extra = written(service.text, name, rest);
  return [make(effectOf(service.text, name, options)), ...extra];
}

function effectOf(service: string, name: string, options: Options): Effect {
  if (name === '') return 'run';
  if (SECRET.test(name) && (!DECRYPTS.test(name) || hasExactly(options, ['--with-decryption']))) return 'secret';
  if (service === 'logs' && name === 'tail') return 'look';
  if (service === 'cloudformation' && name === 'package') return 'write';
  if (service === 'sso' || service === 'login') return 'write';
  if (service === 'ecr-public' || name === 'login') return LOOKS.test(name) ? 'look' : 'write';
  if (service === 'logs' && (name === 'start-query' || name === 'stop-query')) return 'look';
  if (/^(put-secret-value|update-secret)$/.test(name)) return 'overwrite';
  if (name === 'put-parameter' && hasExactly(options, ['--overwrite'])) return 'overwrite';
  if (name === 'detect-stack-drift' || name === 'get-query-results') return 'look';
  if (LOSES.test(name)) return 'disrupt';
  if (LOOKS.test(name) || DECRYPTS.test(name)) return 'look';
  if (RUNS.test(name)) return 'run';
  if (GRANTS.test(name)) return 'admin';
  const verb = effectOfVerb(name);
  // What sounds like a look and is none of the looks above is left to a person.
  return verb === undefined || verb === 'look' ? 'run' : verb === 'write' ? 'send' : verb;
}

function configure(name: string, rest: readonly Arg[]): Effect {
  if (name === 'list' || name === 'list-profiles') return 'look';
  if (name === 'get') return rest.some((arg) => /secret|token|key/.test(arg.text)) ? 'secret' : 'look';
  if (name === 'export-credentials') return 'secret';
  return 'write';
}

function s3(name: string, rest: readonly Arg[], options: Options, make: (effect: Effect) => Deed): Deed[] {
  const target = rest.at(-1);
  const local = target !== undefined && !target.text.startsWith('s3://') && rest.length > 1;
  const streams = target?.text === '-';
  switch (name) {
    case 'ls':
    case 'presign':
      return [make('look')];
    case 'rm':
    case 'rb':
      return [make('lose')];
    case 'mv':
      return [make('lose')];
    case 'cp':
    case 'sync': {
      const deletes = hasExactly(options, ['--delete']) ? [make('lose')] : [];
      return [make(streams ? 'fetch' : local ? 'write' : 'send'), ...deletes, ...(local ? touch(target, 'write') : [])];
    }
    case 'mb':
      return [make('send')];
    default:
      return [make('admin')];
  }
}

/** Statements that an operation carries are read as SQL. */
function statements(options: Options): Deed[] {
  const values = valuesOf(options, '--query-string', '--sql', '--statement', '--sql-statement');
  return values.flatMap((arg) =>
    arg.known
      ? judgeSql(arg.text, 'sql', arg)
      : [deed('blind', arg, 'runs a statement that only the running shell knows')],
  );
}

/** Operations that save what they get in a file name it last. */
function written(service: string, name: string, rest: readonly Arg[]): Deed[] {
  const saves = (service === 's3api' && name === 'get-object') || name === 'get-job-output' || name === 'get-export';
  return saves || name === 'invoke' ? rest.slice(-1).flatMap((path) => touch(path, 'write')) : [];
}
