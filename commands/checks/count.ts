// Numbers in sentences.

/** `1 secret`, `2 secrets`. */
export function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}
