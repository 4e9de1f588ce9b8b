// Reads PowerShell as VS Code does, to find out whether a script is one.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";

const folder = dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm"));

/** What of the text is no PowerShell: `line:column text`. */
export async function powerShellErrors(text: string): Promise<string[]> {
  await Parser.init({ locateFile: (file: string) => join(folder, file) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(folder, "tree-sitter-powershell.wasm")));
  const tree = parser.parse(text);
  if (tree === null) throw new Error("the parser gave nothing back");
  return errorsBelow(tree.rootNode);
}

function errorsBelow(node: Node): string[] {
  const { row, column } = node.startPosition;
  const own = node.isError || node.isMissing ? [`${row + 1}:${column} ${node.text}`] : [];
  return [...own, ...node.children.flatMap((child) => (child === null ? [] : errorsBelow(child)))];
}
