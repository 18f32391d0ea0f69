import type { ApprovalView } from '@gatehouse/sdk/contract';
import type { ComponentChildren } from 'preact';
import { cardPath } from '../http/paths.ts';
import type { Visitor } from '../session/visits.ts';
import { ForgeryField } from './layout.tsx';

export interface FormProps {
  approval: ApprovalView;
  visitor: Visitor;
  /** What was typed before, where it was refused. */
  draft: URLSearchParams | null;
}

/**
 * A form that gives a verdict.
 *
 * INVARIANT: I2 a verdict is for what was on this page: it carries the digests that were rendered with it.
 */
export function VerdictForm({
  approval,
  visitor,
  children,
}: Omit<FormProps, 'draft'> & { children: ComponentChildren }) {
  return (
    <form class="verdict" method="post" action={`${cardPath(approval.approvalId)}/verdict`}>
      <ForgeryField visitor={visitor} />
      <input type="hidden" name="actionDigest" value={approval.actionDigest} />
      <input type="hidden" name="policyDigest" value={approval.policyDigest} />
      {children}
    </form>
  );
}

interface WritingProps {
  id: string;
  name: string;
  label: string;
  hint?: string;
  value?: string | undefined;
  rows?: number;
  required?: boolean;
  code?: boolean;
}

/** A labelled field to write in. It takes more than one line, so that Enter sends nothing. */
export function Writing({ id, name, label, hint, value, rows = 2, required = false, code = false }: WritingProps) {
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <textarea
        id={id}
        name={name}
        rows={rows}
        required={required}
        class={code ? 'code' : undefined}
        spellcheck={!code}
        autocomplete="off"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      >
        {`\n${value ?? ''}`}
      </textarea>
    </p>
  );
}

/** A form that few need, folded away until it is. */
export function Folded({ title, open, children }: { title: string; open: boolean; children: ComponentChildren }) {
  return (
    <details open={open}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
