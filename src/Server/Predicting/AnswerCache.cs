using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Predicting;

/// <summary>
/// Cached answers by <see cref="AnswerKey"/>. A hit returns the bits of the first answer. Bounded in bytes: the least recently used answer
/// is evicted first, and the answers of a version when the version is unloaded. Thread-safe.
/// </summary>
internal sealed class AnswerCache
{
    // Entry, list node, dictionary slot, key, records and array headers on a 64-bit runtime, rounded up.
    private const int FixedBytes = 640;

    private readonly Lock _gate = new();
    private readonly Dictionary<AnswerKey, LinkedListNode<(AnswerKey Key, PredictionAnswer Answer)>> _entries = [];
    private readonly LinkedList<(AnswerKey Key, PredictionAnswer Answer)> _byUse = new();
    private readonly HashSet<VersionHandle> _versions = [];
    private readonly long _limit;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _evictions;
    private long _bytes;

    public AnswerCache(IOptions<AnswerCacheOptions> options, Meter meter)
    {
        _limit = options.Value.MaxBytes;
        _lookups = meter.CreateCounter<long>(
            "topicgrpc.cache.lookups",
            "{text}",
            "Texts looked up in the answer cache, by outcome: hit or miss.");
        _evictions = meter.CreateCounter<long>("topicgrpc.cache.evictions", "{answer}", "Answers evicted to make room for others.");
        meter.CreateObservableGauge("topicgrpc.cache.size", () => Bytes, "By", "Memory of the cached answers.");
    }

    /// <summary>Whether answers are cached.</summary>
    public bool IsOn => _limit > 0;

    /// <summary>Estimated memory of the cached answers, in bytes.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Finds an answer. Its times are zero, because nothing is computed again.</summary>
    public bool TryGet(AnswerKey key, [NotNullWhen(true)] out PredictionAnswer? answer)
    {
        lock (_gate)
        {
            answer = null;
            if (_entries.TryGetValue(key, out LinkedListNode<(AnswerKey Key, PredictionAnswer Answer)>? place))
            {
                _byUse.Remove(place);
                _byUse.AddFirst(place);
                answer = place.Value.Answer;
            }
        }

        _lookups.Add(1, new KeyValuePair<string, object?>("outcome", answer is null ? "miss" : "hit"));
        return answer is not null;
    }

    /// <summary>Adds an answer. The caller holds a lease on its version.</summary>
    public void Add(AnswerKey key, PredictionAnswer answer)
    {
        long size = SizeOf(answer);
        int evicted = 0;
        lock (_gate)
        {
            if (size > _limit || _entries.ContainsKey(key))
            {
                return;
            }

            for (; _bytes + size > _limit; evicted++)
            {
                Remove(_byUse.Last!);
            }

            PredictionAnswer cached = answer with
            {
                Embedding = answer.Embedding with
                {
                    Queue = TimeSpan.Zero,
                    Cost = answer.Embedding.Cost with { Tokenization = TimeSpan.Zero, Inference = TimeSpan.Zero },
                },
                Assignment = TimeSpan.Zero,
            };
            _entries.Add(key, _byUse.AddFirst((key, cached)));
            _bytes += size;
            if (_versions.Add(key.Version))
            {
                _ = ForgetAsync(key.Version);
            }
        }

        if (evicted > 0)
        {
            _evictions.Add(evicted);
        }
    }

    private static long SizeOf(PredictionAnswer answer) =>
        FixedBytes
        + (sizeof(float) * (long)answer.Embedding.Vector.Length)
        + (sizeof(double) * (long)answer.Prediction.TopicProbabilities.Count);

    private async Task ForgetAsync(VersionHandle version)
    {
        await version.Drained;
        lock (_gate)
        {
            _versions.Remove(version);
            for (LinkedListNode<(AnswerKey Key, PredictionAnswer Answer)>? place = _byUse.First, next; place is not null; place = next)
            {
                next = place.Next;
                if (place.Value.Key.Version == version)
                {
                    Remove(place);
                }
            }
        }
    }

    private void Remove(LinkedListNode<(AnswerKey Key, PredictionAnswer Answer)> place)
    {
        _byUse.Remove(place);
        _entries.Remove(place.Value.Key);
        _bytes -= SizeOf(place.Value.Answer);
    }
}
