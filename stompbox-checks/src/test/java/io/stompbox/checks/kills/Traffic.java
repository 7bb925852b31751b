package io.stompbox.checks.kills;

import io.stompbox.checks.invariants.LiveThreads;
import java.time.Duration;
import java.util.Locale;

/** What a client does while its broker is killed. */
enum Traffic {
  /** Sends and waits for confirmations. */
  SEND {
    @Override
    void run(Scene scene, Report report) throws InterruptedException {
      new ConfirmedSends(scene, report).run();
    }
  },

  /** Receives, and acknowledges each message by itself. */
  CONSUME {
    @Override
    void run(Scene scene, Report report) throws InterruptedException {
      new Consuming(scene, report).run();
    }
  },

  /** Sends without asking for confirmations; nothing is promised. */
  FORGET {
    @Override
    void run(Scene scene, Report report) throws InterruptedException {
      new FireAndForget(scene, report).run();
    }
  },

  /** Everything while nothing is killed, to see what it costs. */
  COST {
    @Override
    void run(Scene scene, Report report) throws InterruptedException {
      new Costs(scene, report).run();
    }
  };

  abstract void run(Scene scene, Report report) throws InterruptedException;

  /** Runs on a new broker, which is gone afterwards. */
  Report run(KilledBroker kind, Load load) throws InterruptedException {
    long start = System.nanoTime();
    Report report = new Report(kind + ", " + text());
    try (Scene scene = Scene.start(kind, load.withAtMost(kind.mostKills()))) {
      run(scene, report);
    }
    LiveThreads.awaitNoneOfClients();
    return report.count("elapsed-ms", Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  /** Its name in options and reports. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
