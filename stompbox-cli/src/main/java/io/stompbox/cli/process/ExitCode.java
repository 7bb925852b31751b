package io.stompbox.cli.process;

/** How a command ended, for the shell that started it. The numbers never change their meaning. */
public enum ExitCode {
  OK(0, "done"),
  UNEXPECTED(1, "something unexpected; a demo that did not show what it should"),
  USAGE(2, "the command line or the input is not right"),
  CANNOT_CONNECT(3, "no connection: refused, unknown host, TLS; broker: the port is taken"),
  REFUSED(4, "the broker refused CONNECT: login, virtual host, version"),
  TIMED_OUT(5, "time-out: a silent broker, no message, no receipt"),
  BROKER_ERROR(6, "the broker sent an ERROR frame during the work"),
  CONNECTION_LOST(7, "the connection was lost"),
  PARTLY_DONE(8, "done in part; decode, doctor, request: with faults"),
  THRESHOLD_MISSED(9, "bench: a --fail-if threshold was missed"),
  HUNG_UP(129, "ended by SIGHUP: its terminal is gone"),
  INTERRUPTED(130, "ended by Ctrl-C, or SIGINT"),
  CLOSED_PIPE(141, "whoever read standard output has left"),
  TERMINATED(143, "ended by SIGTERM, as kill, timeout and service managers send it");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
