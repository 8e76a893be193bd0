using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Embeds chunks on this member, for any coordinator. Its texts go through the bulk queue, so that predictions go first, and the number of
/// chunks is bounded. A chunk runs when its coordinator asks for it the first time: until then the coordinator may not know that the member
/// has it, and would not suspect its texts if they ended the process. A result is written to the object store before it is returned.
/// Thread-safe.
/// </summary>
internal sealed class ChunkRunner(
    EmbeddingExecutors executors,
    IEmbedder embedder,
    EncoderFingerprint fingerprint,
    ResultStore results,
    IMembers members,
    IOptions<ClusterEmbeddingOptions> options,
    TimeProvider clock,
    ILogger<ChunkRunner> logger)
{
    // A coordinator has at most ChunksPerMember here; two of them run at the same time while a job moves to another member.
    private const int Coordinators = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, RunningChunk> _chunks = [];

    /// <summary>Number of chunks that run or whose result was not fetched.</summary>
    public int Chunks
    {
        get
        {
            lock (_gate)
            {
                return _chunks.Count;
            }
        }
    }

    /// <summary>Accepts a chunk, which runs from the first <see cref="WaitAsync"/> on.</summary>
    /// <param name="request">The chunk. A repeated request changes nothing.</param>
    public async Task<ChunkReply> StartAsync(ChunkRequest request)
    {
        // On the pool, as the chunk below: the caller may be a grain, whose turn must end.
        if (await Task.Run(() => fingerprint.Get(CancellationToken.None)) != request.Encoder)
        {
            return new ChunkReply(ChunkStatus.OtherEncoder);
        }

        lock (_gate)
        {
            if (!_chunks.ContainsKey(request.Attempt))
            {
                if (members.Own.State is MemberState.Draining or MemberState.Dead)
                {
                    return new ChunkReply(ChunkStatus.Draining);
                }

                if (_chunks.Count >= options.Value.ChunksPerMember * Coordinators)
                {
                    return new ChunkReply(ChunkStatus.Busy);
                }

                RunningChunk chunk = new(options.Value.OrphanTimeout, clock);
                _chunks.Add(request.Attempt, chunk);
                _ = Task.Run(() => RunAsync(request, chunk));
            }
        }

        return new ChunkReply(ChunkStatus.Running);
    }

    /// <summary>Waits for a chunk for a third of the limit of a call.</summary>
    /// <param name="attempt">Id of the attempt.</param>
    public async Task<ChunkReply> WaitAsync(Guid attempt)
    {
        RunningChunk? chunk;
        lock (_gate)
        {
            chunk = _chunks.GetValueOrDefault(attempt);
            chunk?.Renew();
        }

        if (chunk is null)
        {
            return new ChunkReply(ChunkStatus.Unknown);
        }

        Task ended = chunk.Completion;
        await ended.WaitAsync(options.Value.CallTimeout / 3, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!chunk.Completion.IsCompleted)
        {
            return new ChunkReply(ChunkStatus.Running, chunk.Embedded);
        }

        Cancel(attempt);
        return await chunk.Completion;
    }

    /// <summary>Stops a chunk and forgets it.</summary>
    /// <param name="attempt">Id of the attempt.</param>
    public void Cancel(Guid attempt)
    {
        lock (_gate)
        {
            _chunks.GetValueOrDefault(attempt)?.Cancel();
            _chunks.Remove(attempt);
        }
    }

    private void Forget(Guid attempt)
    {
        lock (_gate)
        {
            _chunks.Remove(attempt);
        }
    }

    private async Task RunAsync(ChunkRequest request, RunningChunk chunk)
    {
        try
        {
            await chunk.Asked.WaitAsync(chunk.Token);
            byte[]? result = await results.FindAsync(request.ResultKey, chunk.Token);
            if (result is null)
            {
                result = await EmbedAsync(request.Texts, chunk);
                await results.TryWriteAsync(request.ResultKey, result, chunk.Token);
            }

            chunk.End(new ChunkReply(ChunkStatus.Done, request.Texts.Length, result));

            // If no coordinator asks again, the result is dropped with the token.
            await Task.Delay(Timeout.InfiniteTimeSpan, chunk.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException)
        {
            chunk.End(new ChunkReply(ChunkStatus.Unknown));
        }
#pragma warning disable CA1031 // Any exception of the encoder goes to the coordinator; the member continues with other chunks.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.ChunkFailed(logger, failure);
            chunk.End(new ChunkReply(
                ChunkStatus.Failed, Error: failure is ServiceException fault ? fault.Message : failure.GetType().Name));
            await Task.Delay(Timeout.InfiniteTimeSpan, chunk.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            Forget(request.Attempt);
            chunk.Dispose();
        }
    }

    private async Task<byte[]> EmbedAsync(string[] texts, RunningChunk chunk)
    {
        byte[] result = ChunkResult.Allocate(texts.Length, embedder.Info.Dimension);
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = executors.Count * 2,
            CancellationToken = chunk.Token,
        };
        await Parallel.ForAsync(0, texts.Length, parallel, async (index, token) =>
        {
            EmbeddingOutcome outcome = await executors.EmbedAsync(texts[index], EmbeddingPriority.Paced, deadline: null, token);
            ChunkResult.WriteRow(result, index, EmbeddingCache.KeyOf(texts[index]), outcome.Cost.Truncated, outcome.Vector);
            chunk.Count();
        });
        ChunkResult.Seal(result);
        return result;
    }
}
