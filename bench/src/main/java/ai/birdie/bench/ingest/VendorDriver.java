package ai.birdie.bench.ingest;

import ai.birdie.bench.server.ChunkServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** The vendor's driver, by the statement execution API over plain HTTP. */
final class VendorDriver {

  static final String ALL = "SELECT * FROM main.bench.feedback";

  private VendorDriver() {}

  /** A connection to {@code host}, which is such as {@code http://127.0.0.1:4711}. */
  static Connection connect(String host) throws SQLException {
    Properties login = new Properties();
    login.setProperty("UID", "token");
    login.setProperty("PWD", "dapi0");
    return DriverManager.getConnection(
        "jdbc:databricks://"
            + host.replace("http://", "")
            + "/default;transportMode=http;ssl=0;UseThriftClient=0;AuthMech=3;EnableTelemetry=0"
            + ";httpPath=/sql/1.0/warehouses/"
            + ChunkServer.WAREHOUSE,
        login);
  }
}
