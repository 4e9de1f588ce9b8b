// Property paths as the engine reads them (sdk/go/common/resource/property_path.go).

/** The path of a property inside another: `properties.endpoint`, or `tags["a.b"]` where the name has special letters. */
export function inside(path: string, name: string): string {
  if (!/^[^.[\]"\s]+$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

/** The path of an item of a list. */
export function at(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** The top-level property that a path begins with. */
export function topLevelOf(path: string): string {
  const quoted = /^\["((?:[^"\\]|\\.)*)"\]/.exec(path)?.[1];
  if (quoted !== undefined) return quoted.replace(/\\(.)/g, "$1");
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}
