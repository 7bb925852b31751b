package io.stompbox.cli.bench;

/**
 * What has become of the messages of a run, all counted at one moment.
 *
 * @param lost as in {@link RunRecord.Totals}
 * @param unknown as there
 */
record Balance(Counts counts, long lost, long unknown) {

  /**
   * Returns the balance of a run.
   *
   * @param missing how many messages have not come, or were not confirmed
   * @param unknown how many of them the broker may have or not
   */
  static Balance of(Counts counts, long missing, long unknown) {
    long gone = Math.max(0, missing);
    long doubtful = Math.min(gone, Math.max(0, unknown));
    return new Balance(counts, gone - doubtful, doubtful);
  }
}
