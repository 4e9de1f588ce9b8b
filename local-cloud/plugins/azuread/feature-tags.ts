// Features that Entra keeps as tags of well-known names (terraform-provider-azuread, internal/helpers/applications).
import { objectsOf, type Properties, textsOf } from "../wire/property-values.js";

const CUSTOM_SINGLE_SIGN_ON = "WindowsAzureActiveDirectoryCustomSingleSignOnApplication";
const ENTERPRISE = "WindowsAzureActiveDirectoryIntegratedApp";
const GALLERY = "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1";
const HIDE = "HideApp";

/** The tags to write: those of the features where the program gives features, else its tags. */
export function tagsOf(inputs: Properties): string[] {
  const [tags] = objectsOf(inputs, "featureTags");
  const [features] = objectsOf(inputs, "features");
  if (tags === undefined && features === undefined) return textsOf(inputs, "tags").sort();
  const wanted: [string, boolean][] = [
    [
      CUSTOM_SINGLE_SIGN_ON,
      tags?.["customSingleSignOn"] === true || features?.["customSingleSignOnApp"] === true,
    ],
    [ENTERPRISE, tags?.["enterprise"] === true || features?.["enterpriseApplication"] === true],
    [GALLERY, tags?.["gallery"] === true || features?.["galleryApplication"] === true],
    [HIDE, tags?.["hide"] === true || features?.["visibleToUsers"] === false],
  ];
  return wanted.flatMap(([tag, on]) => (on ? [tag] : []));
}

export function featureTagsOf(tags: readonly string[]): Properties[] {
  return [
    {
      customSingleSignOn: tags.includes(CUSTOM_SINGLE_SIGN_ON),
      enterprise: tags.includes(ENTERPRISE),
      gallery: tags.includes(GALLERY),
      hide: tags.includes(HIDE),
    },
  ];
}

export function featuresOf(tags: readonly string[]): Properties[] {
  return [
    {
      customSingleSignOnApp: tags.includes(CUSTOM_SINGLE_SIGN_ON),
      enterpriseApplication: tags.includes(ENTERPRISE),
      galleryApplication: tags.includes(GALLERY),
      visibleToUsers: !tags.includes(HIDE),
    },
  ];
}
