import type { ApprovalView, Evidence } from '@gatehouse/sdk/contract';
import type { Span } from '../../foreign/escape.ts';
import { argumentChanges } from '../said/changes.ts';
import { Fact, Facts, Moment, Section } from './facts.tsx';
import { Foreign, ForeignJson, ForeignLines } from './foreign.tsx';

/** What the agent asks for: all of it, with what the classification saw marked where it stands. */
export function RequestPart({ approval, now }: { approval: ApprovalView; now: number }) {
  const { agent, type, target, purpose, session, arguments: args, classification, round } = approval;
  const spansAt = (place: string): readonly Span[] => spansIn(classification.evidence, place);
  const count = Object.keys(args).length;
  return (
    <Section id="asked" title="What is asked">
      <Facts>
        <Fact label="Agent">
          <Foreign text={agent} />
        </Fact>
        <BehindFacts behind={approval.behind} />
        <Fact label="Wants">
          <Foreign text={type} spans={spansAt('type')} />
        </Fact>
        <Fact label="On">
          <Foreign text={target} spans={spansAt('target')} />
        </Fact>
        <Fact label="Purpose">{purpose === null ? <Nothing /> : <Foreign text={purpose} />}</Fact>
        {session === null ? null : (
          <Fact label="Session">
            <Foreign text={session} />
          </Fact>
        )}
        <Fact label="Asked">
          <Moment iso={approval.requestedAt} now={now} />
          {round > 1 ? ` · question ${String(round)} about this action` : ''}
        </Fact>
      </Facts>
      <h3>
        {approval.edit === null ? 'Arguments' : 'Arguments, as edited'}{' '}
        <span class="quiet">{count === 0 ? 'none' : `${String(count)}, complete`}</span>
      </h3>
      <ForeignLines value={args} label="Arguments" place="context" spansAt={spansAt} />
      {approval.edit === null ? null : <EditPart approval={approval} now={now} />}
    </Section>
  );
}

/** Who is behind the agent, as far as it is known. */
function BehindFacts({ behind: { team, owner, environment, chain } }: Pick<ApprovalView, 'behind'>) {
  return (
    <>
      <Fact label="Owner">{owner === null ? <Unknown /> : <Foreign text={owner} />}</Fact>
      <Fact label="Team">{team === null ? <Unknown /> : <Foreign text={team} />}</Fact>
      {environment === null ? null : (
        <Fact label="Runs in">
          <Foreign text={environment} />
        </Fact>
      )}
      {chain.length === 0 ? null : (
        <Fact label="Acts for">
          {chain.map((name, at) => (
            <>
              {at === 0 ? '' : ', which acts for '}
              <Foreign text={name} />
            </>
          ))}
        </Fact>
      )}
    </>
  );
}

function Unknown() {
  return <span class="quiet">not known</span>;
}

/** What a reviewer changed, argument by argument. */
function EditPart({ approval, now }: { approval: ApprovalView; now: number }) {
  const { edit, arguments: args } = approval;
  if (edit === null) return null;
  return (
    <>
      <h3>Edited</h3>
      <p>
        <Foreign text={edit.by} /> put these arguments in place of the agent’s. <Moment iso={edit.at} now={now} />
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Argument</th>
              <th scope="col">The agent’s</th>
              <th scope="col">As edited</th>
            </tr>
          </thead>
          <tbody>
            {argumentChanges(edit.from, args).map(({ place, before, after }) => (
              <tr>
                <th scope="row">
                  <Foreign text={place} />
                </th>
                <td>{before === undefined ? <Nothing /> : <ForeignJson value={before} />}</td>
                <td>{after === undefined ? <Nothing /> : <ForeignJson value={after} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function Nothing() {
  return <span class="quiet">none</span>;
}

function spansIn(evidence: readonly Evidence[], place: string): Span[] {
  return evidence.flatMap(({ part, at }) => (part === place && at !== undefined ? [at] : []));
}
