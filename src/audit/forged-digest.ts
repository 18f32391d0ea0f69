/** The reason of an action that was started under another digest than its own: its arguments never fit what is on record. */
export const FORGED_DIGEST_REASON = 'The digest that the action was started with is not its own, so nothing runs';
