package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.testkit.LocalWorkspace;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ListQueriesResponse;
import com.databricks.sdk.service.sql.ListQueryHistoryRequest;
import com.databricks.sdk.service.sql.QueryFilter;
import com.databricks.sdk.service.sql.QueryInfo;
import com.databricks.sdk.service.sql.QueryStatementType;
import com.databricks.sdk.service.sql.QueryStatus;
import com.databricks.sdk.service.sql.TimeRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The history of queries, by the vendor's SDK for Java. */
@ExtendWith(Served.class)
final class SdkHistoryIT {
  private final LocalWorkspace workspace;
  private final WorkspaceClient reader;
  private final WorkspaceClient admin;

  SdkHistoryIT(LocalWorkspace workspace) {
    this.workspace = workspace;
    this.reader = Sdk.reader(workspace);
    this.admin = Sdk.admin(workspace);
  }

  @Test
  void entryTellsHowAQueryWent() {
    String id = execute(reader, "SELECT id FROM range(3)");
    QueryInfo query = only(new QueryFilter().setStatementIds(List.of(id)));
    assertThat(query.getQueryId()).isEqualTo(id);
    assertThat(query.getQueryText()).isEqualTo("SELECT id FROM range(3)");
    assertThat(query.getStatus()).isEqualTo(QueryStatus.FINISHED);
    assertThat(query.getStatementType()).isEqualTo(QueryStatementType.SELECT);
    assertThat(query.getUserName()).isEqualTo("reader@example.com");
    assertThat(query.getRowsProduced()).isEqualTo(3);
    assertThat(query.getIsFinal()).isTrue();
    assertThat(query.getDuration()).isNotNegative();
  }

  @Test
  void filtersByStatusUserWarehouseAndTimeNarrowIt() {
    String good = execute(reader, "SELECT 1");
    String bad = execute(admin, "SELECT 1 / 0");
    QueryInfo goodQuery = only(ids(good, bad).setStatuses(List.of(QueryStatus.FINISHED)));
    assertThat(goodQuery.getQueryId()).isEqualTo(good);
    QueryInfo badQuery = only(ids(good, bad).setStatuses(List.of(QueryStatus.FAILED)));
    assertThat(badQuery.getQueryId()).isEqualTo(bad);
    assertThat(badQuery.getErrorMessage()).contains("DIVIDE_BY_ZERO");
    assertThat(only(ids(good, bad).setUserIds(List.of(goodQuery.getUserId()))).getQueryId())
        .isEqualTo(good);
    assertThat(list(ids(good, bad).setWarehouseIds(List.of(workspace.warehouseId())))).hasSize(2);
    assertThat(list(ids(good, bad).setWarehouseIds(List.of("0123456789abcdef")))).isEmpty();
    long start = goodQuery.getQueryStartTimeMs();
    assertThat(
            list(
                ids(good)
                    .setQueryStartTimeRange(
                        new TimeRange().setStartTimeMs(start).setEndTimeMs(start))))
        .hasSize(1);
    assertThat(list(ids(good).setQueryStartTimeRange(new TimeRange().setStartTimeMs(start + 1))))
        .isEmpty();
  }

  @Test
  void pagesFollowOneAnother() {
    String first = execute(reader, "SELECT 1");
    String second = execute(reader, "SELECT 2");
    ListQueryHistoryRequest request =
        new ListQueryHistoryRequest().setFilterBy(ids(first, second)).setMaxResults(1L);
    ListQueriesResponse newest = admin.queryHistory().list(request);
    assertThat(newest.getRes()).extracting(QueryInfo::getQueryId).containsExactly(second);
    assertThat(newest.getHasNextPage()).isTrue();
    ListQueriesResponse oldest =
        admin.queryHistory().list(request.setPageToken(newest.getNextPageToken()));
    assertThat(oldest.getRes()).extracting(QueryInfo::getQueryId).containsExactly(first);
    assertThat(oldest.getHasNextPage()).isFalse();
  }

  private String execute(WorkspaceClient client, String text) {
    return client
        .statementExecution()
        .executeStatement(
            new ExecuteStatementRequest()
                .setWarehouseId(workspace.warehouseId())
                .setStatement(text)
                .setWaitTimeout("50s"))
        .getStatementId();
  }

  private static QueryFilter ids(String... ids) {
    return new QueryFilter().setStatementIds(List.of(ids));
  }

  private QueryInfo only(QueryFilter filter) {
    List<QueryInfo> found = list(filter);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private List<QueryInfo> list(QueryFilter filter) {
    return new ArrayList<>(
        admin.queryHistory().list(new ListQueryHistoryRequest().setFilterBy(filter)).getRes());
  }
}
