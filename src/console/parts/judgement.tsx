import type { ApprovalView } from '@gatehouse/sdk/contract';
import { Fact, Facts, Section } from './facts.tsx';
import { Foreign, ForeignLines } from './foreign.tsx';

/** Why people are asked: the rules, and what those in shadow would have done. */
export function RulesPart({ approval }: { approval: ApprovalView }) {
  const { reason, matchedRules, shadowRules, shadowOutcome, differences } = approval;
  return (
    <Section id="why" title="Why you are asked">
      <p>
        <Foreign text={reason} />
      </p>
      <ul>
        {matchedRules.map(({ id, effect, reason: says }) => (
          <li>
            <code>{id}</code> <span class="quiet">({effect})</span> <Foreign text={says} />
          </li>
        ))}
      </ul>
      {shadowRules.length === 0 && shadowOutcome === null ? null : (
        <>
          <h3>In shadow, not enforced</h3>
          <ul>
            {shadowRules.map(({ id, effect, reason: says }) => (
              <li>
                <code>{id}</code> <span class="quiet">({effect})</span> <Foreign text={says} />
              </li>
            ))}
            {shadowOutcome === null ? null : (
              <li>
                Were it enforced, the decision would have been {shadowOutcome}. What you answer changes nothing about
                that.
              </li>
            )}
          </ul>
        </>
      )}
      {differences.length === 0 ? null : (
        <>
          <h3>What differs from the question before</h3>
          <ul>
            {differences.map((difference) => (
              <li>
                <Foreign text={difference} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** How risky it is and what it does, with the evidence. */
export function RiskPart({ approval }: { approval: ApprovalView }) {
  const { riskScore, severity, riskFactors, classification } = approval;
  const { operation, targetKind, environment, destructive, reversible, external, reach, sensitivity, confidence } =
    classification;
  return (
    <Section id="risk" title="What it does, and how risky it is">
      <Facts>
        <Fact label="Risk">
          <meter min={0} low={40} high={70} optimum={0} max={100} value={riskScore} aria-label="Risk" /> {riskScore} of
          100, {severity}
        </Fact>
        <Fact label="Does">
          {operation}, {targetKind}, environment {environment}, reaches {reach}
        </Fact>
        <Fact label="Undo">
          {destructive ? 'loses or overwrites something' : 'loses nothing'},{' '}
          {reversible ? 'can be undone' : 'cannot be undone'}
          {external ? ', crosses to the outside' : ''}
        </Fact>
        {sensitivity.length === 0 ? null : <Fact label="Touches">{sensitivity.join(', ')}</Fact>}
        <Fact label="Certainty">{confidence}</Fact>
      </Facts>
      <div class="columns">
        <div>
          <h3>Points</h3>
          <ul class="points">
            {riskFactors.map(({ name, points, says }) => (
              <li>
                <b>{points < 0 ? String(points) : `+${String(points)}`}</b> {name}: <Foreign text={says} />
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>Evidence</h3>
          <ul>
            {classification.evidence.map(({ part, says, at }) => (
              <li>
                <code>
                  <Foreign text={part} />
                </code>
                {at === undefined ? '' : ` ${String(at.start)}–${String(at.end)}`}: <Foreign text={says} />
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}

/** What the executor says that it would do. */
export function PreviewPart({ approval: { preview } }: { approval: ApprovalView }) {
  if (preview === null) return null;
  return (
    <Section id="preview" title="What the executor says it would do">
      {preview.state === 'failed' ? <p>It could not say. That is no reason to refuse, and none to approve.</p> : null}
      <ForeignLines value={preview.says} label="Preview" />
    </Section>
  );
}
