import type { ActionView, ApprovalBackground, ApprovalView } from '@gatehouse/sdk/contract';
import { escapeText } from '../../foreign/escape.ts';
import type { GateProblem } from '../../decide/problem.ts';
import { BackgroundPart } from '../parts/background.tsx';
import { DecidePart } from '../parts/decide.tsx';
import { Badge, Fact, Facts, Moment, Section } from '../parts/facts.tsx';
import { Foreign } from '../parts/foreign.tsx';
import { PreviewPart, RiskPart, RulesPart } from '../parts/judgement.tsx';
import type { Live } from '../parts/layout.tsx';
import { Layout } from '../parts/layout.tsx';
import { Notice } from '../parts/notice.tsx';
import { NoticesPart } from '../parts/notices.tsx';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { ProgressPart, QuestionsPart } from '../parts/progress.tsx';
import { RequestPart } from '../parts/request.tsx';
import { ResolutionPart } from '../parts/resolution.tsx';
import { cautionsFor } from '../said/cautions.ts';
import type { Visitor } from '../session/visits.ts';

/** All that a card shows. */
export interface CardFacts {
  approval: ApprovalView;
  action: ActionView;
  background: ApprovalBackground | null;
  visitor: Visitor;
  /** Milliseconds since the epoch. */
  now: number;
  live?: Live;
  /** What the last form did, in a sentence of ours. */
  done?: string;
  /** Why the last form did nothing, and what was typed into it. */
  refused?: { problem: GateProblem; draft: URLSearchParams };
  /** What was typed before somebody had to sign in once more. */
  typed?: URLSearchParams;
}

/**
 * The whole question on one page, and everything that can be said to it.
 *
 * INVARIANT: F18 nothing of it is left out, and nothing in it can act on the page, hide, or pose as a part of it.
 */
export function CardPage(facts: CardFacts) {
  const { approval, action, background, visitor, now, live, done, refused, typed } = facts;
  const cautions = cautionsFor(approval);
  return (
    <Layout title={escapeText(`${approval.type} on ${approval.target}`)} visitor={visitor} {...(live && { live })}>
      <h1>
        <Foreign text={approval.type} /> on <Foreign text={approval.target} />
      </h1>
      <p class="state">
        <Badge word={approval.status} /> <Badge word={approval.severity} />
        {approval.status === 'pending' && approval.expiresAt !== null ? (
          <>
            expires <Moment iso={approval.expiresAt} now={now} />
          </>
        ) : null}
        {approval.status === 'pending' ? <a href="#decide">Decide</a> : null}
      </p>
      {done === undefined ? null : <Notice kind="good">{done}</Notice>}
      {typed === undefined ? null : (
        <Notice kind="look">You are signed in again, and what you had typed is below. Nothing was sent yet.</Notice>
      )}
      {refused === undefined ? null : <ProblemNotice problem={refused.problem} />}
      {approval.breakGlass ? (
        <Notice kind="bad">Break-glass: an admin approved this alone, against its terms.</Notice>
      ) : null}
      {cautions.length === 0 ? null : (
        <Notice kind="look">
          <ul>
            {cautions.map((caution) => (
              <li>{caution}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div class="card">
        <div class="facts-column">
          <RequestPart approval={approval} now={now} />
          <RulesPart approval={approval} />
          <RiskPart approval={approval} />
          <PreviewPart approval={approval} />
        </div>
        <div class="decide-column">
          <ResolutionPart approval={approval} action={action} visitor={visitor} now={now} />
          <ProgressPart approval={approval} now={now} />
          <QuestionsPart approval={approval} now={now} />
          <DecidePart approval={approval} visitor={visitor} draft={refused?.draft ?? typed ?? null} />
        </div>
      </div>
      {background === null ? null : <BackgroundPart background={background} sessionName={approval.session} now={now} />}
      <NoticesPart notices={action.notices ?? []} now={now} />
      <DigestsPart approval={approval} />
    </Layout>
  );
}

function DigestsPart({ approval }: { approval: ApprovalView }) {
  return (
    <Section id="digests" title="What your answer is bound to">
      <Facts>
        <Fact label="Action digest">
          <code>{approval.actionDigest}</code>
        </Fact>
        <Fact label="Policy digest">
          <code>{approval.policyDigest}</code>
        </Fact>
        <Fact label="Approval">
          <code>{approval.approvalId}</code>
        </Fact>
        <Fact label="Action">
          <code>{approval.actionId}</code>
        </Fact>
      </Facts>
    </Section>
  );
}
