package io.stompbox.checks.interop;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that runs with what the method {@code brokersInEachVersion} of its class returns: the test
 * gets a broker and a version.
 */
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}, STOMP {1}")
@MethodSource("brokersInEachVersion")
@interface EachBrokerAndVersion {}
