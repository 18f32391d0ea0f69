interface TabsProps<Name extends string> {
  label: string;
  names: readonly Name[];
  current: Name;
  address: (name: Name) => string;
  small?: boolean;
}

/** Links of which one is where the reader is. */
export function Tabs<Name extends string>({ label, names, current, address, small = false }: TabsProps<Name>) {
  return (
    <nav aria-label={label}>
      <ul class={small ? 'tabs small' : 'tabs'}>
        {names.map((name) => (
          <li>
            <a href={address(name)} aria-current={name === current ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
