package io.stompbox.protocol.session;

/** placeholder */
public final class Commands { private Commands() {} }
