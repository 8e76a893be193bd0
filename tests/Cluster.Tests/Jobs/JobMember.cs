using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Checkpoints;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Cluster.Tests.Jobs;

/// <summary>The queue of one member of a cluster, with a data folder and connections of its own.</summary>
internal sealed class JobMember : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataFolder _data;

    private JobMember(string connectionString, string id, FitOptions options)
    {
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);
        Database = new PostgresDatabase(
            Options.Create(new PostgresOptions
            {
                ConnectionString = connectionString,
                MaxConnections = 4,
                LeaseTimeout = TimeSpan.FromHours(1),
                RetryTimeout = TimeSpan.FromMinutes(1),
            }),
            _data,
            TimeProvider.System,
            member: new MemberIdentity(id, MemberRole.All) { HeartbeatInterval = TimeSpan.FromHours(1) });
        Members = new PostgresMembers(Database, Options.Create(new MemberOptions()), NullLogger<PostgresMembers>.Instance);
        IOptions<FitOptions> fits = Options.Create(options);
        Fits = new SharedFitStore(
            new FitTable(Database),
            Database,
            Members,
            fits,
            TimeProvider.System,
            new CrashedTexts(_data, fits, TimeProvider.System, NullLogger<CrashedTexts>.Instance),
            [Checkpoints]);
    }

    /// <summary>Results of stages, which the end of a job releases.</summary>
    public CheckpointTable Checkpoints { get; } = new(TimeProvider.System);

    public DataFolder Data => _data;

    public PostgresDatabase Database { get; }

    public PostgresMembers Members { get; }

    public SharedFitStore Fits { get; }

    /// <summary>Starts a member that takes jobs.</summary>
    public static async Task<JobMember> StartAsync(
        string connectionString, string id, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        JobMember member = new(connectionString, id, options ?? new FitOptions());
        await member.Members.SetAddressAsync("http://" + id, cancellationToken);
        member.Fits.Resume();
        return member;
    }

    /// <summary>Queues a fit.</summary>
    /// <returns>Its id.</returns>
    public string Queue(string caller = "", string requestId = "", string corpus = "news", long memory = 1)
    {
        FitRequest request = new()
        {
            ModelId = "m",
            CorpusId = corpus,
            AssignLabels = [],
            RequestId = requestId,
            Sha256 = [1],
            Caller = caller,
            Estimate = new FitEstimate { MemoryBytes = memory },
        };
        return Fits.Start(request, caller: null, static () => { }).Id;
    }

    /// <summary>Does what the members do that declare this one dead.</summary>
    public void DeclareDead()
    {
        using DbConnection connection = Database.Reading.Open();
        connection.Execute("UPDATE leases SET epoch = epoch + 1, owner = '' WHERE name = 'member/' || @id", ("@id", Members.Own.Id));
        connection.Execute("UPDATE members SET state = 2, ended = clock_timestamp() WHERE id = @id", ("@id", Members.Own.Id));
    }

    public void Dispose()
    {
        Fits.Dispose();
        Database.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }
}
