package io.stompbox.bench.scale;

/**
 * One figure of one run.
 *
 * @param run what was measured
 * @param jdk the version of Java that it ran on
 * @param machine that it ran on
 * @param round from 1
 * @param n how many connections, subscriptions or messages
 * @param figure what was counted
 * @param value how much
 * @param unit of the value
 */
record Point(
    String run,
    String jdk,
    String machine,
    long round,
    long n,
    String figure,
    double value,
    String unit) {}
