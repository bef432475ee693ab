package ai.birdie.bench.ingest;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The vendor's driver gives out every value of every row, and each is dropped. */
final class VendorRead {

  private VendorRead() {}

  /** Arguments: the server's address. */
  public static void main(String[] arguments) throws SQLException {
    long rows = 0;
    try (Connection connection = VendorDriver.connect(arguments[0]);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(VendorDriver.ALL)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        for (int i = 1; i <= columns; i++) {
          result.getObject(i);
        }
        rows++;
      }
    }
    new Counted(rows, 0).print();
  }
}
