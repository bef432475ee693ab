package ai.birdie.duckdb;

import java.util.function.IntPredicate;
import org.apache.arrow.vector.VarCharVector;

/** Texts of a batch, which can only be changed by writing all of them anew. */
final class Texts {

  private Texts() {}

  /** What takes a text's place, in UTF-8. */
  interface Replacement {
    byte[] of(VarCharVector texts, int place);
  }

  /** Puts replacements in place of some of a vector's texts. */
  static void rewrite(VarCharVector texts, IntPredicate replaced, Replacement replacement) {
    try (VarCharVector fresh = new VarCharVector(texts.getField(), texts.getAllocator())) {
      int count = texts.getValueCount();
      fresh.allocateNew(count);
      for (int place = 0; place < count; place++) {
        if (replaced.test(place)) {
          fresh.setSafe(place, replacement.of(texts, place));
        } else {
          fresh.copyFromSafe(place, place, texts);
        }
      }
      fresh.setValueCount(count);
      fresh.makeTransferPair(texts).transfer();
    }
  }
}
