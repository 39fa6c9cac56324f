package eu.cloverwatch.audit.cloudtrail;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** AWS regions and the countries they are in (AWS General Reference, "Regions and Availability Zones"). */
public final class Regions {

    private static final Map<String, String> COUNTRIES = Arrays.stream(
                    """
            af-south-1=ZA ap-east-1=HK ap-east-2=TW ap-northeast-1=JP ap-northeast-2=KR ap-northeast-3=JP
            ap-south-1=IN ap-south-2=IN ap-southeast-1=SG ap-southeast-2=AU ap-southeast-3=ID ap-southeast-4=AU
            ap-southeast-5=MY ap-southeast-6=NZ ap-southeast-7=TH ca-central-1=CA ca-west-1=CA
            cn-north-1=CN cn-northwest-1=CN eu-central-1=DE eu-central-2=CH eu-north-1=SE eu-south-1=IT
            eu-south-2=ES eu-west-1=IE eu-west-2=GB eu-west-3=FR eusc-de-east-1=DE il-central-1=IL
            me-central-1=AE me-south-1=BH mx-central-1=MX sa-east-1=BR us-east-1=US us-east-2=US
            us-gov-east-1=US us-gov-west-1=US us-west-1=US us-west-2=US
            """.trim().split("\\s+"))
            .map(entry -> entry.split("=", 2))
            .collect(Collectors.toUnmodifiableMap(entry -> entry[0], entry -> entry[1]));

    private Regions() {}

    /** The site that stands for a region, for example {@code aws:eu-west-1}. */
    public static String siteOf(String region) {
        return "aws:" + region;
    }

    /** ISO 3166-1 alpha-2; empty for a region that this version does not know. */
    public static Optional<String> countryOf(String region) {
        return Optional.ofNullable(COUNTRIES.get(region));
    }

    static Map<String, String> countries() {
        return COUNTRIES;
    }
}
