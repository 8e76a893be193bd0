namespace TopicGrpc.Cluster.Jobs;

/// <summary>The table of <see cref="ClaimTable"/>.</summary>
internal static class JobSchema
{
    /// <summary>Statements of the step.</summary>
    public const string Create = """
        -- A row for each unfinished job. Member and its epoch name the run of the member that has the claim; empty: none.
        CREATE TABLE job_claims (
            fit TEXT COLLATE "C" PRIMARY KEY REFERENCES fits (id) ON DELETE CASCADE,
            member TEXT COLLATE "C" NOT NULL DEFAULT '',
            member_epoch BIGINT NOT NULL DEFAULT 0,
            epoch BIGINT NOT NULL DEFAULT 0,
            memory BIGINT NOT NULL DEFAULT 0,
            is_cancelled BOOLEAN NOT NULL DEFAULT FALSE,
            is_restarted BOOLEAN NOT NULL DEFAULT FALSE,
            version TEXT NOT NULL DEFAULT '',
            sequence BIGINT NOT NULL,
            stage BIGINT,
            stage_progress DOUBLE PRECISION NOT NULL DEFAULT 0,
            documents_per_second DOUBLE PRECISION NOT NULL DEFAULT 0,
            document_count BIGINT NOT NULL DEFAULT 0,
            estimate_message BYTEA
        );
        """;
}
