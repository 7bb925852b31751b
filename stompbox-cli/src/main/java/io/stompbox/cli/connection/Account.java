package io.stompbox.cli.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in, and where the password is.
 *
 * @param login null leaves that to others
 * @param password null if there is none here
 */
record Account(@Nullable String login, @Nullable PasswordPlace password) {
  private static final Account OPEN = new Account(null, null);

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
        named.equals(ofAddress) ? null : named.login,
        secret.equals(ofAddress) ? null : secret.password);
  }
}
