using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// A member that embeds chunks one after another, each text for the same time. It can die, and the network can lose its calls.
/// </summary>
/// <param name="world">Clock and chance.</param>
/// <param name="id">Id of its process.</param>
/// <param name="cost">Time of a text.</param>
/// <param name="waitLimit">Time for which it holds a call that waits.</param>
internal sealed class SimulatedWorker(SimulatedWorld world, string id, TimeSpan cost, TimeSpan waitLimit) : IEmbeddingWorker
{
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<Guid, string[]> _accepted = [];
    private readonly Dictionary<Guid, Task<ChunkReply>> _chunks = [];
    private TimeSpan _busyUntil;

    public string Id => id;

    public bool IsOwn => false;

    /// <summary>Text that ends the process.</summary>
    public string? DeadlyText { get; init; }

    /// <summary>When the process ended; null while it runs.</summary>
    public TimeSpan? Died { get; private set; }

    /// <summary>Whether the text ended it.</summary>
    public bool DiedOfText { get; private set; }

    /// <summary>Most chunks that it had at the same time.</summary>
    public int MostChunks { get; private set; }

    /// <summary>Ends the process.</summary>
    public void Crash() => Died ??= world.Elapsed;

    public Task<ChunkReply> StartAsync(ChunkRequest request) => CallAsync(() =>
    {
        if (!_chunks.ContainsKey(request.Attempt))
        {
            _accepted[request.Attempt] = request.Texts;
            MostChunks = Math.Max(MostChunks, _chunks.Count + _accepted.Count);
        }

        return Task.FromResult(new ChunkReply(ChunkStatus.Running));
    });

    public Task<ChunkReply> WaitAsync(Guid attempt) => CallAsync(async () =>
    {
        if (_accepted.Remove(attempt, out string[]? texts))
        {
            _busyUntil = (_busyUntil > world.Elapsed ? _busyUntil : world.Elapsed) + (cost * texts.Length);
            _chunks[attempt] = ResultAsync(texts, _busyUntil - world.Elapsed);
        }

        if (!_chunks.TryGetValue(attempt, out Task<ChunkReply>? chunk))
        {
            return new ChunkReply(ChunkStatus.Unknown);
        }

        await Task.WhenAny(chunk, Task.Delay(waitLimit, world));
        if (!chunk.IsCompleted)
        {
            return new ChunkReply(ChunkStatus.Running);
        }

        _chunks.Remove(attempt);
        return await chunk;
    });

    public Task CancelAsync(Guid attempt) => CallAsync(() =>
    {
        _accepted.Remove(attempt);
        _chunks.Remove(attempt);
        return Task.FromResult(new ChunkReply(ChunkStatus.Unknown));
    });

    private async Task<ChunkReply> CallAsync(Func<Task<ChunkReply>> effect)
    {
        await TripAsync();
        bool isLost = world.Chance(world.FaultRate);
        if (Died is not null || (isLost && world.Chance(0.5)))
        {
            throw new IOException("The call was lost.");
        }

        ChunkReply reply = await effect();
        await TripAsync();
        return Died is null && !isLost ? reply : throw new IOException("The answer was lost.");
    }

    private Task TripAsync() => Task.Delay(LongestTrip * world.Random.NextDouble(), world);

    private async Task<ChunkReply> ResultAsync(string[] texts, TimeSpan time)
    {
        int deadly = Array.IndexOf(texts, DeadlyText);
        await Task.Delay(deadly >= 0 ? time - (cost * (texts.Length - deadly)) : time, world);
        if (deadly >= 0)
        {
            DiedOfText |= Died is null;
            Crash();
        }

        byte[] result = ChunkResult.Allocate(texts.Length, 1);
        for (int row = 0; row < texts.Length; row++)
        {
            ChunkResult.WriteRow(result, row, EmbeddingCache.KeyOf(texts[row]), isTruncated: false, [texts[row].Length]);
        }

        ChunkResult.Seal(result);
        return new ChunkReply(ChunkStatus.Done, texts.Length, result);
    }
}
