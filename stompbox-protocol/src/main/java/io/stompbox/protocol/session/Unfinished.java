package io.stompbox.protocol.session;

import java.util.List;

/**
 * What a connection leaves behind when it is over.
 *
 * @param refused the receipts of frames that the server's ERROR is about
 * @param lost the receipts of frames of which nobody knows whether the server has handled them
 * @param aborted the transactions that the server rolls back, oldest first
 */
public record Unfinished(List<String> refused, List<String> lost, List<String> aborted) {
  /** Copies the lists. */
  public Unfinished {
    refused = List.copyOf(refused);
    lost = List.copyOf(lost);
    aborted = List.copyOf(aborted);
  }
}
