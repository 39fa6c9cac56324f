package eu.cloverwatch.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** All kinds of accesses: ordinary ones by how common they are, planted ones in turn, so that none is left out. */
final class Recipes {

    private final Dice dice;
    private final List<Recipe> ordinary = new ArrayList<>();
    private final Queue<Recipe> planted;

    Recipes(Dice dice) {
        this.dice = dice;
        List<Recipe> plantings = new ArrayList<>(EgressPlantings.all());
        plantings.addAll(GatewayPlantings.all());
        plantings.addAll(StoragePlantings.all());
        plantings.addAll(UnknownPlantings.all());
        planted = new ArrayDeque<>(dice.shuffled(plantings));
        domestic();
        approved();
    }

    private void domestic() {
        often(24, DomesticTraffic::serviceReads);
        often(8, DomesticTraffic::serviceStores);
        often(6, DomesticTraffic::serviceReplicates);
        often(2, DomesticTraffic::legacySiteStores);
        often(10, DomesticTraffic::employeeInRegion);
        often(4, DomesticTraffic::visitorInRegion);
        often(2, DomesticTraffic::exportWithinRegion);
        often(3, DomesticTraffic::minorInRegion);
        often(2, DomesticTraffic::advertisingWithoutConsent);
        often(3, DomesticTraffic::bulk);
        often(1, DomesticTraffic::stranger);
        often(16, DomesticTraffic::unprotected);
        often(2, DomesticTraffic::unprotectedBulk);
        often(5, DomesticTraffic::exempt);
        often(1, DomesticTraffic::exemptByAnybody);
    }

    private void approved() {
        often(10, ApprovedTraffic::remoteEmployee);
        often(4, ApprovedTraffic::serviceExports);
        often(2, ApprovedTraffic::employeeSendsAbroad);
        often(1, ApprovedTraffic::bulk);
        often(3, ApprovedTraffic::withConsent);
        often(1, ApprovedTraffic::beforeConsentWasNeeded);
        often(2, ApprovedTraffic::fromChina);
    }

    private void often(int weight, Recipe recipe) {
        for (int i = 0; i < weight; i++) {
            ordinary.add(recipe);
        }
    }

    /** Compliant. */
    Draft ordinary(Scene scene) {
        while (true) {
            Draft draft = dice.pick(ordinary).draft(scene);
            if (draft != null) {
                return draft;
            }
        }
    }

    /** Not compliant, or not decidable; null if nothing can be planted now. A recipe whose time has not come waits. */
    @Nullable Draft planted(Scene scene) {
        for (int i = planted.size(); i > 0; i--) {
            Recipe recipe = planted.remove();
            planted.add(recipe);
            Draft draft = recipe.draft(scene);
            if (draft != null) {
                return draft;
            }
        }
        return null;
    }
}
