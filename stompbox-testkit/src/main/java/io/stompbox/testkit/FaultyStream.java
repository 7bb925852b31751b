package io.stompbox.testkit;

import io.stompbox.testkit.Fault.Ending;
import io.stompbox.testkit.FrameBoundaries.Mark;
import io.stompbox.testkit.Place.Where;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a proxied connection: reads octets, lets the faults strike that wait at each,
 * and passes on what is left. One thread runs it; faults may be set by others.
 */
final class FaultyStream {
  private static final int BUFFER = 64 * 1024;

  private final ProxiedConnection connection;
  private final InputStream input;
  private final FaultyOutput output;
  private final FaultQueue faults = new FaultQueue();
  private final FrameBoundaries frames = new FrameBoundaries();
  private final FrameTally tally = new FrameTally();

  /** Octets of a command that is not known yet. Touched by the running thread, as all below. */
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();

  /** Octets of a frame that is to be sent twice. */
  private @Nullable ByteArrayOutputStream copy;

  /** Whether the current frame is left out. */
  private boolean isSwallowed;

  /** What has been read. */
  private long octets;

  FaultyStream(ProxiedConnection connection, InputStream input, FaultyOutput output) {
    this.connection = connection;
    this.input = input;
    this.output = output;
  }

  void add(Fault fault) throws IOException {
    if (fault.place() instanceof Place.Now && !(fault instanceof Fault.Flip)) {
      strike(fault);
    } else {
      faults.add(fault);
    }
  }

  void heal() {
    faults.clear();
    output.heal();
  }

  Passed passed() {
    return tally.passed();
  }

  /** Passes octets on until the end of the stream. */
  void run() throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    int read = input.read(buffer);
    while (read >= 0) {
      output.awaitReading();
      for (int i = 0; i < read; i++) {
        accept(buffer[i]);
      }
      flush();
      output.awaitReading();
      read = input.read(buffer);
    }
    release();
    flush();
  }

  private void accept(byte octet) throws IOException, InterruptedException {
    List<Fault> here = faults.after(octets);
    if (!here.isEmpty()) {
      release();
      strikeAll(here);
    }
    octets++;
    Mark mark = frames.accept(octet);
    if (mark == Mark.COMMAND_END) {
      tally.begin(frames.command());
      strikeAll(at(Where.BEFORE));
    }
    if (mark == Mark.IN_COMMAND && faults.waitsForFrames()) {
      held.write(octet);
    } else {
      release();
      pass(octet);
    }
    if (mark == Mark.HEAD_END) {
      strikeAll(at(Where.WITHIN));
    } else if (mark == Mark.FRAME_END) {
      endFrame();
    }
  }

  private List<Fault> at(Where where) {
    return faults.at(where, frames.command(), tally);
  }

  private void endFrame() throws IOException, InterruptedException {
    ByteArrayOutputStream again = copy;
    copy = null;
    if (!isSwallowed) {
      tally.passed(frames.command());
    }
    isSwallowed = false;
    if (again != null) {
      output.write(again.toByteArray());
      tally.passed(frames.command());
    }
    strikeAll(at(Where.AFTER));
  }

  private void release() {
    byte[] octetsOfCommand = held.toByteArray();
    held.reset();
    for (byte octet : octetsOfCommand) {
      pass(octet);
    }
  }

  private void pass(byte octet) {
    if (copy != null) {
      copy.write(octet);
    }
    if (!isSwallowed) {
      output.write(octet);
    }
  }

  private void flush() throws IOException, InterruptedException {
    tally.octets(output.flush());
  }

  private void strikeAll(List<Fault> found) throws IOException, InterruptedException {
    for (Fault fault : found) {
      flush();
      strike(fault);
      output.awaitReading();
    }
  }

  private void strike(Fault fault) throws IOException {
    if (fault instanceof Fault.End end) {
      end(end.ending());
    } else if (fault instanceof Fault.Flip flip) {
      output.flipNext(flip.mask());
    } else if (fault instanceof Fault.Inject inject) {
      tally.octets(output.inject(inject.octets().toBytes()));
    } else if (fault instanceof Fault.Swallow) {
      isSwallowed = true;
    } else if (fault instanceof Fault.Duplicate) {
      copy = new ByteArrayOutputStream();
    } else {
      output.shape(fault);
    }
  }

  private void end(Ending ending) throws IOException {
    switch (ending) {
      case RESET -> connection.reset();
      case CLOSE -> connection.close();
      case HALF_CLOSE -> output.halfClose();
      case BLACK_HOLE -> output.swallowAll();
      case STOP_READING -> output.stopReading();
    }
  }
}
