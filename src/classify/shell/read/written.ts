/** How a file came about that the script itself has made, in words. */
export function justWritten(from: 'network' | 'script'): string {
  return from === 'network' ? 'which was just downloaded' : 'which was just written and nobody has read';
}
