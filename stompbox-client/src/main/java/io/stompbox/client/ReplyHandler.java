package io.stompbox.client;

/** Answers requests. */
@FunctionalInterface
public interface ReplyHandler {
  /**
   * Returns the reply to a request: begin with {@link Delivery#reply()}, which knows where to.
   *
   * @throws Exception anything; then there is no reply, and the {@link ErrorPolicy} of the
   *     subscription decides what becomes of the request
   */
  Outgoing reply(Delivery request) throws Exception;
}
