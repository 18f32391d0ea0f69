import type { NoticeDelivery } from '@gatehouse/sdk/contract';
import { Badge, Moment, Section } from './facts.tsx';
import { Foreign } from './foreign.tsx';

/** Who was told of the action, and how far each message has come. */
export function NoticesPart({ notices, now }: { notices: readonly NoticeDelivery[]; now: number }) {
  if (notices.length === 0) return null;
  return (
    <Section id="notices" title="Who was told">
      <table>
        <thead>
          <tr>
            <th scope="col">Notice</th>
            <th scope="col">Channel</th>
            <th scope="col">State</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {notices.map(({ notice, channel, recipient, state, attempts, lastError, changedAt }) => (
            <tr>
              <td>{notice.replaceAll('_', ' ')}</td>
              <td>
                <Foreign text={channel} /> {recipient === null ? null : <Foreign text={recipient} />}
              </td>
              <td>
                <Badge word={state} /> {attempts > 1 ? `${String(attempts)} attempts ` : ''}
                {lastError === null ? null : <Foreign text={lastError} />}
              </td>
              <td>
                <Moment iso={changedAt} now={now} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
