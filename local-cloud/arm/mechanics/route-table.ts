// Finds the route of a path. Resource Manager's paths are case-insensitive, which no web framework's router is.
import type { ArmRoute } from "./arm-call.js";

interface Compiled {
  readonly route: ArmRoute;
  readonly parts: readonly string[];
}

export type RouteMatch =
  | { readonly route: ArmRoute; readonly params: Readonly<Record<string, string>> }
  /** The path exists, but not with this method. */
  | { readonly allowed: readonly string[] };

/** At the beginning of a pattern: the id of anything, in any number of parts. */
const ANY_SCOPE = "{+scope}";

export class RouteTable {
  private readonly byLength = new Map<number, Compiled[]>();
  /** Without their `{+scope}`. */
  private readonly onAnyScope: Compiled[] = [];

  constructor(readonly routes: readonly ArmRoute[]) {
    for (const route of routes) {
      const parts = segmentsOf(route.pattern).map((part) =>
        isPlaceholder(part) ? part : part.toLowerCase(),
      );
      if (parts[0] === ANY_SCOPE) {
        this.onAnyScope.push({ route, parts: parts.slice(1) });
        continue;
      }
      const sameLength = this.byLength.get(parts.length) ?? [];
      sameLength.push({ route, parts });
      this.byLength.set(parts.length, sameLength);
    }
    for (const compiled of this.byLength.values()) {
      // Of two patterns that match, the one with more fixed parts is meant.
      compiled.sort((a, b) => placeholders(a) - placeholders(b));
    }
  }

  match(method: string, segments: readonly string[]): RouteMatch | undefined {
    const exact = chosen(method, this.byLength.get(segments.length) ?? [], segments);
    return exact ?? this.matchOnScope(method, segments);
  }

  private matchOnScope(method: string, segments: readonly string[]): RouteMatch | undefined {
    for (let cut = 1; cut < segments.length; cut++) {
      const match = chosen(method, this.onAnyScope, segments.slice(cut));
      if (match === undefined) continue;
      const scope = segments.slice(0, cut).join("/");
      return "route" in match ? { ...match, params: { ...match.params, scope } } : match;
    }
    return undefined;
  }
}

function chosen(
  method: string,
  compiled: readonly Compiled[],
  segments: readonly string[],
): RouteMatch | undefined {
  const candidates = compiled.filter((candidate) => matches(candidate, segments));
  const found = candidates.find(({ route }) => route.method === method);
  if (found !== undefined) return { route: found.route, params: paramsOf(found, segments) };
  if (candidates.length === 0) return undefined;
  return { allowed: [...new Set(candidates.map(({ route }) => route.method))] };
}

/** Non-empty parts of a path. */
export function segmentsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function isPlaceholder(part: string): boolean {
  return part.startsWith("{");
}

function placeholders({ parts }: Compiled): number {
  return parts.filter(isPlaceholder).length;
}

function matches({ parts }: Compiled, segments: readonly string[]): boolean {
  if (parts.length !== segments.length) return false;
  return parts.every(
    (part, index) => isPlaceholder(part) || part === segments[index]?.toLowerCase(),
  );
}

function paramsOf({ parts }: Compiled, segments: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    parts.flatMap((part, index) =>
      isPlaceholder(part) ? [[part.slice(1, -1), segments[index] ?? ""]] : [],
    ),
  );
}
