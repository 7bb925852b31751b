package io.stompbox.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stompbox.cli.connection.Layer.Place;
import io.stompbox.cli.context.Context;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments go before the environment, that before a context, and that before the defaults. */
class PrecedenceTest {
  private static final Map<String, String> STANDARD =
      Map.of(Context.SERVER, "stomp://default", Context.TIMEOUT, "10s", "timeout.close", "1500ms");

  /** What decides: each place has another value, or none. */
  static Stream<Arguments> places() {
    return Stream.of(
            "timeout.receipt",
            "timeout.close",
            "virtualHost",
            "clientId",
            "versions",
            "heartBeat.send",
            "tls.trust",
            "tls.certificate",
            "tls.key",
            "maxReconnectAttempts",
            "reconnect",
            "mode",
            Context.INSECURE)
        .flatMap(name -> Stream.of(Place.values()).map(place -> Arguments.of(name, place)));
  }

  @ParameterizedTest(name = "{0} up to {1}")
  @MethodSource("places")
  void strongestPlaceDecides(String name, Place strongest) {
    Map<Place, Map<String, String>> all = new LinkedHashMap<>();
    for (Place place : Place.values()) {
      Map<String, String> values = new LinkedHashMap<>();
      if (place == Place.DEFAULT) {
        values.putAll(STANDARD);
      }
      if (place.compareTo(strongest) <= 0) {
        values.put(name, "of " + place);
      }
      all.put(place, values);
    }

    assertThat(target(all).settings()).containsEntry(name, "of " + strongest);
  }

  @ParameterizedTest
  @CsvSource({
    "stomp://arg, stomp://env, stomp://context, stomp://arg:61613",
    "           , stomp://env, stomp://context, stomp://env:61613",
    "           ,            , stomp://context, stomp://context:61613",
    "           ,            ,                , stomp://default:61613"
  })
  void strongestServerIsTaken(
      @Nullable String argument,
      @Nullable String variable,
      @Nullable String context,
      String taken) {
    Target target =
        target(
            Map.of(
                Place.ARGUMENTS, one(Context.SERVER, argument),
                Place.ENVIRONMENT, one(Context.SERVER, variable),
                Place.CONTEXT, one(Context.SERVER, context)));

    assertThat(target.brokers().brokers()).hasToString("[" + taken + "]");
  }

  @Test
  void settingsOfAServerThatIsNotTakenDoNotCount() {
    Target target =
        target(
            Map.of(
                Place.ENVIRONMENT, Map.of(Context.SERVER, "stomp://env?mode=strict"),
                Place.ARGUMENTS, Map.of(Context.SERVER, "stomp://arg")));

    assertThat(target.settings()).doesNotContainKey("mode");
  }

  @Test
  void settingsOfAServerCountAsThoseOfItsPlace() {
    Map<Place, Map<String, String>> layers =
        Map.of(
            Place.CONTEXT, Map.of("mode", "tolerant"),
            Place.ENVIRONMENT, Map.of(Context.SERVER, "stomp://env?mode=strict"));

    assertThat(target(layers).settings()).containsEntry("mode", "strict");
  }

  @Test
  void generalTimeoutOfAStrongerPlaceGoesBeforeASpecialOneOfAWeaker() {
    Target target =
        target(
            Map.of(
                Place.CONTEXT, Map.of("timeout.receipt", "60s"),
                Place.ARGUMENTS, Map.of(Context.TIMEOUT, "3s")));

    assertThat(target.settings()).containsEntry("timeout.receipt", "3s");
  }

  @Test
  void insecureForgetsWhomAWeakerPlaceTrusts() {
    Target target =
        target(
            Map.of(
                Place.CONTEXT, Map.of("tls.trust", "ca.pem", "tls.trustPassword", "x"),
                Place.ARGUMENTS, Map.of(Context.INSECURE, "true")));

    assertThat(target.isInsecure()).isTrue();
    assertThat(target.settings()).doesNotContainKeys("tls.trust", "tls.trustPassword");
  }

  /** User and password of the four places, as user/password; the address of the server last. */
  @ParameterizedTest
  @CsvSource({
    "me/1,   ,      ,      stomp://h,           me/1",
    "me/1,   you/2, they/3, stomp://h,          me/1",
    "   ,    you/2, they/3, stomp://h,          you/2",
    "   ,    ,      they/3, stomp://h,          they/3",
    "   ,    ,      ,       stomp://h,          -/-",
    "me/-,   you/2, they/3, stomp://h,          me/-",
    "me/-,   -/2,   they/3, stomp://h,          me/2",
    "me/-,   me/2,  ,       stomp://h,          me/2",
    "-/1,    you/2, they/3, stomp://h,          you/1",
    "me/-,   ,      me/3,   stomp://h,          me/3",
    "   ,    you/2, ,       stomp://it:9@h,     -/-",
    "   ,    -/2,   ,       stomp://it@h,       -/2",
    "me/-,   ,      ,       stomp://it:9@h,     me/-",
    "-/1,    ,      ,       stomp://it:9@h,     -/1",
    "   ,    ,      ,       stomp://h?login=it, it/-"
  })
  void passwordGoesWithTheUserBesideIt(
      @Nullable String arguments,
      @Nullable String environment,
      @Nullable String context,
      String server,
      String expected) {
    Map<String, String> given = account(arguments);
    given.put(Context.SERVER, server);

    Account account =
        target(
                Map.of(
                    Place.ARGUMENTS, given,
                    Place.ENVIRONMENT, account(environment),
                    Place.CONTEXT, account(context)))
            .account();

    assertThat(text(account)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"true, they/3", "false, -/-"})
  void loginOfAContextGoesToItsOwnBrokersUnlessItIsNamed(boolean isNamed, String expected) {
    Map<String, String> context = account("they/3");
    context.put(Context.SERVER, "stomp://theirs");
    Map<Place, Map<String, String>> layers =
        Map.of(
            Place.CONTEXT, context, Place.ARGUMENTS, Map.of(Context.SERVER, "stomp://elsewhere"));

    assertThat(text(new Layers(layers(layers)).target(isNamed).account())).isEqualTo(expected);
  }

  @Test
  void oneWayToGetThePasswordIsTaken() {
    Layer layer = new Layer(Place.CONTEXT, "c", Map.of(Context.PASSWORD_FILE, "/secret"));

    assertThat(layer.account().password())
        .isEqualTo(new PasswordPlace.FirstLine(Path.of("/secret")));
  }

  private static Target target(Map<Place, Map<String, String>> layers) {
    return new Layers(layers(layers)).target(false);
  }

  private static List<Layer> layers(Map<Place, Map<String, String>> layers) {
    return Stream.of(Place.values())
        .map(
            place ->
                new Layer(
                    place,
                    place.name(),
                    layers.getOrDefault(place, place == Place.DEFAULT ? STANDARD : Map.of())))
        .toList();
  }

  private static Map<String, String> one(String name, @Nullable String value) {
    return value == null ? Map.of() : Map.of(name, value);
  }

  private static Map<String, String> account(@Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    if (text != null) {
      String[] parts = text.split("/", -1);
      Optional.of(parts[0])
          .filter(login -> !login.equals("-"))
          .ifPresent(login -> values.put("login", login));
      Optional.of(parts[1])
          .filter(code -> !code.equals("-"))
          .ifPresent(code -> values.put("passcode", code));
    }
    return values;
  }

  private static String text(Account account) {
    String password =
        account.password() instanceof PasswordPlace.Known known ? known.password() : "-";
    return (account.login() == null ? "-" : account.login()) + "/" + password;
  }
}
