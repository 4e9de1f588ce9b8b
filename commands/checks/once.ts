// A reading that several checks share is made once, by whichever asks first.

/** `read`, whose one result everybody gets. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= read();
    return made;
  };
}

/** `read`, once for each combination of its arguments. */
export function onceEach<Keys extends readonly string[], T>(
  read: (...keys: Keys) => Promise<T>,
): (...keys: Keys) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (...keys) => {
    const key = JSON.stringify(keys);
    const known = made.get(key) ?? read(...keys);
    made.set(key, known);
    return known;
  };
}
