import type { ComponentChildren } from 'preact';
import { distanceOf, momentOf } from '../said/times.ts';

/** Labelled facts, one below the other. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A part of a page under a heading. */
export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** A moment, and how far it is from now; only that where it is `brief`, in lists. */
export function Moment({ iso, now, brief = false }: { iso: string; now: number; brief?: boolean }) {
  return (
    <time dateTime={iso} title={momentOf(iso)}>
      {brief ? (
        distanceOf(iso, now)
      ) : (
        <>
          {momentOf(iso)} <span class="quiet">({distanceOf(iso, now)})</span>
        </>
      )}
    </time>
  );
}

/** A word for a status or a severity. The word says it; the colour only helps. */
export function Badge({ word }: { word: string }) {
  return <span class={`badge is-${word}`}>{word.replaceAll('_', ' ')}</span>;
}
