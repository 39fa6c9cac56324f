package eu.cloverwatch.bench;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.GroupState;

/** Who in the monitor's group has which partitions of the consents. */
final class Members implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final String consents;
    private final int partitions;

    /** @param consents the topic's name */
    Members(String bootstrapServers, String group, String consents, int partitions) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.group = group;
        this.consents = consents;
        this.partitions = partitions;
    }

    Set<String> ids() throws ExecutionException, InterruptedException {
        return describe().members().stream().map(MemberDescription::consumerId).collect(Collectors.toSet());
    }

    /** Whether the group has come to rest without any of these, and with every partition given to somebody. */
    boolean hasSettledWithout(Collection<String> gone) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription now = describe();
        Set<Integer> given = new HashSet<>();
        now.members().forEach(member -> given.addAll(consents(member)));
        return now.groupState() == GroupState.STABLE
                && now.members().stream().noneMatch(member -> gone.contains(member.consumerId()))
                && given.size() == partitions;
    }

    /** Whether it has come to rest with so many members, and each has as many partitions as the others. */
    boolean isBalanced(int members) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription now = describe();
        return now.groupState() == GroupState.STABLE
                && now.members().size() == members
                && now.members().stream().allMatch(member -> consents(member).size() == partitions / members);
    }

    private Set<Integer> consents(MemberDescription member) {
        return member.assignment().topicPartitions().stream()
                .filter(partition -> partition.topic().equals(consents))
                .map(partition -> partition.partition())
                .collect(Collectors.toSet());
    }

    /** Members of this process. */
    Set<String> idsOf(String processId) throws ExecutionException, InterruptedException {
        return ids().stream().filter(id -> id.contains(processId)).collect(Collectors.toSet());
    }

    private ConsumerGroupDescription describe() throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(Set.of(group))
                .all()
                .get()
                .values()
                .iterator()
                .next();
    }

    /** Whether this process is in the middle of a transaction. */
    boolean isWriting(String processId) throws ExecutionException, InterruptedException {
        return admin
                .listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                .all()
                .get()
                .stream()
                .anyMatch(transaction -> transaction.transactionalId().startsWith(group + "-" + processId));
    }

    @Override
    public void close() {
        admin.close();
    }
}
