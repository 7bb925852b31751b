package io.stompbox.checks.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A secret that must turn up nowhere, whatever it was turned into on the way. */
public final class Canary {
  /** The login that goes with it. */
  public static final String LOGIN = "miner";

  /** It, as it is: with characters that mean something in addresses and headers. */
  public static final String RAW = "c4nary%2F: p@ss/w\\rd";

  private static final Map<String, String> FORMS = forms();

  private Canary() {}

  private static Map<String, String> forms() {
    Map<String, String> forms = new LinkedHashMap<>();
    forms.put("raw", RAW);
    forms.put("form-encoded", URLEncoder.encode(RAW, UTF_8));
    forms.put("percent-encoded", percentEncoded());
    forms.put("header-escaped", escaped());
    forms.put("base64", base64(RAW));
    forms.put("base64 of login and secret", base64(LOGIN + ":" + RAW));
    forms.put("beginning", "c4nary");
    return forms;
  }

  private static String base64(String text) {
    return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** It, as it stands in a header. */
  public static String escaped() {
    return RAW.replace("\\", "\\\\").replace(":", "\\c");
  }

  /** It, as it stands between the quotes of a scenario. */
  public static String quoted() {
    return RAW.replace("\\", "\\\\");
  }

  /** It, as it stands in an address. */
  public static String percentEncoded() {
    return URLEncoder.encode(RAW, UTF_8).replace("+", "%20");
  }

  /** What HTTP's basic authentication makes of it. */
  public static String basic() {
    return "Basic " + Base64.getEncoder().encodeToString((LOGIN + ":" + RAW).getBytes(UTF_8));
  }

  /**
   * Fails if it is in a text in any form.
   *
   * @param where what the text is
   */
  public static void assertNotIn(String text, String where) {
    String found = text.toLowerCase(Locale.ROOT);
    FORMS.forEach(
        (form, secret) -> {
          if (found.contains(secret.toLowerCase(Locale.ROOT))) {
            throw new AssertionError("the secret, " + form + ", is in " + where + ": " + text);
          }
        });
  }
}
