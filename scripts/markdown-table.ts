// Tables of the generated pages in docs/.

/** A table in Markdown, a line a row. */
export function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

export function code(text: string): string {
  return `\`${text}\``;
}
