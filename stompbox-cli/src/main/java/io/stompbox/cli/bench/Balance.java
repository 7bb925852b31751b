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
   * @param isInterrupted whether nobody has waited for those; then only an error is a loss
   */
  static Balance of(Counts counts, long missing, boolean isInterrupted) {
    long gone = Math.max(0, missing);
    long lost = isInterrupted ? Math.min(gone, counts.get(Count.ERRORS)) : gone;
    return new Balance(counts, lost, gone - lost);
  }
}
