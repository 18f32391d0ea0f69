import type { ComponentChildren } from 'preact';

/** Something that nobody should overlook. */
export function Notice({ kind, children }: { kind: 'good' | 'bad' | 'look'; children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}
