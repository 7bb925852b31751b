package io.stompbox.protocol.failover;

/** placeholder */
public final class FailoverUri { private FailoverUri() {} }
