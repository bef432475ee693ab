package ai.birdie.databricks.result;

import static org.apache.arrow.memory.util.MemoryUtil.getInt;
import static org.apache.arrow.memory.util.MemoryUtil.getLong;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Checks that a batch's offsets stay inside its buffers: native code follows them without asking,
 * wherever they lead. Arrow's own check takes every MAP for damaged.
 */
final class Bounds {

  private Bounds() {}

  /**
   * Checks the vectors of a batch.
   *
   * @throws IllegalArgumentException if one of them leads outside of its memory
   */
  static void check(List<FieldVector> vectors, int rows) {
    for (FieldVector vector : vectors) {
      check(vector, rows);
    }
  }

  private static void check(FieldVector vector, int rows) {
    require(vector.getValueCount() >= rows);
    if (rows == 0 || vector instanceof NullVector) {
      return;
    }
    require(vector.getValidityBuffer().capacity() >= (rows + 7L) / 8);
    if (vector instanceof BaseVariableWidthVector) {
      check(vector.getOffsetBuffer(), Integer.BYTES, rows, vector.getDataBuffer().capacity());
    } else if (vector instanceof BaseLargeVariableWidthVector) {
      check(vector.getOffsetBuffer(), Long.BYTES, rows, vector.getDataBuffer().capacity());
    } else if (vector instanceof ListVector list) {
      FieldVector items = list.getDataVector();
      check(vector.getOffsetBuffer(), Integer.BYTES, rows, items.getValueCount());
      check(items, items.getValueCount());
    } else if (vector instanceof StructVector struct) {
      check(struct.getChildrenFromFields(), rows);
    } else if (vector instanceof BaseFixedWidthVector fixed) {
      long bits = (long) rows * (fixed.getTypeWidth() == 0 ? 1 : fixed.getTypeWidth() * 8L);
      require(vector.getDataBuffer().capacity() >= (bits + 7) / 8);
    } else {
      throw new IllegalArgumentException("Not a vector that is known: " + vector.getMinorType());
    }
  }

  /** Reads where the offsets lie, once they are known to be inside: there are many of them. */
  private static void check(ArrowBuf offsets, int width, int rows, long end) {
    require(offsets.capacity() >= (rows + 1L) * width);
    long at = offsets.memoryAddress();
    long before = 0;
    for (int i = 0; i <= rows; i++) {
      long offset = width == Integer.BYTES ? getInt(at) : getLong(at);
      require(offset >= before);
      before = offset;
      at += width;
    }
    require(before <= end);
  }

  private static void require(boolean inside) {
    if (!inside) {
      throw new IllegalArgumentException("A vector leads outside of its memory");
    }
  }
}
