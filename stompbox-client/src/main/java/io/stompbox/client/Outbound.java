package io.stompbox.client;

import io.stompbox.protocol.codec.EncoderOptions.ContentLength;
import io.stompbox.protocol.frame.Frame;
import io.stompbox.protocol.frame.Headers;
import io.stompbox.protocol.frame.StompException;
import org.jspecify.annotations.Nullable;

/** One frame on its way out, or a mark between frames that tells when it is reached. */
final class Outbound {
  /** As an epoch: the frame may be written on any connection. */
  static final int ANY_EPOCH = 0;

  /** Octets that the objects of one frame take besides its text, roughly. */
  private static final int OVERHEAD = 128;

  private final @Nullable Frame frame;
  private final int epoch;
  private final @Nullable String receipt;
  private final @Nullable Confirmation confirmation;
  private final long size;

  /** Written by the writer of a connection, and by the outbox once that writer has ended. */
  private State state = State.QUEUED;

  /** The header that a second attempt has besides; null for none. Set before it is queued. */
  private @Nullable String repeatMark;

  /** Whether its content-length is written. Set before it is queued. */
  private ContentLength contentLength = ContentLength.AUTOMATIC;

  /** Where the body comes from that the frame does not have; null for none. As above. */
  private @Nullable BodySource source;

  /** How often it was given to a writer. Guarded by the outbox. */
  private int attempts;

  /** When it expires, in the nanoseconds of the time source; meaningful with a receipt only. */
  private long deadline;

  /** When it was offered to the outbox, as {@link #deadline}. */
  private long accepted;

  enum State {
    /** Waits to be written; no octet was. */
    QUEUED,
    /** A writer has it: octets of it may have been written. */
    WRITING
  }

  private Outbound(
      @Nullable Frame frame,
      int epoch,
      @Nullable String receipt,
      @Nullable Confirmation confirmation) {
    this.frame = frame;
    this.epoch = epoch;
    this.receipt = receipt;
    this.confirmation = confirmation;
    this.size = frame == null ? 0 : size(frame);
  }

  /** A SEND that nobody asks about. */
  static Outbound plain(Frame frame) {
    return new Outbound(frame, ANY_EPOCH, null, null);
  }

  /** A SEND that is written again on the next connection until its receipt comes. */
  static Outbound confirmed(Frame frame, String receipt, Confirmation confirmation) {
    return new Outbound(frame, ANY_EPOCH, receipt, confirmation);
  }

  /** A frame that means something on one connection only. */
  static Outbound bound(Frame frame, int epoch) {
    return new Outbound(frame, epoch, null, null);
  }

  /** A frame that means something on one connection only, and whose receipt is awaited. */
  static Outbound bound(Frame frame, int epoch, String receipt, Confirmation confirmation) {
    return new Outbound(frame, epoch, receipt, confirmation);
  }

  /** A mark that is confirmed when everything before it was written. */
  static Outbound mark(Confirmation confirmation) {
    return new Outbound(null, ANY_EPOCH, null, confirmation);
  }

  private static long size(Frame frame) {
    Headers headers = frame.headers();
    long size = (long) OVERHEAD + frame.body().size();
    for (int i = 0; i < headers.size(); i++) {
      size += headers.name(i).length() + headers.value(i).length();
    }
    return size;
  }

  /** The frame; null for a mark. */
  @Nullable Frame frame() {
    return frame;
  }

  /** Where a SEND goes; null for other frames. */
  @Nullable String destination() {
    return frame == null ? null : frame.header("destination");
  }

  /** Has attempts after the first carry a header besides: {@code true} under this name. */
  void markRepeats(String header) {
    repeatMark = header;
  }

  Outbound contentLength(ContentLength length) {
    contentLength = length;
    return this;
  }

  ContentLength contentLength() {
    return contentLength;
  }

  /** Has the body read from there while it is written; null leaves that of the frame. */
  Outbound source(@Nullable BodySource body) {
    source = body;
    return this;
  }

  /** Where the body comes from that is read while it is written; null if the frame has it. */
  @Nullable BodySource source() {
    return source;
  }

  /** The frame as this attempt writes it; null for a mark. Asked by the writer that has it. */
  @Nullable Frame attempt() {
    String mark = repeatMark;
    return frame == null || mark == null || attempts < 2 ? frame : frame.with(mark, "true");
  }

  int epoch() {
    return epoch;
  }

  /** The receipt that is asked for; null if none is. */
  @Nullable String receipt() {
    return receipt;
  }

  /** What learns the outcome; null if nobody asked. */
  @Nullable Confirmation confirmation() {
    return confirmation;
  }

  /** Whether it means something on one connection only. */
  boolean isBound() {
    return epoch != ANY_EPOCH;
  }

  /** Whether somebody asked for its outcome and was told: it must not be written after that. */
  boolean isSettled() {
    return confirmation != null && confirmation.isDone();
  }

  /** Whether it survives the loss of a connection until its receipt comes. */
  boolean isConfirmedSend() {
    return receipt != null && epoch == ANY_EPOCH;
  }

  /** Whether it is a SEND that nobody asks about. */
  boolean isPlainSend() {
    return frame != null && receipt == null && epoch == ANY_EPOCH;
  }

  /** Octets it takes in memory, roughly. */
  long size() {
    return size;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  int attempts() {
    return attempts;
  }

  void countAttempt() {
    attempts++;
  }

  /** It was taken, but no octet of it was written. */
  void uncountAttempt() {
    attempts--;
  }

  long deadline() {
    return deadline;
  }

  /** When it was offered to the outbox, in the nanoseconds of the time source. */
  long accepted() {
    return accepted;
  }

  void accepted(long nanoTime) {
    accepted = nanoTime;
  }

  void deadline(long nanoTime) {
    deadline = nanoTime;
  }

  Outcome confirmed(int byEpoch) {
    return new Outcome.Confirmed(attempts, byEpoch, attempts > 1);
  }

  /** What it comes to if no answer is awaited any more. */
  Outcome failure(StompException cause) {
    return attempts == 0 ? new Outcome.NotSent(cause) : new Outcome.Unknown(cause);
  }

  void complete(Outcome outcome) {
    if (confirmation != null) {
      confirmation.complete(outcome);
    }
  }
}
