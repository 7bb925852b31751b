package io.stompbox.checks.conformance.kit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON value. */
public sealed interface Json {
  /** A string. */
  record Text(String value) implements Json {}

  /** A whole number. */
  record Whole(long value) implements Json {}

  /** A number with a fraction or an exponent. */
  record Decimal(BigDecimal value) implements Json {}

  /** True or false. */
  record Flag(boolean value) implements Json {}

  /** The value null. */
  record Nothing() implements Json {}

  /** An array. */
  record Items(List<Json> items) implements Json {}

  /** An object; its accessors complain with the name of the field. */
  record Fields(Map<String, Json> members) implements Json {
    /** Whether the field is there and not null. */
    public boolean has(String name) {
      return members.containsKey(name) && !(members.get(name) instanceof Nothing);
    }

    /** Returns a value of any kind, null included; the field must be there. */
    public Json any(String name) {
      Json value = members.get(name);
      if (value == null) {
        throw new CaseFormatException("the field '" + name + "' is missing");
      }
      return value;
    }

    /** Returns a string; the field must be there. */
    public String text(String name) {
      return as(Text.class, name, any(name)).value();
    }

    /** Returns a string; empty if the field is not there or null. */
    public Optional<String> optionalText(String name) {
      return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** Returns a whole number of 32 bits; the field must be there. */
    public int whole(String name) {
      long value = as(Whole.class, name, any(name)).value();
      if (value != (int) value) {
        throw new CaseFormatException("the field '" + name + "' is out of range: " + value);
      }
      return (int) value;
    }

    /** Whether the field is there and true. */
    public boolean flag(String name) {
      return has(name) && as(Flag.class, name, any(name)).value();
    }

    /** Returns an array; the field must be there. */
    public List<Json> items(String name) {
      return as(Items.class, name, any(name)).items();
    }

    /** Returns an array of strings; an empty list if the field is not there. */
    public List<String> optionalTexts(String name) {
      return has(name) ? texts(name) : List.of();
    }

    /** Returns an array of strings; the field must be there. */
    public List<String> texts(String name) {
      return items(name).stream().map(item -> as(Text.class, name, item).value()).toList();
    }

    /** Returns an object; the field must be there. */
    public Fields fields(String name) {
      return as(Fields.class, name, any(name));
    }

    /** Returns an object; one without members if the field is not there. */
    public Fields optionalFields(String name) {
      return has(name) ? fields(name) : new Fields(Map.of());
    }

    /** Complains about a member that is not one of {@code known}, since nobody would look at it. */
    public void expectOnly(String what, Set<String> known) {
      for (String name : members.keySet()) {
        if (!known.contains(name)) {
          throw new CaseFormatException(
              what
                  + " has the field '"
                  + name
                  + "', which this runner can't check; it knows "
                  + new TreeSet<>(known));
        }
      }
    }
  }

  /** Returns a number, whole or not, or complains with the name of the field. */
  static BigDecimal number(String name, Json value) {
    return value instanceof Whole whole
        ? BigDecimal.valueOf(whole.value())
        : as(Decimal.class, name, value).value();
  }

  /** Returns {@code value} as a {@code type}, or complains with the name of the field. */
  static <T extends Json> T as(Class<T> type, String name, Json value) {
    if (!type.isInstance(value)) {
      throw new CaseFormatException(
          "the field '"
              + name
              + "' must hold "
              + type.getSimpleName().toLowerCase(Locale.ROOT)
              + ", but holds "
              + value);
    }
    return type.cast(value);
  }

  /**
   * Returns the one value in {@code text}.
   *
   * @throws CaseFormatException if that is not JSON, or names a field twice
   */
  static Json parse(String text) {
    try (JsonParser parser = Factory.INSTANCE.createParser(ObjectReadContext.empty(), text)) {
      Json value = read(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new CaseFormatException("there is more after the end of the JSON value");
      }
      return value;
    } catch (JacksonException e) {
      throw new CaseFormatException("this is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Json read(JsonParser parser, @Nullable JsonToken token) {
    if (token == null) {
      throw new CaseFormatException("there is no JSON value");
    }
    return switch (token) {
      case START_OBJECT -> readFields(parser);
      case START_ARRAY -> readItems(parser);
      case VALUE_STRING -> new Text(parser.getString());
      case VALUE_NUMBER_INT -> new Whole(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> new Decimal(parser.getDecimalValue());
      case VALUE_TRUE -> new Flag(true);
      case VALUE_FALSE -> new Flag(false);
      case VALUE_NULL -> new Nothing();
      default -> throw new CaseFormatException("a case can't hold " + parser.getString());
    };
  }

  private static Json readFields(JsonParser parser) {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      members.put(name, read(parser, parser.nextToken()));
    }
    return new Fields(members);
  }

  private static Json readItems(JsonParser parser) {
    List<Json> items = new ArrayList<>();
    for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; ) {
      items.add(read(parser, next));
      next = parser.nextToken();
    }
    return new Items(items);
  }

  /** Holds the factory, which is costly to make. */
  final class Factory {
    private static final JsonFactory INSTANCE =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Factory() {}
  }
}
