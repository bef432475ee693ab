package ai.birdie.workspace.catalog;

import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Tells Spark of {@link GovernedReads} and {@link BodyNames}. Spark makes it from the name of its
 * class.
 */
public final class GovernanceExtension
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  /** Called by Spark. */
  public GovernanceExtension() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectResolutionRule(session -> {
      String catalog = "spark.sql.catalog." + Metastore.CATALOGS.getFirst();
      String id = session.conf().get(catalog + "." + Metastores.OPTION);
      return new GovernedReads(Metastores.named(id));
    });
    // Among the hints, since Spark looks for functions right after them.
    extensions.injectHintResolutionRule(session -> new BodyNames());
    return BoxedUnit.UNIT;
  }
}
