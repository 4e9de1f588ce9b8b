// References of container images, as Docker and everybody after it writes them (grammar of distribution/reference).

export interface ImageReference {
  /** Of the registry, lower case: `contoso.azurecr.io`. */
  readonly host: string;
  readonly repository: string;
  /** `:1.4.2` or `@sha256:...` */
  readonly version: string;
}

const REFERENCE =
  /^(?<name>[a-z0-9]+(?:(?:[._-]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._-]|__|-+)[a-z0-9]+)*)*)(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** What is left out is Docker Hub, its library, and the tag `latest`; undefined when the text is no reference. */
export function parseImage(text: string): ImageReference | undefined {
  const slash = text.indexOf("/");
  const first = text.slice(0, Math.max(slash, 0));
  const hasHost = /[.:]/.test(first) || first === "localhost";
  const [host, rest] = hasHost ? [first, text.slice(slash + 1)] : ["docker.io", text];
  const { name, tag = "latest", digest } = REFERENCE.exec(rest)?.groups ?? {};
  if (name === undefined) return undefined;
  const official = host === "docker.io" && !name.includes("/");
  return {
    host: host.toLowerCase(),
    repository: official ? `library/${name}` : name,
    version: digest === undefined ? `:${tag}` : `@${digest}`,
  };
}

/** The reference in full. */
export function formatImage({ host, repository, version }: ImageReference): string {
  return `${host}/${repository}${version}`;
}
