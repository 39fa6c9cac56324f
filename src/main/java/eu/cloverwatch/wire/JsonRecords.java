package eu.cloverwatch.wire;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Times;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from plain JSON as scenario directories write it: schema field names, unions without a type wrapper.
 * Defaulted and nullable fields may be left out, unknown fields are ignored, an unknown enum symbol becomes the enum's
 * default.
 */
public final class JsonRecords {

    private JsonRecords() {}

    /**
     * @return an instance of the schema's generated class
     * @throws InvalidRecordException if the JSON has not the schema's shape; the message names the field, not its value
     */
    public static SpecificRecord read(JsonNode json, Schema schema) {
        return record(json, schema, "");
    }

    private static SpecificRecord record(JsonNode json, Schema schema, String path) {
        if (!json.isObject()) {
            throw new InvalidRecordException(path.isEmpty() ? "record" : path, "a JSON object");
        }
        SpecificRecord record =
                (SpecificRecord) SpecificData.newInstance(SpecificData.get().getClass(schema), schema);
        for (Schema.Field field : schema.getFields()) {
            String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
            JsonNode value = json.get(field.name());
            if (value != null) {
                record.put(field.pos(), value(value, field.schema(), fieldPath));
            } else if (field.hasDefaultValue()) {
                record.put(field.pos(), SpecificData.get().getDefaultValue(field));
            } else {
                throw new InvalidRecordException(fieldPath, "a value, the field is missing");
            }
        }
        return record;
    }

    private static @Nullable Object value(JsonNode json, Schema schema, String path) {
        return switch (schema.getType()) {
            case UNION -> json.isNull() ? null : value(json, notNull(schema), path);
            case RECORD -> record(json, schema, path);
            case ARRAY -> array(json, schema, path);
            case ENUM -> symbol(text(json, path), schema, path);
            case STRING -> text(json, path);
            case BOOLEAN -> {
                require(json.isBoolean(), path, "true or false");
                yield json.booleanValue();
            }
            case LONG -> schema.getLogicalType() == null ? integer(json, path) : time(text(json, path), path);
            default -> throw new IllegalStateException("no input record has a field of type " + schema.getType());
        };
    }

    private static Schema notNull(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static List<Object> array(JsonNode json, Schema schema, String path) {
        require(json.isArray(), path, "a JSON array");
        List<Object> values = new ArrayList<>(json.size());
        for (JsonNode element : json) {
            Object value = value(element, schema.getElementType(), path + "[" + values.size() + "]");
            values.add(Objects.requireNonNull(value, "no array of the contract holds nulls"));
        }
        return values;
    }

    private static Object symbol(String symbol, Schema schema, String path) {
        String known = schema.hasEnumSymbol(symbol) ? symbol : schema.getEnumDefault();
        require(known != null, path, "one of " + schema.getEnumSymbols());
        return SpecificData.get().createEnum(known, schema);
    }

    private static long integer(JsonNode json, String path) {
        require(json.isIntegralNumber() && json.canConvertToLong(), path, "a 64-bit integer");
        return json.longValue();
    }

    private static Object time(String text, String path) {
        try {
            return Times.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidRecordException(path + ": " + e.getMessage());
        }
    }

    /** A string, as the contract takes them. */
    static String text(JsonNode json, String path) {
        require(json.isTextual(), path, "a string");
        // Half a surrogate pair has no UTF-8 form: two different ids would be written as one.
        require(
                StandardCharsets.UTF_8.newEncoder().canEncode(json.textValue()),
                path,
                "Unicode text, not half a surrogate pair");
        return json.textValue();
    }

    private static void require(boolean holds, String path, String expected) {
        if (!holds) {
            throw new InvalidRecordException(path, expected);
        }
    }
}
