package io.stompbox.client.pool;

import io.stompbox.client.StompClient;

/** A connection of a pool and when it was used last. */
final class Pooled {
  /** Threads that share it would slow each other down if each use were noted. In nanoseconds. */
  private static final long COARSE = 50_000_000;

  private final StompClient client;

  /** By System.nanoTime, up to {@link #COARSE} behind. */
  private volatile long lastUsed = System.nanoTime();

  /** Whether somebody may use it without telling. */
  private volatile boolean isPinned;

  Pooled(StompClient client) {
    this.client = client;
  }

  StompClient client() {
    return client;
  }

  void touch() {
    long now = System.nanoTime();
    if (now - lastUsed > COARSE) {
      lastUsed = now;
    }
  }

  void pin() {
    isPinned = true;
  }

  boolean isIdleFor(long nanos) {
    return !isPinned && System.nanoTime() - lastUsed - COARSE >= nanos;
  }
}
