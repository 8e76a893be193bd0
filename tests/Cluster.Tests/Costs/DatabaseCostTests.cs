using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Changes;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Costs;

/// <summary>
/// What the database of a cluster of 1,000 members costs, for the arithmetic in docs/cluster-storage.md. Runs with TOPICGRPC_COSTS=1, on a
/// quiet machine; database and callers share its cores, so a database of its own does more.
/// </summary>
public sealed class DatabaseCostTests(PostgresServer server, ITestOutputHelper output)
{
    private const int Members = 1000;
    private const int Callers = 4;

    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    private readonly string _connectionString = server.CreateDatabase();

    [Fact]
    public void Heartbeats_ThousandMembers_TakeAQuarterOfTheDatabase()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TOPICGRPC_COSTS") == "1", "Measured with TOPICGRPC_COSTS=1.");
        using TestDataFolder folder = new();
        using PostgresDatabase database = new(
            Options.Create(new PostgresOptions { ConnectionString = _connectionString, LeaseTimeout = LeaseTimeout }),
            folder.Data,
            TimeProvider.System,
            member: new MemberIdentity("m0", MemberRole.All) { HeartbeatInterval = TimeSpan.FromHours(1) });
        AddMembers();

        double renewal = Measure("renewal of a lease, and heartbeat", static (connection, number) =>
        {
            string id = IdOf(number % Members);
            new ServerLease(new MemberIdentity(id, MemberRole.All).LeaseName, Epoch: 1, Owner: "x").TryRenew(connection);
            MemberTable.Beat(connection, id, epoch: 1, LeaseTimeout);
        });
        double search = Measure("search for dead members", static (connection, number) =>
            MemberTable.DeclareDead(connection, IdOf(number % Members), epoch: 1, LeaseTimeout));
        double digest = Measure("digest of the members", static (connection, _) => MemberTable.Digest(connection));
        Measure("list of the members", static (connection, _) => MemberTable.Read(connection));
        double changes = Measure("poll of changes", static (connection, _) =>
            ChangeTable.ReadAsync(connection, after: 0, CancellationToken.None).GetAwaiter().GetResult());
        double jobs = Measure("poll of the queue of jobs", static (connection, _) => ClaimTable.ReadAll(connection));
        Measure("write: marker, lock of the lease, one row", (_, number) => database.Write(connection => connection.Execute(
            "INSERT INTO models (id, created, last_version) VALUES (@id, 1, 1)",
            ("@id", number.ToString(CultureInfo.InvariantCulture)))));

        double share = (Members / 2.0 / renewal) + (MemberHeartbeat.SearchesPerInterval / 2.0 * ((1 / search) + (1 / digest)));
        double polls = Members * ((1 / changes) + (1 / jobs));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Members} heartbeats every 2 s: {share:P0} of the database; two polls a second: {polls:P0}"));
        Assert.True(share < 0.25, string.Create(CultureInfo.InvariantCulture, $"Heartbeats take {share:P0} of the database."));
    }

    private static string IdOf(int number) => "m" + number.ToString(CultureInfo.InvariantCulture);

    private void AddMembers()
    {
        using NpgsqlConnection connection = Open();
        connection.Execute(
            $"""
            INSERT INTO members (id, epoch, state, role, address, silo_address, release, started, heartbeat, steady_since)
            SELECT 'm' || n, 1, 1, 1, 'https://member-' || n || ':5400', 'S10.0.0.1:5410:1', '1.0.0',
                now(), now(), now() - interval '1 hour'
            FROM generate_series(1, {Members - 1}) AS n;
            INSERT INTO leases (name, epoch, owner) SELECT 'member/m' || n, 1, 'x' FROM generate_series(1, {Members - 1}) AS n;
            INSERT INTO lease_renewals (name, epoch, renewed)
            SELECT 'member/m' || n, 1, now() FROM generate_series(1, {Members - 1}) AS n;
            ANALYZE members, leases, lease_renewals;
            """);
    }

    /// <summary>Calls a function at once from several connections.</summary>
    /// <returns>Calls per second.</returns>
    private double Measure(string name, Action<NpgsqlConnection, int> call)
    {
        int calls = 0;
        long started = Stopwatch.GetTimestamp();
        Thread[] callers =
        [
            .. Enumerable.Range(0, Callers).Select(_ => new Thread(() =>
            {
                using NpgsqlConnection connection = Open();
                while (Stopwatch.GetElapsedTime(started) < Time)
                {
                    call(connection, Interlocked.Increment(ref calls));
                }
            })),
        ];
        Array.ForEach(callers, static caller => caller.Start());
        Array.ForEach(callers, static caller => caller.Join());
        double perSecond = calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name}: {perSecond:F0}/s, {1000 / perSecond:F2} ms of the database"));
        return perSecond;
    }

    private NpgsqlConnection Open()
    {
        NpgsqlConnection connection = new(_connectionString);
        connection.Open();
        return connection;
    }
}
