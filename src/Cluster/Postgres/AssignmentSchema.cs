namespace TopicGrpc.Cluster.Postgres;

/// <summary>Tables of the assignments of corpora, which members share.</summary>
internal static class AssignmentSchema
{
    /// <summary>Statements of the step.</summary>
    public const string Sql = """
        -- Changes: number of the last change. Each change names the number before it, so of two changes at once one is rejected.
        CREATE TABLE assignments (
            id TEXT COLLATE "C" PRIMARY KEY,
            corpus TEXT COLLATE "C" NOT NULL REFERENCES corpora (id) ON DELETE CASCADE,
            model TEXT COLLATE "C" NOT NULL,
            number BIGINT NOT NULL,
            changes BIGINT NOT NULL DEFAULT 0,
            UNIQUE (corpus, model, number),
            FOREIGN KEY (model, number) REFERENCES versions (model, number) ON DELETE CASCADE
        );

        CREATE INDEX assignments_by_version ON assignments (model, number);

        -- Number: that of the change that added the block. An erasure replaces the object of a block; a key of an object occurs once.
        CREATE TABLE assignment_blocks (
            assignment TEXT COLLATE "C" NOT NULL REFERENCES assignments (id) ON DELETE CASCADE,
            number BIGINT NOT NULL,
            documents BIGINT NOT NULL,
            object_key TEXT COLLATE "C" NOT NULL UNIQUE,
            object_length BIGINT NOT NULL,
            object_sha256 BYTEA NOT NULL,
            block_sha256 BYTEA NOT NULL,
            PRIMARY KEY (assignment, number)
        );
        """;
}
