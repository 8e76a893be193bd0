namespace TopicGrpc.Cluster.Postgres;

/// <summary>Tables of the ledger of shared objects, valid in PostgreSQL and SQLite.</summary>
internal static class LedgerSchema
{
    /// <summary>Statements that create the tables where they are missing. Run them under the lock of the migrations.</summary>
    public const string Sql =
        """
        CREATE TABLE IF NOT EXISTS artifact_publications (
            id TEXT PRIMARY KEY,
            owner TEXT UNIQUE,
            began BIGINT NOT NULL,
            ended BIGINT
        );
        CREATE TABLE IF NOT EXISTS artifact_objects (
            key TEXT PRIMARY KEY,
            sha256 TEXT NOT NULL,
            length BIGINT NOT NULL,
            is_stored INTEGER NOT NULL,
            is_condemned INTEGER NOT NULL,
            reference_count INTEGER NOT NULL,
            free_after BIGINT NOT NULL
        );
        CREATE INDEX IF NOT EXISTS artifact_objects_content ON artifact_objects (sha256, length);
        CREATE INDEX IF NOT EXISTS artifact_objects_free ON artifact_objects (free_after) WHERE reference_count = 0;
        CREATE TABLE IF NOT EXISTS artifact_references (
            holder TEXT NOT NULL,
            key TEXT NOT NULL,
            PRIMARY KEY (holder, key)
        );
        """;
}
