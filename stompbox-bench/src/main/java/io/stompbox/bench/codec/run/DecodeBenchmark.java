package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Decoding;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.Corpus;
import io.stompbox.bench.codec.Verification;
import io.stompbox.bench.codec.subject.Subjects;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One operation decodes the whole corpus. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
  @Param("stompbox")
  String subject = "";

  @Param("medium")
  String corpus = "";

  @Param("decode-use")
  String work = "";

  private Decoding decoding = () -> 0;

  @Setup
  public void prepare(Blackhole hole) throws Exception {
    CodecSubject codec = Subjects.named(subject);
    Corpus frames = Corpus.toDecode(corpus);
    if (codec.kind() != Kind.LIMIT) {
      Verification.decode(codec, frames)
          .ifPresent(
              difference -> {
                throw new IllegalStateException(
                    subject + " decodes " + corpus + " wrongly: " + difference);
              });
    }
    decoding =
        Objects.requireNonNull(
            codec.decoding(frames.pieces(), Work.of(work).depth(), new Consumed(hole)));
    WarmUp.run(() -> hole.consume(decoding.run()));
  }

  @Benchmark
  public int decode(Counters counters) throws Exception {
    counters.count();
    return decoding.run();
  }
}
