/**
 * What ends a text or a comment in one dialect and not in another: comments that MySQL runs or does not take for comments,
 * comments in comments, backslashes, dollars, slashes and brackets that quote.
 */
const TRICKS = /\/\*M?!|--(?!\s|-|$)|#|\\|\/\*[\s\S]*\/\*|\$\w*\$|\/\/|\[[^\]]*['"]|\bq'|'''|"""/i;

/** True for a text of which another dialect may see other statements than the one that it is read in. */
export function readsDifferently(text: string): boolean {
  return TRICKS.test(text);
}
