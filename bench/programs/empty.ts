// Nothing: what is left is the engine's own.
export function program(): void {}
