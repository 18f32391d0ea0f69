const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;

/** A host name in the letters that people see: its `xn--` labels decoded (RFC 3492). What is not punycode stays. */
export function toUnicodeHost(name: string): string {
  const decoded = name
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decode(label.slice(4)) ?? label) : label));
  return decoded.join('.');
}

function decode(encoded: string): string | undefined {
  const delimiter = encoded.lastIndexOf('-');
  const letters = Array.from(encoded.slice(0, Math.max(0, delimiter)), (letter) => letter.charCodeAt(0));
  let [code, index, bias] = [128, 0, 72];
  for (let at = delimiter + 1; at < encoded.length; index += 1) {
    const before = index;
    for (let weight = 1, step = BASE; ; step += BASE) {
      const digit = Number.parseInt(shift(encoded.charAt(at)), BASE);
      at += 1;
      if (Number.isNaN(digit)) return undefined;
      index += digit * weight;
      const threshold = step <= bias ? T_MIN : Math.min(T_MAX, step - bias);
      if (digit < threshold) break;
      weight *= BASE - threshold;
    }
    bias = adapt(index - before, letters.length + 1, before === 0);
    code += Math.floor(index / (letters.length + 1));
    index %= letters.length + 1;
    if (code > 0x10ffff) return undefined;
    letters.splice(index, 0, code);
  }
  return String.fromCodePoint(...letters);
}

/** Punycode counts a-z before 0-9, `parseInt` the other way round. */
function shift(digit: string): string {
  if (/[0-9]/.test(digit)) return (Number(digit) + 26).toString(BASE);
  return /[a-z]/i.test(digit) ? (digit.toLowerCase().charCodeAt(0) - 97).toString(BASE) : '';
}

function adapt(delta: number, length: number, first: boolean): number {
  let left = first ? Math.floor(delta / DAMP) : delta >> 1;
  left += Math.floor(left / length);
  let step = 0;
  for (; left > ((BASE - T_MIN) * T_MAX) >> 1; step += BASE) left = Math.floor(left / (BASE - T_MIN));
  return step + Math.floor(((BASE - T_MIN + 1) * left) / (left + SKEW));
}
