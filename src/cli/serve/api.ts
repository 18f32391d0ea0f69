import { createAdmission } from '../../api/admission.ts';
import { createApp } from '../../api/app.ts';
import { createGateway } from '../../api/gate/index.ts';
import { measuredGateway } from '../../api/measured-gateway.ts';
import { serve, type RunningServer } from '../../api/serve.ts';
import { createVerdictSigner } from '../../audit/verdict-signature.ts';
import { createOidcProvider } from '../../console/session/oidc/provider.ts';
import { createSignIns } from '../../console/session/sign-ins.ts';
import { TemporalGate } from '../../client/temporal-gate.ts';
import { judge } from '../../decide/judge.ts';
import { SettingsError, type Settings } from '../../settings.ts';
import { FIXES } from '../../settings/variables.ts';
import { publishVerdictKey } from '../../store/verdict-keys.ts';
import type { TemporalLink } from '../../temporal/connect.ts';
import { watchBacklog } from './backlog.ts';
import type { Core } from './core.ts';
import { createAuthenticate } from './authenticate.ts';
import { codecDoor } from './codec.ts';
import { clientOf } from './link.ts';
import { slackDoor } from './notices.ts';
import { packageVersion } from './paths.ts';
import { loadSigningKey } from './signing-key.ts';
import { tellOfTheRecord } from './tell-of-the-record.ts';
import { carryOutUnfinished } from './unfinished-stops.ts';

/** New actions that may wait for a place, for each that is under way. */
const QUEUE_RATIO = 1;
/** New actions that take longer than this lower the number that may be under way. */
const SLOW_DECISION_MS = 150;
/** Workers this far behind get nothing new. */
const MAX_BACKLOG_MS = 10_000;
const WARM_UP_ROUNDS = 200;

/** Starts the HTTP API on an open core. Throws `PortBusyError` when the port is taken. */
export async function startApi(core: Core, link: TemporalLink): Promise<RunningServer> {
  const { settings, store, policies, executors, logger, metrics } = core;
  const signer = createVerdictSigner(loadSigningKey(settings.verdictKey));
  if (!(await publishVerdictKey(store, signer.keyId, signer.publicKeyPem))) throw revokedVerdictKey(signer.keyId);
  const client = clientOf(link);
  const backlog = watchBacklog(client, settings.taskQueue, logger);
  const unheard = tellOfTheRecord(store, new TemporalGate(client, settings.taskQueue), logger);
  const temporal = new TemporalGate(client, settings.taskQueue, unheard.add);
  const gateway = createGateway({
    store,
    policies,
    executors,
    signer,
    now: Date.now,
    temporal,
    permitSeconds: settings.permitSeconds,
    leaseSeconds: settings.leaseSeconds,
    maxPendingPerAgent: settings.floods.maxPendingPerAgent,
    stepUpMs: settings.signIn.stepUpMs,
  });
  await warmUp(core, () => gateway.readiness());
  const admission = createAdmission({
    maxInFlight: settings.maxInFlight,
    queueRatio: QUEUE_RATIO,
    targetMs: SLOW_DECISION_MS,
    backlog: backlog.read,
    maxBacklogMs: MAX_BACKLOG_MS,
  });
  metrics?.meters.watchLoad(() => ({ ...admission.load(), backlogMs: backlog.read().ageMs }));
  const app = createApp({
    gateway: metrics === undefined ? gateway : measuredGateway(gateway, metrics.meters),
    ...(metrics === undefined ? {} : { refused: metrics.meters.refused }),
    admission,
    logger,
    authenticate: createAuthenticate(settings.signIn, store),
    signIns: createSignIns({ store, logger, provider: providerOf(settings), settings: settings.signIn, now: Date.now }),
    ...slackDoor(core),
    ...codecDoor(settings, link.namespace),
    ratePerKey: settings.floods.ratePerKey,
    version: packageVersion(),
  });
  const unfinished = carryOutUnfinished(store, temporal, logger);
  const server = await serve(app, { host: settings.host, port: settings.port });
  return {
    ...server,
    close: async () => {
      backlog.stop();
      await unfinished.stop();
      unheard.stop();
      await server.close();
    },
  };
}

function providerOf({ signIn: { oidc }, publicUrl }: Settings) {
  return oidc === undefined || publicUrl === undefined ? null : createOidcProvider(oidc, publicUrl, Date.now);
}

function revokedVerdictKey(id: string): SettingsError {
  const problem = `the key ${id} was revoked: nothing counts that it signs`;
  return new SettingsError([{ variable: 'GATEHOUSE_VERDICT_KEY', problem, fix: FIXES.GATEHOUSE_VERDICT_KEY }]);
}

/** The first decision of a process takes 30 times as long as the hundredth: nobody should have to wait for it. */
async function warmUp(core: Core, readiness: () => Promise<unknown>): Promise<void> {
  const action = { type: 'warm_up', target: 'nothing', context: { amount: 1, list: ['a'] }, agent: 'gatehouse' };
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) judge(action, core.policies.current(), { now: 0 });
  await readiness();
}
