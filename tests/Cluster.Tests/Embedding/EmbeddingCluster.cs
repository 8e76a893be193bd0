using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Folders;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>Members in this process with one object store and one suspect log.</summary>
internal sealed class EmbeddingCluster : IEmbeddingWorkers, IDisposable
{
    private readonly StoreCalls _calls = Samples.Calls();
    private readonly List<EmbeddingMember> _members = [];
    private readonly ClusterEmbeddingOptions _options;

    public EmbeddingCluster(int members, ClusterEmbeddingOptions? options = null, IObjectBackend? backend = null)
    {
        _options = options ?? new ClusterEmbeddingOptions { ChunkTexts = 8, StragglerMinimum = TimeSpan.FromMinutes(1) };
        Store = new ContentStore(backend ?? new FolderBackend("/store", new MemoryStorage()), _calls);
        for (int number = 0; number < members; number++)
        {
            Add();
        }
    }

    public ContentStore Store { get; }

    public IReadOnlyList<EmbeddingMember> Members => _members;

    public MemorySuspectLog SuspectLog { get; } = new();

    /// <summary>Adds a member; the first one coordinates.</summary>
    public EmbeddingMember Add(string encoder = "fake")
    {
        EmbeddingMember member = new(
            FormattableString.Invariant($"member-{_members.Count}@1"), _members.Count == 0, Store, _options, encoder);
        _members.Add(member);
        return member;
    }

    public IReadOnlyList<IEmbeddingWorker> List() => [.. _members.Where(static member => member.IsAlive)];

    public bool IsAlive(string id) => _members.Exists(member => member.Id == id && member.IsAlive);

    /// <summary>Embeds texts with the first member as the coordinator.</summary>
    public async Task<CollectedEmbeddings> EmbedAsync(string[] texts, CancellationToken cancellationToken)
    {
        CollectedEmbeddings collected = new(texts.Length);
        await Placement().EmbedAsync(Work(texts), collected, cancellationToken);
        return collected;
    }

    /// <summary>Returns the placement of the first member.</summary>
    public ClusterEmbeddingPlacement Placement() => new(
        this,
        _members[0].Fingerprint,
        _members[0].Results,
        SuspectLog,
        Options.Create(_options),
        TimeProvider.System,
        NullLogger<ClusterEmbeddingPlacement>.Instance);

    public EmbeddingWork Work(string[] texts)
    {
        Document[] documents =
        [
            .. texts.Select(static (text, number) => new Document(FormattableString.Invariant($"d{number}"), text)),
        ];
        return new EmbeddingWork(
            "corpus",
            _members[0].Embedder.Info,
            documents,
            [.. texts.Select(EmbeddingCache.KeyOf)],
            [.. Enumerable.Range(0, texts.Length)]);
    }

    public void Dispose()
    {
        _members.ForEach(static member => member.Dispose());
        _calls.Dispose();
    }
}
