// All described resource types, by name.
import { fullType, type ResourceType } from "./resource-type.js";

/** What a list of the resource providers says about a type. */
type ListedType = Pick<ResourceType, "namespace" | "type" | "apiVersions" | "locations">;

export class ResourceTypes {
  private readonly byName: ReadonlyMap<string, ResourceType>;

  constructor(
    readonly all: readonly ResourceType[],
    private readonly extensions: readonly ListedType[] = [],
  ) {
    this.byName = new Map(all.map((type) => [fullType(type).toLowerCase(), type]));
  }

  /** @param name such as `Microsoft.BotService/botServices`, in any case */
  get(name: string): ResourceType | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** The type that this one is nested in; undefined for a top-level type. */
  parentOf(type: ResourceType): ResourceType | undefined {
    const cut = type.type.lastIndexOf("/");
    return cut === -1 ? undefined : this.get(`${type.namespace}/${type.type.slice(0, cut)}`);
  }

  childrenOf(type: ResourceType): readonly ResourceType[] {
    return this.all.filter((candidate) => this.parentOf(candidate) === type);
  }

  /** Extension types included. */
  ofNamespace(namespace: string): readonly ListedType[] {
    const wanted = namespace.toLowerCase();
    return [...this.all, ...this.extensions].filter(
      (type) => type.namespace.toLowerCase() === wanted,
    );
  }
}
