package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.AccessEvent;
import java.util.List;

/** Is told what each event of a range is judged with; by several threads. */
public interface Witness {

    void judged(AccessEvent event, List<UsedFact> facts);
}
