using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.Checkpoints;
using TopicGrpc.Cluster.Jobs;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.Jobs;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Cluster.Tests.Checkpoints;

/// <summary>A member with its checkpoints, on an object store of the test.</summary>
internal sealed class CheckpointMember : IDisposable
{
    private static readonly EmbedderInfo Encoder = new("fake", "full", new string('a', 64), 2, 256);

    private readonly StoreCalls _calls = Samples.Calls();
    private readonly NpgsqlDataSource _source;
    private readonly JobMember _member;

    private CheckpointMember(JobMember member, string connectionString, IObjectBackend backend, TimeSpan after)
    {
        _member = member;
        _source = NpgsqlDataSource.Create(connectionString);
        Contents = new ContentStore(backend, _calls);
        Ledger = new SqlObjectLedger(_source, TimeProvider.System);
        StageObjects objects = new(
            Contents,
            new ArtifactPublisher(Contents, Ledger, member.Data.Files),
            Ledger,
            member.Data,
            new DiskSpace(member.Data, Options.Create(new StorageOptions())));
        Checkpoints = new FitCheckpoints(
            member.Database,
            member.Checkpoints,
            objects,
            member.Fits,
            Options.Create(new JobOptions { CheckpointAfter = after }),
            TimeProvider.System,
            NullLogger<FitCheckpoints>.Instance);
    }

    public ContentStore Contents { get; }

    public SqlObjectLedger Ledger { get; }

    public IFitCheckpoints Checkpoints { get; }

    public SharedFitStore Fits => _member.Fits;

    public string StagingFolder => _member.Data.Staging;

    public static async Task<CheckpointMember> StartAsync(
        string connectionString, string id, IObjectBackend backend, TimeSpan after = default) => new(
        await JobMember.StartAsync(connectionString, id, cancellationToken: TestContext.Current.CancellationToken),
        connectionString,
        backend,
        after);

    /// <summary>Queues a fit and starts it.</summary>
    public FitJob Begin()
    {
        _member.Queue();
        return Fits.TryBegin()!;
    }

    public void DeclareDead() => _member.DeclareDead();

    /// <summary>Returns the checkpoints of a run whose documents have a text.</summary>
    public async Task<IStageCheckpoints> FindAsync(FitJob job, string text = "text", int seed = 42) => (await Checkpoints.FindAsync(
        job,
        new FitInputs(
            new FitSettings { Seed = seed },
            new TopicModelOptions(),
            new FitInput([new Document("a", text)], new Matrix(1, 2, [1, 0]), Encoder)),
        TestContext.Current.CancellationToken))!;

    public void Dispose()
    {
        _member.Dispose();
        _source.Dispose();
        _calls.Dispose();
    }
}
