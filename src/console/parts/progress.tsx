import type { AgentQuestion, ApprovalView } from '@gatehouse/sdk/contract';
import { reviewersSay, stageSays, termsSay } from '../said/terms.ts';
import { spanOf } from '../said/times.ts';
import { Fact, Facts, Moment, Section } from './facts.tsx';
import { Foreign } from './foreign.tsx';

interface Props {
  approval: ApprovalView;
  now: number;
}

/** Under which terms it is asked, and how far it has come. */
export function ProgressPart({ approval, now }: Props) {
  const { terms, progress, status } = approval;
  const openAt = terms.stages.findIndex(({ name }) => name === progress.stage);
  return (
    <Section id="terms" title="Who answers">
      <ol class="stages">
        {terms.stages.map((stage, at) => (
          <li aria-current={status === 'pending' && at === openAt ? 'step' : undefined}>
            <b>
              <Foreign text={stage.name} />
            </b>{' '}
            {stageSays(stage)}
            {at === openAt ? ` · ${String(progress.approvals)} of ${String(progress.quorum)}` : ''}
            {at < openAt ? ' · done' : ''}
            <ul>
              {progress.votes
                .filter((vote) => vote.stage === stage.name)
                .map(({ reviewer, vote, at: when, comment, unsigned }) => (
                  <li>
                    <Foreign text={reviewer} /> {vote === 'approve' ? 'approves' : 'abstains'}{' '}
                    <Moment iso={when} now={now} />
                    {unsigned ? ' unsigned, by a Temporal signal' : ''}
                    {comment === null ? null : (
                      <>
                        : <Foreign text={comment} />
                      </>
                    )}
                  </li>
                ))}
              {stage.escalation.map(({ afterSeconds, to }, step) => (
                <li class="quiet">
                  after {spanOf(afterSeconds)} also {reviewersSay(to)}
                  {at === openAt && step < progress.escalations ? ': may answer now' : ''}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {progress.delegations.map(({ from, to, at }) => (
        <p>
          <Foreign text={to} /> answers in place of <Foreign text={from} />. <Moment iso={at} now={now} />
        </p>
      ))}
      <Facts>
        {termsSay(terms).map(([label, says]) => (
          <Fact label={label}>
            <Foreign text={says} />
          </Fact>
        ))}
        {approval.expiresAt === null || status !== 'pending' ? null : (
          <Fact label="Expires">
            <Moment iso={approval.expiresAt} now={now} />
          </Fact>
        )}
      </Facts>
    </Section>
  );
}

/** What reviewers asked the agent, and what it said. */
export function QuestionsPart({ approval, now }: Props) {
  const { questions } = approval.progress;
  if (questions.length === 0) return null;
  return (
    <Section id="questions" title="Questions to the agent">
      <dl class="talk">
        {questions.map((question) => (
          <QuestionPart question={question} now={now} />
        ))}
      </dl>
    </Section>
  );
}

function QuestionPart({ question, now }: { question: AgentQuestion; now: number }) {
  const { by, at, answer, answeredAt } = question;
  return (
    <div>
      <dt>
        <Foreign text={by} /> asks: <Foreign text={question.question} /> <Moment iso={at} now={now} />
      </dt>
      <dd>
        {answer === null ? (
          <span class="quiet">The agent has not answered yet.</span>
        ) : (
          <>
            The agent says: <Foreign text={answer} />{' '}
            {answeredAt === null ? null : <Moment iso={answeredAt} now={now} />}
          </>
        )}
      </dd>
    </div>
  );
}
