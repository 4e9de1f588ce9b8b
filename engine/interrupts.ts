// A download or build must not outlive a Ctrl-C, also when the caller has not thought of it.

/** The signals that ask this process to end, as an AbortSignal, until it is stopped. */
export interface Interrupts {
  readonly signal: AbortSignal;
  /** Listens no longer, and lets a signal that came take the effect it has by default. */
  stop(): void;
}

/** Listens for the signals that ask this process to end. */
export function listenForInterrupts(): Interrupts {
  const controller = new AbortController();
  const names: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  let received: NodeJS.Signals | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    received = name;
    controller.abort(new Error(`interrupted by ${name}`));
  };
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    stop() {
      for (const name of names) process.removeListener(name, onSignal);
      if (received !== undefined) process.kill(process.pid, received);
    },
  };
}
