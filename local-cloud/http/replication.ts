// Directory and role assignments are kept by many machines: what one has just made, the next may not know yet.

/** Keeps what is new unseen for a while, when told to. Nothing is late unless a test asks for it. */
export class Replication {
  private lateReads = 0;
  private readonly unseen = new Map<string, number>();
  private spreadSeconds = 0;

  /** From now on each new object is unseen for its next `reads` reads. 0 ends it, also for objects that wait. */
  replicateLate(reads: number): void {
    this.lateReads = reads;
    if (reads === 0) this.unseen.clear();
  }

  /** To be called with the object id of everything new in the directory. */
  created(id: string): void {
    if (this.lateReads > 0) this.unseen.set(id, this.lateReads);
  }

  /** Whether this read sees the object; counts as one read. */
  sees(id: string): boolean {
    const left = this.unseen.get(id);
    if (left === undefined) return true;
    if (left <= 1) this.unseen.delete(id);
    else this.unseen.set(id, left - 1);
    return false;
  }

  /** From now on a role assignment allows nothing for its first `seconds`, those included that are there already. */
  spreadRolesAfter(seconds: number): void {
    this.spreadSeconds = seconds;
  }

  /** Whether a role assignment of `createdTime` (ISO) has reached everything that asks for it. */
  hasSpread(createdTime: string, now: Date): boolean {
    return Date.parse(createdTime) + this.spreadSeconds * 1000 <= now.getTime();
  }
}
