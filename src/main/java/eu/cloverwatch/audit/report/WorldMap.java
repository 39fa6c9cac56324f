package eu.cloverwatch.audit.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Names, outlines and places of the countries, on a plane that was projected beforehand; see src/main/map. */
final class WorldMap {

    private static final String RESOURCE = "/report/world.tsv";
    private static final WorldMap WORLD = read();

    private final Map<String, Country> countries = new TreeMap<>();

    /**
     * @param code ISO 3166-1 alpha-2; {@code -} for land that has none
     * @param x of the place to point at, from the left; NaN without one
     * @param y from the top
     * @param outline SVG path in tenths; empty where it would be too small to see
     */
    record Country(String code, String name, double x, double y, String outline) {}

    static WorldMap get() {
        return WORLD;
    }

    /** Null if there is no such country. */
    @Nullable Country country(String code) {
        return countries.get(code);
    }

    /** By code. */
    Collection<Country> all() {
        return countries.values();
    }

    /** The name of a country, or what is not one as it is. */
    String name(String code) {
        Country country = countries.get(code);
        return country == null ? code : country.name();
    }

    private static WorldMap read() {
        WorldMap world = new WorldMap();
        try (InputStream in = WorldMap.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> country(line.split("\t", -1)))
                    .forEach(country -> world.countries.put(country.code(), country));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return world;
    }

    private static Country country(String[] columns) {
        return new Country(columns[0], columns[1], coordinate(columns[2]), coordinate(columns[3]), columns[4]);
    }

    private static double coordinate(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}
