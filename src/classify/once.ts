/** Makes a reading of an object once: sources share what they found about the same action. */
export function once<K extends object, V>(read: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (of) => {
    const earlier = known.get(of);
    if (earlier !== undefined) return earlier.value;
    const value = read(of);
    known.set(of, { value });
    return value;
  };
}
