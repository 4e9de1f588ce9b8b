// The longest way through a graph of resources that wait for each other: no engine can be faster, however much it does at once.

export interface PathNode {
  readonly id: string;
  readonly seconds: number;
  readonly dependsOn: readonly string[];
}

export interface CriticalPath {
  readonly seconds: number;
  /** From the first to the last. */
  readonly ids: readonly string[];
}

/** Dependencies on what is not among the nodes count as done. @throws Error when resources wait for each other in a ring */
export function criticalPath(nodes: readonly PathNode[]): CriticalPath {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const done = new Map<string, CriticalPath>();
  const open = new Set<string>();
  const pathTo = (id: string): CriticalPath => {
    const node = byId.get(id);
    const known = done.get(id);
    if (node === undefined) return NOTHING;
    if (known !== undefined) return known;
    if (open.has(id)) throw new Error(`${id} waits for itself`);
    open.add(id);
    const before = longest(node.dependsOn.map(pathTo));
    const path = { seconds: before.seconds + node.seconds, ids: [...before.ids, id] };
    done.set(id, path);
    return path;
  };
  return longest(nodes.map(({ id }) => pathTo(id)));
}

const NOTHING: CriticalPath = { seconds: 0, ids: [] };

function longest(paths: readonly CriticalPath[]): CriticalPath {
  return paths.reduce((best, path) => (path.seconds > best.seconds ? path : best), NOTHING);
}
