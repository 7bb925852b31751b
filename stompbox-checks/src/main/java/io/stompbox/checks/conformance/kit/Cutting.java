package io.stompbox.checks.conformance.kit;

import io.stompbox.protocol.frame.Body;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How the octets of a case arrive: a name for failures, and the reads. */
public record Cutting(String name, List<byte[]> reads) {
  private static final int SEEDS = 6;

  /** Longest piece of a random cutting. */
  private static final int LONGEST = 12;

  /** Returns the ways in which every input must give the same. */
  public static List<Cutting> of(List<Body> chunks) {
    byte[] all = joined(chunks);
    List<byte[]> given = chunks.stream().map(Body::toBytes).toList();
    Stream<Cutting> random = IntStream.rangeClosed(1, SEEDS).mapToObj(seed -> random(all, seed));
    return Stream.concat(Stream.of(new Cutting("as given", given), octets(all)), random).toList();
  }

  private static byte[] joined(List<Body> chunks) {
    byte[] all = new byte[chunks.stream().mapToInt(Body::size).sum()];
    int at = 0;
    for (Body chunk : chunks) {
      chunk.copyTo(all, at);
      at += chunk.size();
    }
    return all;
  }

  private static Cutting octets(byte[] all) {
    List<byte[]> reads = IntStream.range(0, all.length).mapToObj(i -> new byte[] {all[i]}).toList();
    return new Cutting("one octet at a time", reads);
  }

  private static Cutting random(byte[] all, int seed) {
    Random random = new Random(seed);
    List<byte[]> reads = new ArrayList<>();
    int at = 0;
    while (at < all.length) {
      int end = Math.min(all.length, at + 1 + random.nextInt(LONGEST));
      reads.add(Arrays.copyOfRange(all, at, end));
      at = end;
    }
    return new Cutting("cut at random with seed " + seed, reads);
  }
}
