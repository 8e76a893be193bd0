using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Members;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>A member of a cluster in this process, with an encoder of its own, which a test can kill, freeze or isolate.</summary>
internal sealed class EmbeddingMember : IEmbeddingWorker, IDisposable
{
    private readonly TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EmbeddingExecutors _executors;

    public EmbeddingMember(string id, bool isOwn, ContentStore store, ClusterEmbeddingOptions options, string encoder = "fake")
    {
        Id = id;
        IsOwn = isOwn;
        Embedder = new FakeEmbedder(encoder);
        PoisonedEmbedder = new PoisonedEmbedder(Embedder, Kill);
        _executors = new EmbeddingExecutors(
            PoisonedEmbedder, Options.Create(new EmbeddingOptions { Executors = 2 }), TimeProvider.System);
        Fingerprint = new EncoderFingerprint(PoisonedEmbedder);
        Results = new ResultStore(store, Options.Create(options), TimeProvider.System, NullLogger<ResultStore>.Instance);
        Runner = new ChunkRunner(
            _executors,
            PoisonedEmbedder,
            Fingerprint,
            Results,
            Membership,
            Options.Create(options),
            TimeProvider.System,
            NullLogger<ChunkRunner>.Instance);
    }

    public string Id { get; }

    public bool IsOwn { get; }

    public FakeEmbedder Embedder { get; }

    public PoisonedEmbedder PoisonedEmbedder { get; }

    public EncoderFingerprint Fingerprint { get; }

    public ResultStore Results { get; }

    public ChunkRunner Runner { get; }

    public SingleMember Membership { get; } = new(TimeProvider.System);

    /// <summary>Whether the process runs.</summary>
    public bool IsAlive => !_killed.Task.IsCompleted;

    /// <summary>Whether the network loses its calls.</summary>
    public bool IsIsolated { get; set; }

    /// <summary>Most chunks that it had at the same time.</summary>
    public int MostChunks { get; private set; }

    /// <summary>Number of chunks that it was given.</summary>
    public int Starts { get; private set; }

    public Task<ChunkReply> StartAsync(ChunkRequest request) => CallAsync(async () =>
    {
        ChunkReply reply = await Runner.StartAsync(request);
        lock (_killed)
        {
            Starts++;
            MostChunks = Math.Max(MostChunks, Runner.Chunks);
        }

        return reply;
    });

    public Task<ChunkReply> WaitAsync(Guid attempt) => CallAsync(() => Runner.WaitAsync(attempt));

    public Task CancelAsync(Guid attempt) => CallAsync(() =>
    {
        Runner.Cancel(attempt);
        return Task.FromResult(new ChunkReply(ChunkStatus.Unknown));
    });

    /// <summary>Makes the member reject chunks.</summary>
    public Task DrainAsync() =>
        Membership.SetDrainingAsync(Membership.Own.Id, isDraining: true, TestContext.Current.CancellationToken);

    /// <summary>Ends the process: open and later calls fail, and nothing that it does has an effect.</summary>
    public void Kill()
    {
        _killed.TrySetResult();
        PoisonedEmbedder.Stop();
        Embedder.Release();
    }

    public void Dispose()
    {
        Kill();
        _executors.Dispose();
        PoisonedEmbedder.Dispose();
        Embedder.Dispose();
    }

    private async Task<ChunkReply> CallAsync(Func<Task<ChunkReply>> call)
    {
        if (IsIsolated || !IsAlive)
        {
            throw new IOException("The member is unreachable.");
        }

        Task<ChunkReply> answer = call();
        await Task.WhenAny(answer, _killed.Task);
        return IsAlive ? await answer : throw new IOException("The connection was lost.");
    }
}
