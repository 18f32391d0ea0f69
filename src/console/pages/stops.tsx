import type { StopList, StopView } from '@gatehouse/sdk/contract';
import { isPermitted } from '../../api/permit.ts';
import type { GateProblem } from '../../decide/problem.ts';
import { stopPath, STOPS_PATH } from '../http/paths.ts';
import { Moment } from '../parts/facts.tsx';
import { Foreign } from '../parts/foreign.tsx';
import { ForgeryField, Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { StopForm } from '../parts/stop-form.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { WhatIsStopped } from '../parts/what-is-stopped.tsx';
import { Folded, Writing } from '../parts/verdict-form.tsx';
import type { Visitor } from '../session/visits.ts';

/** All that the page of emergency stops shows. */
export interface StopsFacts {
  list: StopList;
  /** Those in force, or those that were lifted. */
  inForce: boolean;
  visitor: Visitor;
  /** Milliseconds since the epoch. */
  now: number;
  /** What the last form did, in a sentence of ours. */
  done?: string;
  /** Why the last form did nothing, and what was typed into it. */
  problem?: GateProblem;
  draft?: URLSearchParams;
}

/** What is stopped, by whom and why; pulling the brake, and letting go of it. */
export function StopsPage({ list, inForce, visitor, now, done, problem, draft }: StopsFacts) {
  return (
    <Layout title="Emergency stop" visitor={visitor}>
      <h1>Emergency stop</h1>
      {done === undefined ? null : <Notice kind="good">{done}</Notice>}
      {problem === undefined ? null : <ProblemNotice problem={problem} />}
      <Tabs
        label="View"
        names={['in force', 'lifted']}
        current={inForce ? 'in force' : 'lifted'}
        address={(name) => address(name === 'in force')}
      />
      {list.stops.length === 0 ? <p>{inForce ? 'Nothing is stopped.' : 'Nothing was lifted.'}</p> : null}
      <ul class="inbox">
        {list.stops.map((stop) => (
          <StopRow stop={stop} visitor={visitor} now={now} />
        ))}
      </ul>
      {list.nextCursor === null ? null : (
        <p>
          <a href={`${address(inForce)}&cursor=${encodeURIComponent(list.nextCursor)}`} rel="next">
            More
          </a>
        </p>
      )}
      {isPermitted(visitor.caller, 'stop.throw') ? <StopForm visitor={visitor} draft={draft ?? null} /> : null}
    </Layout>
  );
}

function StopRow({ stop, visitor, now }: { stop: StopView; visitor: Visitor; now: number }) {
  const { stopId, reason, thrownBy, thrownAt, liftedBy, liftedAt, liftReason, inForce, stopped, running } = stop;
  return (
    <li class="inbox-row">
      <div>
        <p class="what">
          <WhatIsStopped stop={stop} />
        </p>
        <p>
          <Foreign text={reason} />
        </p>
        <p class="quiet">
          thrown by <Foreign text={thrownBy} /> <Moment iso={thrownAt} now={now} brief /> · ended {stopped} · running
          already {running} · <a href={stopPath(stopId)}>what it met</a>
        </p>
        {liftedAt === null ? null : (
          <p class="quiet">
            lifted by <Foreign text={liftedBy ?? 'nobody'} /> <Moment iso={liftedAt} now={now} brief />:{' '}
            <Foreign text={liftReason ?? ''} />
          </p>
        )}
        {inForce && isPermitted(visitor.caller, 'stop.lift') ? (
          <Folded title="Lift it" open={false}>
            <form method="post" action={`${stopPath(stopId)}/lift`}>
              <ForgeryField visitor={visitor} />
              <Writing id={`reason-${stopId}`} name="reason" label="Why" hint="It goes on record." required />
              <p class="buttons">
                <button class="approve">Lift it</button>
              </p>
            </form>
          </Folded>
        ) : null}
      </div>
    </li>
  );
}

function address(inForce: boolean): string {
  return `${STOPS_PATH}?inForce=${String(inForce)}`;
}
