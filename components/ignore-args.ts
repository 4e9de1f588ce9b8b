// What others write on purpose, and a program leaves as it is.

/** Of an application. */
export interface IgnoredReplyUrlsArgs {
  /**
   * Reply URLs that somebody else may add and take away: one that the application has when the program runs is kept, one that
   * it has not is not added. @default []: every reply URL that the program does not name is removed
   */
  replyUrls?: string[];
}

/** Of a whole bot. */
export interface IgnoreArgs {
  /** Reply URLs of the application, as {@link IgnoredReplyUrlsArgs} has them. @default [] */
  replyUrls?: string[];
  /**
   * Names of tags of the Azure resources, as Azure writes them, that policies or other people set. They stay as the state
   * knows them, so refresh before an update: Azure takes tags only all together. @default []: tags are the program's alone
   */
  tags?: string[];
}
