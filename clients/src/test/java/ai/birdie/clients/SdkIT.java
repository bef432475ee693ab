package ai.birdie.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.birdie.testkit.LocalWorkspace;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.Disposition;
import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.Format;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.ResultData;
import com.databricks.sdk.service.sql.StartRequest;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import com.databricks.sdk.service.sql.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The vendor's SDK for Java. */
@ExtendWith(Served.class)
final class SdkIT {
  private final LocalWorkspace workspace;
  private final WorkspaceClient reader;

  SdkIT(LocalWorkspace workspace) {
    this.workspace = workspace;
    this.reader = Sdk.reader(workspace);
  }

  @Test
  void bothWaysToAuthenticateSayWhoOneIs() {
    assertThat(reader.currentUser().me(new MeRequest()).getUserName())
        .isEqualTo("reader@example.com");
    assertThat(Sdk.servicePrincipal(workspace).currentUser().me(new MeRequest()).getUserName())
        .isEqualTo(workspace.clientId());
  }

  @Test
  void wrongTokenIsRefused() {
    WorkspaceClient stranger = Sdk.byToken(workspace, "dapi00");
    assertThatThrownBy(() -> stranger.currentUser().me(new MeRequest()))
        .isInstanceOf(PermissionDenied.class);
  }

  @Test
  void warehouseIsListedStoppedAndStarted() throws TimeoutException {
    List<EndpointInfo> all = new ArrayList<>();
    reader.warehouses().list(new ListWarehousesRequest()).forEach(all::add);
    assertThat(all).extracting(EndpointInfo::getId).containsExactly(workspace.warehouseId());
    StopRequest stop = new StopRequest().setId(workspace.warehouseId());
    assertThatThrownBy(() -> reader.warehouses().stop(stop)).isInstanceOf(PermissionDenied.class);
    assertThat(Sdk.admin(workspace).warehouses().stop(stop).get().getState())
        .isEqualTo(State.STOPPED);
    assertThat(
            reader
                .warehouses()
                .start(new StartRequest().setId(workspace.warehouseId()))
                .get()
                .getState())
        .isEqualTo(State.RUNNING);
    assertThatThrownBy(() -> reader.warehouses().get("0123456789abcdef"))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void statementIsExecutedWithNamedParameters() {
    StatementResponse response =
        reader
            .statementExecution()
            .executeStatement(
                statement("SELECT :name AS name, :n + 1 AS n")
                    .setParameters(
                        List.of(
                            new StatementParameterListItem().setName("name").setValue("Ü"),
                            new StatementParameterListItem()
                                .setName("n")
                                .setType("INT")
                                .setValue("41"))));
    assertThat(response.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
    assertThat(response.getResult().getDataArray()).containsExactly(List.of("Ü", "42"));
  }

  @Test
  void chunksAreFetchedOneByOne() {
    StatementResponse response =
        reader
            .statementExecution()
            .executeStatement(
                statement("SELECT * FROM main.feedback.nps")
                    .setDisposition(Disposition.EXTERNAL_LINKS)
                    .setFormat(Format.ARROW_STREAM));
    long chunks = response.getManifest().getTotalChunkCount();
    assertThat(chunks).isGreaterThanOrEqualTo(Served.ROWS / Served.CHUNK_ROWS);
    long rows = 0;
    for (long chunk = chunks - 1; chunk >= 0; chunk--) {
      ResultData result =
          reader.statementExecution().getStatementResultChunkN(response.getStatementId(), chunk);
      rows += result.getExternalLinks().iterator().next().getRowCount();
    }
    assertThat(rows).isEqualTo(Served.ROWS);
  }

  @Test
  void statementIsPolledAndCancelled() {
    StatementResponse submitted =
        reader
            .statementExecution()
            .executeStatement(
                statement("SELECT count(*) FROM range(1000000000000) WHERE hash(id) = 1")
                    .setWaitTimeout("0s"));
    assertThat(submitted.getStatus().getState())
        .isIn(StatementState.PENDING, StatementState.RUNNING);
    reader
        .statementExecution()
        .cancelExecution(new CancelExecutionRequest().setStatementId(submitted.getStatementId()));
    assertThat(
            reader
                .statementExecution()
                .getStatement(submitted.getStatementId())
                .getStatus()
                .getState())
        .isEqualTo(StatementState.CANCELED);
  }

  @Test
  void failureIsToldWithItsState() {
    StatementResponse failed =
        reader.statementExecution().executeStatement(statement("SELECT * FROM main.feedback.no"));
    assertThat(failed.getStatus().getState()).isEqualTo(StatementState.FAILED);
    assertThat(failed.getStatus().getError().getMessage()).contains("SQLSTATE: 42P01");
    assertThatThrownBy(() -> reader.statementExecution().getStatement("01ef-none"))
        .isInstanceOf(NotFound.class);
  }

  private ExecuteStatementRequest statement(String text) {
    return new ExecuteStatementRequest()
        .setWarehouseId(workspace.warehouseId())
        .setStatement(text)
        .setWaitTimeout("50s");
  }
}
