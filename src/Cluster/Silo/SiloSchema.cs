namespace TopicGrpc.Cluster.Silo;

/// <summary>
/// Table of the silos, and the statements by which Orleans reads and writes it. Orleans 10 reads them by key from the table
/// <c>OrleansQuery</c>; names of keys, parameters and result columns are those of <c>Microsoft.Orleans.Clustering.AdoNet</c>. A change
/// compares the version of the table and raises it in the same statement, so that one of several concurrent changes succeeds.
/// </summary>
internal static class SiloSchema
{
    /// <summary>The tables and statements.</summary>
    public const string Sql = """
        CREATE TABLE OrleansQuery (
            QueryKey TEXT PRIMARY KEY,
            QueryText TEXT NOT NULL
        );

        CREATE TABLE silo_versions (
            cluster TEXT COLLATE "C" PRIMARY KEY,
            version INTEGER NOT NULL
        );

        CREATE TABLE silos (
            cluster TEXT COLLATE "C" NOT NULL,
            address TEXT COLLATE "C" NOT NULL,
            port INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            name TEXT NOT NULL,
            host TEXT NOT NULL,
            status INTEGER NOT NULL,
            proxy_port INTEGER NOT NULL,
            suspicions TEXT,
            started TIMESTAMPTZ NOT NULL,
            alive TIMESTAMPTZ NOT NULL,
            PRIMARY KEY (cluster, address, port, generation)
        );

        INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
        ('InsertMembershipVersionKey', '
            WITH added AS (
                INSERT INTO silo_versions (cluster, version) VALUES (@DeploymentId, 0) ON CONFLICT DO NOTHING RETURNING 1
            )
            SELECT count(*) FROM added'),
        ('InsertMembershipKey', '
            WITH raised AS (
                UPDATE silo_versions SET version = version + 1
                WHERE cluster = @DeploymentId AND version = @Version AND NOT EXISTS (
                    SELECT 1 FROM silos
                    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
                RETURNING cluster
            ),
            added AS (
                INSERT INTO silos (cluster, address, port, generation, name, host, status, proxy_port, started, alive)
                SELECT cluster, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
                FROM raised
                RETURNING 1
            )
            SELECT count(*) FROM added'),
        ('UpdateMembershipKey', '
            WITH raised AS (
                UPDATE silo_versions SET version = version + 1
                WHERE cluster = @DeploymentId AND version = @Version AND EXISTS (
                    SELECT 1 FROM silos
                    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
                RETURNING cluster
            ),
            changed AS (
                UPDATE silos SET status = @Status, suspicions = @SuspectTimes, alive = @IAmAliveTime
                FROM raised
                WHERE silos.cluster = raised.cluster AND address = @Address AND port = @Port AND generation = @Generation
                RETURNING 1
            )
            SELECT count(*) FROM changed'),
        ('UpdateIAmAlivetimeKey', '
            UPDATE silos SET alive = @IAmAliveTime
            WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation'),
        ('MembershipReadRowKey', '
            SELECT v.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
                s.host AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspicions AS SuspectTimes,
                s.started AS StartTime, s.alive AS IAmAliveTime
            FROM silo_versions AS v
            LEFT JOIN silos AS s
                ON s.cluster = v.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
            WHERE v.cluster = @DeploymentId'),
        ('MembershipReadAllKey', '
            SELECT v.version AS Version, s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName,
                s.host AS HostName, s.status AS Status, s.proxy_port AS ProxyPort, s.suspicions AS SuspectTimes,
                s.started AS StartTime, s.alive AS IAmAliveTime
            FROM silo_versions AS v
            LEFT JOIN silos AS s ON s.cluster = v.cluster
            WHERE v.cluster = @DeploymentId'),
        ('GatewaysQueryKey', '
            SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
            FROM silos
            WHERE cluster = @DeploymentId AND status = @Status AND proxy_port > 0'),
        ('CleanupDefunctSiloEntriesKey', '
            DELETE FROM silos WHERE cluster = @DeploymentId AND alive < @IAmAliveTime AND status <> 3'),
        ('DeleteMembershipTableEntriesKey', '
            WITH removed AS (DELETE FROM silos WHERE cluster = @DeploymentId)
            DELETE FROM silo_versions WHERE cluster = @DeploymentId');
        """;
}
