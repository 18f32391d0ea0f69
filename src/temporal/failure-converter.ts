import { DefaultFailureConverter } from '@temporalio/common';

/** Puts the messages and stacks of failures into payloads, which are encrypted; by default they travel as plain text. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
