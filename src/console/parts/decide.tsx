import { isPermitted } from '../../api/permit.ts';
import { jsonText } from '../../foreign/json-lines.ts';
import { Section } from './facts.tsx';
import { GrantForm } from './grant-form.tsx';
import { Notice } from './notice.tsx';
import type { FormProps } from './verdict-form.tsx';
import { Folded, VerdictForm, Writing } from './verdict-form.tsx';

const LEAST_ROWS = 4;
const MOST_ROWS = 24;

/** Everything that a reviewer can say to an open question. */
export function DecidePart(props: FormProps) {
  const { approval, visitor } = props;
  if (approval.status !== 'pending' || !isPermitted(visitor.caller, 'approval.review')) return null;
  if (approval.agent === visitor.caller.principal || approval.terms.barred.includes(visitor.caller.principal)) {
    return (
      <Section id="decide" title="Decide">
        <Notice kind="look">You asked for this, or it was asked on your behalf: somebody else answers.</Notice>
      </Section>
    );
  }
  return (
    <Section id="decide" title="Decide">
      <AnswerForm {...props} />
      <EditForm {...props} />
      <AskForm {...props} />
      <DelegateForm {...props} />
      {approval.terms.grants === null ? null : <GrantForm {...props} limits={approval.terms.grants} />}
      {isPermitted(visitor.caller, 'approval.override') ? <OverrideForm {...props} /> : null}
    </Section>
  );
}

/** What was typed into a form that was refused, where it was this one. */
function typed(draft: URLSearchParams | null, name: string, ...verdicts: string[]): string | undefined {
  return verdicts.includes(draft?.get('verdict') ?? '') ? (draft?.get(name) ?? undefined) : undefined;
}

function AnswerForm({ approval, visitor, draft }: FormProps) {
  const { terms, progress } = approval;
  const me = visitor.caller.principal;
  const said = progress.votes.find(({ reviewer, stage }) => reviewer === me && stage === progress.stage);
  const hasDelegated = progress.delegations.some(({ from }) => from === me);
  const needsComment = terms.commentRequired || terms.tickets.length > 0;
  const tickets = terms.tickets.length === 0 ? '' : ` It names ${terms.tickets.join(' and ')}.`;
  return (
    <VerdictForm approval={approval} visitor={visitor}>
      {said === undefined && !hasDelegated ? null : (
        <p>
          {hasDelegated
            ? 'You have delegated this.'
            : said?.vote === 'approve'
              ? 'You have approved this part.'
              : 'You abstain.'}
        </p>
      )}
      <Writing
        id="comment"
        name="comment"
        label={needsComment ? 'Comment, required' : 'Comment'}
        hint={`It goes on record, and to the agent.${tickets}`}
        value={typed(draft, 'comment', 'approve', 'reject', 'abstain', 'withdraw')}
        required={needsComment}
      />
      <p class="buttons">
        {said?.vote === 'approve' ? null : (
          <button name="verdict" value="approve" class="approve">
            Approve
          </button>
        )}
        <button name="verdict" value="reject" class="reject">
          Reject
        </button>
        {said === undefined ? (
          <button name="verdict" value="abstain" formNoValidate>
            Abstain
          </button>
        ) : null}
        {said === undefined && !hasDelegated ? null : (
          <button name="verdict" value="withdraw" formNoValidate>
            Take it back
          </button>
        )}
      </p>
    </VerdictForm>
  );
}

function EditForm({ approval, visitor, draft }: FormProps) {
  const text = typed(draft, 'arguments', 'edit') ?? jsonText(approval.arguments);
  const rows = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, text.split('\n').length + 1));
  return (
    <Folded title="Edit the arguments, and approve those" open={typed(draft, 'verdict', 'edit') !== undefined}>
      <VerdictForm approval={approval} visitor={visitor}>
        <Writing
          id="edit-arguments"
          name="arguments"
          label="Arguments"
          hint="The whole JSON object. The policy judges it anew: it may block it, or ask others too."
          value={text}
          rows={rows}
          required
          code
        />
        <Writing id="edit-comment" name="comment" label="Comment" value={typed(draft, 'comment', 'edit')} />
        <p class="buttons">
          <button name="verdict" value="edit" class="approve">
            Approve as edited
          </button>
        </p>
      </VerdictForm>
    </Folded>
  );
}

function AskForm({ approval, visitor, draft }: FormProps) {
  return (
    <Folded title="Ask the agent" open={typed(draft, 'verdict', 'ask') !== undefined}>
      <VerdictForm approval={approval} visitor={visitor}>
        <Writing
          id="question"
          name="question"
          label="Question"
          hint="It stays open meanwhile, and its clock runs on. The answer appears here."
          value={typed(draft, 'question', 'ask')}
          required
        />
        <p class="buttons">
          <button name="verdict" value="ask">
            Ask
          </button>
        </p>
      </VerdictForm>
    </Folded>
  );
}

function DelegateForm({ approval, visitor, draft }: FormProps) {
  return (
    <Folded title="Delegate" open={typed(draft, 'verdict', 'delegate') !== undefined}>
      <VerdictForm approval={approval} visitor={visitor}>
        <p class="field">
          <label for="to">Who answers in your place</label>
          <input id="to" name="to" required maxLength={200} autocomplete="off" value={typed(draft, 'to', 'delegate')} />
        </p>
        <p class="buttons">
          <button name="verdict" value="delegate">
            Delegate
          </button>
        </p>
      </VerdictForm>
    </Folded>
  );
}

function OverrideForm({ approval, visitor, draft }: FormProps) {
  return (
    <Folded
      title="Break glass: approve alone, whatever the terms"
      open={typed(draft, 'verdict', 'override') !== undefined}
    >
      <VerdictForm approval={approval} visitor={visitor}>
        <Writing
          id="override-comment"
          name="comment"
          label="Why the terms cannot be kept"
          hint="It is marked for good, and somebody else must look at it afterwards."
          value={typed(draft, 'comment', 'override')}
          required
        />
        <p class="buttons">
          <button name="verdict" value="override" class="reject">
            Override and approve
          </button>
        </p>
      </VerdictForm>
    </Folded>
  );
}
