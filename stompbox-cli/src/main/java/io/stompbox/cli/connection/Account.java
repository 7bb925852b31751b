package io.stompbox.cli.connection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in, and where the password is.
 *
 * @param login null leaves that to others
 * @param password null if there is none here
 * @param origin what a failure says of where they come from; empty if the user has just typed it
 */
record Account(@Nullable String login, @Nullable PasswordPlace password, Optional<String> origin) {
  private static final Account OPEN = new Account(null, null, Optional.empty());

  /**
   * Returns what holds of several, the strongest first. A password goes with the login beside it,
   * and with no other. What is that of the address anyhow is left open, as another address may have
   * another one.
   */
  static Account of(List<Account> accounts, Account ofAddress) {
    Account named =
        accounts.stream().filter(account -> account.login != null).findFirst().orElse(OPEN);
    Account secret =
        accounts.stream()
            .filter(account -> account.password != null)
            .filter(account -> account.login == null || account.login.equals(named.login))
            .findFirst()
            .orElse(OPEN);
    return new Account(
        named.hasSame(ofAddress) ? null : named.login,
        secret.hasSame(ofAddress) ? null : secret.password,
        named.equals(secret)
            ? named.origin("user and password come")
            : Stream.of(named.origin("the user comes"), secret.origin("the password comes"))
                .flatMap(Optional::stream)
                .reduce((user, password) -> user + ", " + password));
  }

  private Optional<String> origin(String what) {
    return origin.map(place -> what + " from " + place);
  }

  private boolean hasSame(Account other) {
    return Objects.equals(login, other.login) && Objects.equals(password, other.password);
  }
}
