package io.stompbox.bench.endtoend.run;

/**
 * What one JVM found for one client and scenario: times and octets are of one message, the medians
 * of its repetitions.
 *
 * @param endpoint whom it talked to
 * @param round JVMs of one round ran close to each other
 * @param machine where that was
 * @param jdk that it was
 * @param messages of one repetition
 * @param unquiet 1 if warm-up ended by its limit, 0 if it did because all was quiet
 * @param cpuNanos CPU time of the whole process, compilers and garbage collection too
 * @param allocated octets that its threads took from the heap
 * @param others the part of the machine that other processes had besides the peer, from 0 to 1; the
 *     peer is among them if its process is not known
 * @param steal the part that the host took, from 0 to 1
 * @param load threads that wanted to run in the last minute
 * @param p50 microseconds of a round trip; 0 where there are none
 */
record Sample(
    String scenario,
    String endpoint,
    String subject,
    long round,
    String machine,
    String jdk,
    long messages,
    long unquiet,
    double cpuNanos,
    double wallNanos,
    double allocated,
    double others,
    double steal,
    double load,
    double p50,
    double p90,
    double p99,
    double p999) {}
