package io.stompbox.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class SharedHttpClientTest {
  private final SSLContext tls = context();
  private int users;

  private static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void releaseAll() {
    while (users > 0) {
      release();
    }
  }

  private HttpClient acquire() {
    users++;
    return SharedHttpClient.acquire(tls);
  }

  private void release() {
    users--;
    SharedHttpClient.release(tls);
  }

  @Test
  void theUsersOfOneContextShareAClientAndItsThread() {
    HttpClient first = acquire();
    Set<String> threads = selectors();

    assertThat(acquire()).isSameAs(first);
    release();
    assertThat(acquire()).isSameAs(first);
    assertThat(selectors()).isEqualTo(threads);
  }

  @Test
  void anotherContextHasItsOwn() {
    SSLContext other = context();
    try {
      assertThat(SharedHttpClient.acquire(other)).isNotSameAs(acquire());
    } finally {
      SharedHttpClient.release(other);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void itsThreadEndsWithTheLastUser() {
    Set<String> before = selectors();
    acquire();
    assertThat(selectors()).hasSize(before.size() + 1);

    release();

    await().atMost(Duration.ofSeconds(10)).until(() -> before.containsAll(selectors()));
  }

  private static Set<String> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("HttpClient-\\d+-SelectorManager"))
        .collect(Collectors.toSet());
  }
}
