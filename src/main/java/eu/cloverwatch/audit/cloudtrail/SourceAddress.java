package eu.cloverwatch.audit.cloudtrail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** CloudTrail's {@code sourceIPAddress} is an address only sometimes: calls by AWS itself have a host name or a phrase. */
final class SourceAddress {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6_LIKE = Pattern.compile("(?=.*:)[0-9A-Fa-f:.]{2,45}");

    private SourceAddress() {}

    /** Whether this is an IPv4 or IPv6 address in text form, without zone or port. Never asks a name server. */
    static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text);
    }

    private static boolean isIpv6(String text) {
        if (!IPV6_LIKE.matcher(text).matches()) {
            return false;
        }
        try {
            // With a colon in it the JDK reads a literal or refuses; only texts without one are looked up.
            InetAddress.getByName(text);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
