package io.stompbox.bench.endtoend.run;

/**
 * What one JVM found for one client and scenario: times and octets are of one message, the medians
 * of its repetitions.
 *
 * @param endpoint whom it talked to
 * @param round JVMs of one round ran close to each other
 * @param messages of one repetition
 * @param cpuNanos CPU time of the whole process, compilers and garbage collection too
 * @param allocated octets that its threads took from the heap
 * @param threads that were alive at the end
 * @param others the part of the machine that other processes had, the peer among them, from 0 to 1
 * @param steal the part that the host took, from 0 to 1
 * @param load threads that wanted to run in the last minute
 * @param p50 microseconds of a round trip; 0 where there are none
 */
record Sample(
    String scenario,
    String endpoint,
    String subject,
    long round,
    long messages,
    double cpuNanos,
    double wallNanos,
    double allocated,
    long threads,
    double others,
    double steal,
    double load,
    double p50,
    double p90,
    double p99,
    double p999) {}
