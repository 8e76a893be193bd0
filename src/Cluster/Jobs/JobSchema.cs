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

    /// <summary>Statements of the step for checkpoints.</summary>
    public const string Checkpoints = """
        -- The documents of a fit: the first ones of the corpus in the order of arrival, with the SHA-256 of their ids.
        ALTER TABLE job_claims ADD COLUMN snapshot_documents BIGINT;
        ALTER TABLE job_claims ADD COLUMN snapshot_sha256 TEXT;

        -- The results of stages of unfinished fits. Without a foreign key: a member of the release before ends jobs and does not know the
        -- table. Rows of the ledger with the owner 'checkpoint ' + publication keep the objects.
        CREATE TABLE job_checkpoints (
            fit TEXT COLLATE "C" NOT NULL,
            stage BIGINT NOT NULL,
            inputs TEXT NOT NULL,
            seconds DOUBLE PRECISION NOT NULL,
            publication TEXT COLLATE "C" NOT NULL UNIQUE,
            manifest_key TEXT NOT NULL,
            manifest_sha256 TEXT NOT NULL,
            manifest_length BIGINT NOT NULL,
            manifest_blocks TEXT NOT NULL,
            PRIMARY KEY (fit, stage)
        );
        """;
}
