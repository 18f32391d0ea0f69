import type { StoppedActionList, StopView } from '@gatehouse/sdk/contract';
import { stopPath, STOPS_PATH } from '../http/paths.ts';
import { Moment } from '../parts/facts.tsx';
import { Foreign } from '../parts/foreign.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { WhatIsStopped } from '../parts/what-is-stopped.tsx';
import type { Visitor } from '../session/visits.ts';

/** All that the page of one stop shows. */
export interface StopFacts {
  stop: StopView;
  met: StoppedActionList;
  /** What was running already, or what was ended. */
  running: boolean;
  visitor: Visitor;
  /** Milliseconds since the epoch. */
  now: number;
}

/** What one stop has ended, what it found running, and that nothing is left. */
export function StopPage({ stop, met, running, visitor, now }: StopFacts) {
  const { stopId, reason, thrownBy, thrownAt, left } = stop;
  const names = [`ended (${String(stop.stopped)})`, `running already (${String(stop.running)})`] as const;
  const view = (isRunning: boolean): string => `${stopPath(stopId)}?running=${String(isRunning)}`;
  return (
    <Layout title="Emergency stop" visitor={visitor}>
      <h1>
        <WhatIsStopped stop={stop} />
      </h1>
      <p>
        <Foreign text={reason} />
      </p>
      <p class="quiet">
        thrown by <Foreign text={thrownBy} /> <Moment iso={thrownAt} now={now} /> · <a href={STOPS_PATH}>all stops</a>
      </p>
      {left === null ? (
        <Notice kind="look">It was lifted; what it ended stays ended.</Notice>
      ) : (
        <Notice kind={left === 0 ? 'good' : 'bad'}>
          {left === 0
            ? 'Nothing is left that it covers and that could start: counted just now.'
            : `${String(left)} actions that it covers are open still; it is being carried out.`}
        </Notice>
      )}
      <Tabs label="View" names={names} current={names[running ? 1 : 0]} address={(name) => view(name === names[1])} />
      {running && met.actions.length > 0 ? (
        <p class="hint">Their permits were claimed before the stop, so they cannot be recalled from here.</p>
      ) : null}
      {met.actions.length === 0 ? <p>There is nothing here.</p> : null}
      <ul class="inbox">
        {met.actions.map(({ actionId, agent, type, target, was, status }) => (
          <li class="inbox-row">
            <div>
              <p class="what">
                <Foreign text={type} /> on <Foreign text={target} />
              </p>
              <p class="quiet">
                <Foreign text={agent} /> · was {was}, is {status} · {actionId}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {met.nextCursor === null ? null : (
        <p>
          <a href={`${view(running)}&cursor=${encodeURIComponent(met.nextCursor)}`} rel="next">
            More
          </a>
        </p>
      )}
    </Layout>
  );
}
