// A reading that several checks share is made once, by whichever asks first.

/** `read`, whose one result everybody gets. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= read();
    return made;
  };
}
