package io.stompbox.client;

import io.stompbox.protocol.frame.StompException;

/**
 * When the work of {@link StompClient#inTransaction(TransactionWork, TransactionRetries)} is run
 * again.
 *
 * @param most how often it is run again at most
 * @param inDoubt whether also after {@link TransactionInDoubtException}
 */
public record TransactionRetries(int most, boolean inDoubt) {
  /** Refuses a negative number. */
  public TransactionRetries {
    if (most < 0) {
      throw new IllegalArgumentException("retries must not be negative: " + most);
    }
  }

  /** Runs it again after {@link TransactionRolledBackException}, which is always safe. */
  public static TransactionRetries afterRollback(int most) {
    return new TransactionRetries(most, false);
  }

  /**
   * Returns them for doubt as well: the work may have taken effect already when it is run again.
   * Therefore each message that it sends carries an id in the header of {@link DuplicateDetection},
   * the same in each run: the first message of one run has that of the first of another. So the
   * work has to send the same messages in the same order each time.
   *
   * <p>Artemis refuses a COMMIT whose ids it knows, which is taken for success. With {@link
   * DuplicateDetection.InHeader} the messages may arrive twice, and their consumers have to look at
   * the ids. Where there would be no ids nothing is begun. What the work acknowledges has come on a
   * connection that is lost by then, so its second run can't, and the doubt stays.
   *
   * <p>Whatever keeps a later run from success, the doubt stays: a {@link StompException} of it is
   * among the suppressed ones of {@link TransactionInDoubtException}, and that is among those of
   * any other exception.
   */
  public TransactionRetries orInDoubt() {
    return new TransactionRetries(most, true);
  }

  /** Whether the work may be run again after this. */
  boolean allow(Exception failure) {
    return failure instanceof TransactionRolledBackException
        || (inDoubt && failure instanceof TransactionInDoubtException);
  }
}
