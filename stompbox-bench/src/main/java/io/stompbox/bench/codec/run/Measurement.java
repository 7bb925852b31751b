package io.stompbox.bench.codec.run;

/**
 * What one fork found.
 *
 * @param work see {@link Work#option()}
 * @param round forks of one round ran close to each other
 * @param machine that it ran on
 * @param jvm its name and version
 * @param octets wire octets of one frame
 * @param cpuNanos CPU time of a frame, the median of the iterations
 * @param wallNanos wall time of a frame, the median of the iterations
 * @param allocated octets taken from the heap for a frame
 * @param others the part of the machine that other processes had, from 0 to 1
 */
record Measurement(
    String work,
    String corpus,
    String subject,
    long round,
    String machine,
    String jvm,
    double octets,
    double cpuNanos,
    double wallNanos,
    double allocated,
    double others) {}
