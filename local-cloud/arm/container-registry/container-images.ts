// Which container images there are. A registry of the local cloud holds what was imported into it or declared; of an image
// of any other registry it is taken that it exists, unless somebody declared that it does not.
import type { Store } from "../../state/store.js";
import { formatImage, type ImageReference, parseImage } from "./image-reference.js";

export interface DeclaredImage {
  readonly image: string;
  readonly present: boolean;
}

export class ContainerImages {
  constructor(private readonly store: Store) {}

  /** @param image its reference; what is left out of it is filled in. Throws when it is none. */
  declare(image: string, present: boolean): void {
    const reference = parseImage(image);
    if (reference === undefined) throw new Error(`'${image}' is no reference of an image`);
    this.store.put("containerImages", formatImage(reference), present);
  }

  list(): readonly DeclaredImage[] {
    return this.store
      .entries<boolean>("containerImages")
      .map(({ key, value }) => ({ image: key, present: value }));
  }

  /** Undefined when nobody said anything of it. */
  isPresent(reference: ImageReference): boolean | undefined {
    return this.store.get("containerImages", formatImage(reference));
  }

  /** What a registry held goes with it. */
  forget(host: string): void {
    for (const { key } of this.store.entries("containerImages", `${host.toLowerCase()}/`)) {
      this.store.remove("containerImages", key);
    }
  }
}
