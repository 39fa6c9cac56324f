package eu.cloverwatch.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.storage.internals.log.LogConfig;

/** How a call of kafka-topics.sh makes a topic; the configuration is one that a broker takes. */
record TopicSettings(int partitions, Map<String, String> config) {

    private static final Pattern CONFIG = Pattern.compile("--config=([^ =]+)=(\\S+)");

    static TopicSettings parse(String call) {
        Map<String, String> config = new HashMap<>();
        Matcher matcher = CONFIG.matcher(call);
        while (matcher.find()) {
            config.put(matcher.group(1), matcher.group(2));
        }
        LogConfig.validate(config);
        return new TopicSettings(Integer.parseInt(ProjectFiles.find(call, "--partitions (\\d+)")), config);
    }
}
