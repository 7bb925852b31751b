package io.stompbox.bench.codec.run;

import io.stompbox.bench.codec.CodecSubject;
import io.stompbox.bench.codec.CodecSubject.Kind;
import io.stompbox.bench.codec.CodecSubject.Operation;
import io.stompbox.bench.codec.Corpus;
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

/** One operation decodes or encodes a whole corpus. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  @Param("stompbox")
  String subject = "";

  @Param("medium")
  String corpus = "";

  @Param("decode-use")
  String work = "";

  private Operation operation = () -> 0;

  @Setup
  public void prepare(Blackhole hole) throws Exception {
    CodecSubject codec = Subjects.named(subject);
    Work what = Work.of(work);
    Corpus frames = what.corpus(corpus);
    if (codec.kind() != Kind.LIMIT) {
      what.difference(codec, frames)
          .ifPresent(
              difference -> {
                throw new IllegalStateException(
                    subject + " is wrong in " + work + " of " + corpus + ": " + difference);
              });
    }
    operation = Objects.requireNonNull(what.operation(codec, frames, new Consumed(hole)));
    WarmUp.run(() -> hole.consume(operation.run()));
  }

  @Benchmark
  public int run(Counters counters) throws Exception {
    counters.count();
    return operation.run();
  }
}
