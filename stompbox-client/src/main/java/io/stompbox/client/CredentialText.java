package io.stompbox.client;

import io.stompbox.protocol.failover.BrokerAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Login and passcode as settings have them.
 *
 * @param others where what was not set comes from; null takes it from the broker's address
 * @param login null if it was not set
 * @param passcode null if it was not set
 */
record CredentialText(
    @Nullable Supplier<Credentials> others, @Nullable String login, @Nullable String passcode)
    implements Supplier<Credentials> {

  /** Returns credentials to change, on top of those that were there before. */
  static CredentialText on(@Nullable Supplier<Credentials> before) {
    return before instanceof CredentialText text ? text : new CredentialText(before, null, null);
  }

  CredentialText withLogin(String other) {
    return new CredentialText(others, other, passcode);
  }

  CredentialText withPasscode(String other) {
    return new CredentialText(others, login, other);
  }

  /** Asks for what is sent to a broker; a null supplier leaves that to its address. */
  static Credentials at(BrokerAddress address, @Nullable Supplier<Credentials> supplier) {
    if (supplier == null) {
      return new Credentials(address.login().orElse(null), address.passcode().orElse(null));
    }
    return supplier instanceof CredentialText text
        ? text.over(at(address, text.others))
        : supplier.get();
  }

  @Override
  public Credentials get() {
    return over(others == null ? Credentials.NONE : others.get());
  }

  /** A passcode is for one login: that of another one is nobody's business. */
  private Credentials over(Credentials known) {
    boolean isSame = login == null || known.login() == null || login.equals(known.login());
    String other = isSame ? known.passcode() : null;
    return new Credentials(
        login == null ? known.login() : login, passcode == null ? other : passcode);
  }

  /** Shows no passcode. */
  @Override
  public String toString() {
    return new Credentials(login, passcode).toString();
  }
}
