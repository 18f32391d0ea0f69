import type { SlackDoor } from '../../api/slack-answers.ts';
import { linksTo, type Links } from '../../notices/links.ts';
import { KEPT_MS, startPruning } from '../../notices/prune.ts';
import { startPump } from '../../notices/pump.ts';
import { isLoopback, type Settings } from '../../settings.ts';
import { writeChannels } from '../../store/notices.ts';
import type { TemporalLink } from '../../temporal/connect.ts';
import { startNoticeWorker, type RunningWorkers } from '../../worker.ts';
import type { Core } from './core.ts';
import { clientOf, workerOf } from './link.ts';

/** Where the links of notices lead: the public address, or this machine. */
export function linksFor({ publicUrl, host, port }: Pick<Settings, 'publicUrl' | 'host' | 'port'>): Links {
  const name = isLoopback(host) && host.includes(':') ? '[::1]' : '127.0.0.1';
  return linksTo(publicUrl ?? `http://${name}:${String(port)}`);
}

/** Tells the store who is told, and starts what tells them; undefined where nobody is. */
export async function startNotices(
  { settings, store, notices, logger }: Core,
  link: TemporalLink,
  bundlePath: string,
): Promise<RunningWorkers | undefined> {
  await writeChannels(store, [...(notices?.channels.values() ?? [])]);
  if (notices === null) return undefined;
  const taskQueue = `${settings.taskQueue}-notices`;
  const worker = await startNoticeWorker(
    { ...workerOf(link), logger, taskQueue, bundlePath },
    { store, config: notices, links: linksFor(settings), now: Date.now },
  );
  const client = clientOf(link);
  const pump = startPump({ store, config: notices, client, taskQueue, logger, now: Date.now });
  return {
    finished: worker.finished,
    stop: async () => {
      await pump.stop();
      await worker.stop();
    },
  };
}

/** Takes away what is kept of old messages; also where nobody is told of anything any more. */
export function startNoticePruning({ store, notices, logger }: Core): { stop(): Promise<void> } {
  return startPruning({ store, logger, now: Date.now }, notices?.keepForMs ?? KEPT_MS);
}

/** The door for answers from Slack; nothing where no Slack is configured. */
export function slackDoor({ settings, store, notices }: Core): { slack?: SlackDoor } {
  if (notices?.slack == null) return {};
  const { oidc } = settings.signIn;
  return { slack: { slack: notices.slack, store, links: linksFor(settings), oidc, now: Date.now } };
}
