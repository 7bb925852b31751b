package io.stompbox.client.transport;

import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client behind all WebSockets with one {@link SSLContext}, since each client has a
 * thread of its own. From JDK 21 on that thread ends with the last user; before, the JDK ends it
 * some seconds after the garbage collector has found the client unused.
 */
final class SharedHttpClient {
  /** Guarded by the class. */
  private static final Map<SSLContext, SharedHttpClient> SHARED = new WeakHashMap<>();

  /**
   * {@code HttpClient.shutdownNow()}, which this code can't name because it compiles for JDK 17.
   */
  private static final @Nullable Method SHUTDOWN_NOW = shutdownNow();

  /** Held while there are users. Guarded by the class. */
  private @Nullable HttpClient client;

  /** The client of the last users, so that it is used again rather than doubled. */
  private WeakReference<@Nullable HttpClient> last = new WeakReference<>(null);

  private int users;

  private SharedHttpClient() {}

  /** For addresses without TLS: trusts nobody, and saves reading the JVM's trust store. */
  private static final class WithoutTls {
    static final SSLContext CONTEXT = context();

    private static SSLContext context() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], new TrustManager[0], null);
        return context;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JVM has no TLS", e);
      }
    }
  }

  static SSLContext withoutTls() {
    return WithoutTls.CONTEXT;
  }

  /** Returns the client; {@link #release} must be called once for each call. */
  static HttpClient acquire(SSLContext tls) {
    synchronized (SharedHttpClient.class) {
      SharedHttpClient shared = SHARED.computeIfAbsent(tls, key -> new SharedHttpClient());
      HttpClient used = shared.last.get();
      if (used == null) {
        used = HttpClient.newBuilder().sslContext(tls).build();
        shared.last = new WeakReference<>(used);
      }
      shared.client = used;
      shared.users++;
      return used;
    }
  }

  static void release(SSLContext tls) {
    synchronized (SharedHttpClient.class) {
      SharedHttpClient shared = SHARED.get(tls);
      if (shared != null && --shared.users == 0) {
        shared.end();
      }
    }
  }

  private void end() {
    HttpClient unused = client;
    client = null;
    if (SHUTDOWN_NOW != null && unused != null) {
      last.clear();
      try {
        SHUTDOWN_NOW.invoke(unused);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the JDK's HTTP client can't be shut down", e);
      }
    }
  }

  private static @Nullable Method shutdownNow() {
    try {
      return HttpClient.class.getMethod("shutdownNow");
    } catch (NoSuchMethodException absentBeforeJdk21) {
      return null;
    }
  }
}
