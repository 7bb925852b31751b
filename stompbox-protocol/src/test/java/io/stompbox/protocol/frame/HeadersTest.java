package io.stompbox.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  private static final Headers REPEATED = Headers.of("hop", "2", "id", "x", "hop", "1");

  @Test
  void firstEntryOfANameIsInForce() {
    assertThat(REPEATED.get("hop")).isEqualTo("2");
    assertThat(REPEATED.value("hop")).contains("2");
    assertThat(REPEATED.values("hop")).containsExactly("2", "1");
    assertThat(REPEATED.asMap()).containsExactly(Map.entry("hop", "2"), Map.entry("id", "x"));
  }

  @Test
  void keepAllEntriesInOrder() {
    assertThat(REPEATED)
        .containsExactly(new Header("hop", "2"), new Header("id", "x"), new Header("hop", "1"));
    assertThat(REPEATED.size()).isEqualTo(3);
    assertThat(REPEATED.name(1)).isEqualTo("id");
    assertThat(REPEATED.value(2)).isEqualTo("1");
  }

  @Test
  void caseOfNamesMatters() {
    assertThat(Headers.of("Key", "1", "key", "2").get("key")).isEqualTo("2");
    assertThat(REPEATED.has("HOP")).isFalse();
    assertThat(REPEATED.get("HOP")).isNull();
    assertThat(REPEATED.value("HOP")).isEmpty();
  }

  @Test
  void oneMoreEntryLeavesTheOthersAndTheirHeadersAsTheyWere() {
    Headers one = Headers.of("hop", "2");

    Headers two = one.with("hop", "1");

    assertThat(one).isEqualTo(Headers.builder().add("hop", "2").build());
    assertThat(two.values("hop")).containsExactly("2", "1");
    assertThat(two.with("id", "x")).isEqualTo(Headers.of("hop", "2", "hop", "1", "id", "x"));
    assertThatThrownBy(() -> one.with("", "x")).isInstanceOf(IllegalFrameException.class);
    assertThatThrownBy(() -> Headers.of("", "x")).isInstanceOf(IllegalFrameException.class);
  }

  @Test
  void aMapKeepsItsOrder() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("b", "1");
    map.put("a", "2");

    assertThat(Headers.of(map)).isEqualTo(Headers.of("b", "1", "a", "2"));
  }

  @Test
  void mapsOnBothSidesAreCopies() {
    Map<String, String> given = new LinkedHashMap<>(Map.of("a", "1"));
    Headers headers = Headers.of(given);
    given.put("a", "2");
    headers.asMap().put("a", "3");

    assertThat(headers).isEqualTo(Headers.of("a", "1"));
    assertThat(given).containsExactly(Map.entry("a", "2"));
  }

  @Test
  void equalsByEntriesAndOrder() {
    assertThat(Headers.of("a", "1")).isEqualTo(Headers.of("a", "1"));
    assertThat(Headers.of("a", "1")).hasSameHashCodeAs(Headers.of("a", "1"));
    assertThat(Headers.of("a", "1")).isNotEqualTo(Headers.of("a", "2"));
    assertThat(Headers.of("a", "1")).isNotEqualTo(Headers.of("b", "1"));
    assertThat(Headers.of("a", "1", "b", "2")).isNotEqualTo(Headers.of("b", "2", "a", "1"));
    assertThat(Headers.of("a", "1")).isNotEqualTo(Headers.of("a", "1", "a", "1"));
  }

  @Test
  void setReplacesEveryEntryOfTheName() {
    Headers changed = REPEATED.toBuilder().set("hop", "3").build();

    assertThat(changed).isEqualTo(Headers.of("id", "x", "hop", "3"));
    assertThat(REPEATED.toBuilder().remove("hop").build()).isEqualTo(Headers.of("id", "x"));
    assertThat(REPEATED.size()).isEqualTo(3);
  }

  @Test
  void builderGoesOnWithoutChangingWhatItBuilt() {
    Headers.Builder builder = Headers.builder().add("a", "1");
    Headers first = builder.build();
    builder.set("a", "2").addAll(REPEATED);

    assertThat(first).isEqualTo(Headers.of("a", "1"));
    assertThat(builder.build().size()).isEqualTo(4);
  }

  @Test
  void thereCanBeMany() {
    Headers.Builder builder = Headers.builder();
    for (int i = 0; i < 1000; i++) {
      builder.add("name" + i, "value" + i);
    }

    assertThat(builder.build().get("name999")).isEqualTo("value999");
  }

  @Test
  void refuseANameWithoutAValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headers.of("a", "1", "b"))
        .withMessage("names and values must come in pairs, but the last of 3 has no partner: b");
  }

  @Test
  void refuseAnEmptyName() {
    assertThatExceptionOfType(IllegalFrameException.class)
        .isThrownBy(() -> Headers.of("", "v"))
        .withMessageContaining("a header name must not be empty")
        .extracting(IllegalFrameException::reason)
        .isEqualTo(IllegalFrameException.Reason.EMPTY_HEADER_NAME);
  }

  @Test
  @SuppressWarnings("NullAway") // the caller may not check its nulls
  void refuseANullValueByTheNameOfItsHeader() {
    assertThatNullPointerException()
        .isThrownBy(() -> Headers.of("h", null))
        .withMessage("the value of header 'h' is null; leave it out");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void refuseAnIndexOutsideOfThem(int index) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> REPEATED.value(index))
        .withMessage("header " + index + " of 3");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> REPEATED.name(index));
  }

  @Test
  void iteratorEnds() {
    Iterator<Header> entries = Headers.of("a", "1").iterator();
    entries.next();

    assertThat(entries.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"passcode", "Authorization", "PASSWORD", "proxy-authorization", "token"})
  void neverShowSecrets(String name) {
    assertThat(Headers.of("login", "kiln", name, "hunter2"))
        .hasToString("[login:kiln, " + name + ":***]");
  }

  @Test
  void lazyOnesReadTheirTextWhenAsked() {
    Headers headers = lazy();

    assertThat(headers.value(1)).isEqualTo("é");
    assertThat(headers.value(1)).isSameAs(headers.value(1));
    assertThat(headers.get("c")).isEmpty();
    assertThat(headers.get("d")).isEqualTo("last");
    assertThat(headers).isEqualTo(Headers.of("a", "ready", "b", "é", "c", "", "d", "last"));
    assertThat(headers.toBuilder().build()).isEqualTo(headers);
  }

  @Test
  void lazyOnesMayBeReadByManyThreads() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<String> expected = List.of("ready", "é", "", "last");
    for (int round = 0; round < 500; round++) {
      Headers headers = lazy();
      Callable<List<String>> read =
          () -> {
            start.await();
            return List.of(headers.value(0), headers.value(1), headers.value(2), headers.value(3));
          };
      List<Callable<List<String>>> readers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        readers.add(read);
      }
      for (Future<List<String>> seen : pool.invokeAll(readers)) {
        assertThat(seen.get()).isEqualTo(expected);
      }
    }
    pool.shutdown();
  }

  @Test
  void namesThatAreSharedMayBeMoreThanTheEntries() {
    String[] names = {"a", "b", "stale"};
    Headers headers =
        Headers.lazily(
            names,
            new String[] {"1", "2"},
            new Headers.LazyValues(new int[0], new byte[0], new int[0]));

    assertThat(headers).isEqualTo(Headers.of("a", "1", "b", "2"));
    assertThat(headers.has("stale")).isFalse();
  }

  @Test
  void takeNumbersAbsentValuesAndManyValues() {
    Headers headers =
        Headers.builder()
            .add("priority", -7)
            .addIfPresent("absent", null)
            .addIfPresent("present", "")
            .addEach("t", List.of("1", "2"))
            .build();

    assertThat(headers).hasToString("[priority:-7, present:, t:1, t:2]");
  }

  private static Headers lazy() {
    byte[] text = "élast".getBytes(StandardCharsets.UTF_8);
    return Headers.lazily(
        new String[] {"a", "b", "c", "d"},
        new String[] {"ready", null, null, null},
        new Headers.LazyValues(
            new int[] {0, 0, 1, 2}, text, new int[] {0, 2, 2, 2, 2, text.length}));
  }
}
