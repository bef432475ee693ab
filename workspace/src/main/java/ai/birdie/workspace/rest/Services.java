package ai.birdie.workspace.rest;

import ai.birdie.workspace.access.Credentials;
import ai.birdie.workspace.access.Tokens;
import ai.birdie.workspace.catalog.Metastore;
import ai.birdie.workspace.catalog.RelationDetails;
import ai.birdie.workspace.session.Sessions;
import ai.birdie.workspace.statement.Statements;
import ai.birdie.workspace.statement.Warehouse;
import java.time.InstantSource;

/**
 * What the server answers from.
 *
 * @param credentials what the workspace is reached with
 * @param tokens who holds which
 * @param warehouse where statements run
 * @param statements what runs and has run
 * @param sessions what clients have opened
 * @param metastore names, principals, and rights
 * @param relations what tables and views are made of
 * @param clock by which links end
 * @param controls what the workspace's own control panel works on
 */
public record Services(
    Credentials credentials,
    Tokens tokens,
    Warehouse warehouse,
    Statements statements,
    Sessions sessions,
    Metastore metastore,
    RelationDetails relations,
    InstantSource clock,
    Controls controls) {}
