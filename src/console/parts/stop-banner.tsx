import type { StopNotice } from '../../api/stops-gateway.ts';
import { STOPS_PATH } from '../http/paths.ts';
import { Foreign } from './foreign.tsx';
import { Notice } from './notice.tsx';
import { WhatIsStopped } from './what-is-stopped.tsx';

/** More than these are counted. */
const SHOWN = 3;

/** What nobody who is signed in may overlook on any page: that something is stopped, by whom and why. */
export function StopBanner({ stops }: { stops: readonly StopNotice[] }) {
  if (stops.length === 0) return null;
  const more = stops.length - SHOWN;
  return (
    <Notice kind="bad">
      {stops.slice(0, SHOWN).map((stop) => (
        <p>
          <b>
            Stopped: <WhatIsStopped stop={stop} />
          </b>{' '}
          by <Foreign text={stop.thrownBy} />: <Foreign text={stop.reason} />
        </p>
      ))}
      <p>
        <a href={STOPS_PATH}>{more > 0 ? `All stops, ${String(more)} more` : 'Emergency stop'}</a>
      </p>
    </Notice>
  );
}
