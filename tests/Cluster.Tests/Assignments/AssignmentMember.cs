using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Cluster.Tests.Jobs;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Assignments;

/// <summary>The assignments of one member of a cluster, with connections of its own.</summary>
internal sealed class AssignmentMember : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataFolder _data;

    private AssignmentMember(JobMember jobs, ContentStore contents)
    {
        Jobs = jobs;
        _data = new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);
        PostgresAssignmentRows rows = new(jobs.Database);
        Blocks = new BlockStore(contents, rows);
        Sweep = new AssignmentSweep(contents, rows);
        Store = new SharedAssignments(
            rows,
            Blocks,
            new AssignmentErasure(rows, Blocks, Sweep),
            _data,
            Options.Create(new ObjectStoreOptions()),
            TimeProvider.System,
            NullLogger<SharedAssignments>.Instance);
    }

    public JobMember Jobs { get; }

    public BlockStore Blocks { get; }

    public AssignmentSweep Sweep { get; }

    public SharedAssignments Store { get; }

    public static async Task<AssignmentMember> StartAsync(string connectionString, string id, ContentStore contents) => new(
        await JobMember.StartAsync(connectionString, id, cancellationToken: TestContext.Current.CancellationToken), contents);

    /// <summary>Queues a job and starts it here.</summary>
    public FitJob Begin()
    {
        Jobs.Queue();
        return Jobs.Fits.TryBegin()!;
    }

    /// <summary>Returns the ids of all documents of an assignment, in order.</summary>
    public async Task<string[]> ReadAsync(AssignmentName name, long first = 0, int count = int.MaxValue)
    {
        List<string> ids = [];
        await Store.VisitAsync(
            name,
            first,
            document =>
            {
                ids.Add(document.Id);
                return ids.Count < count;
            },
            TestContext.Current.CancellationToken);
        return [.. ids];
    }

    public void Dispose()
    {
        Jobs.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }
}
