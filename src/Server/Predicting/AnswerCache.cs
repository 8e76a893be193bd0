using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Predicting;

/// <summary>
/// Answers given before, by version, text and what was asked of it. A kept answer is the very object that was given first,
/// so it has the same bits. Bounded in bytes; the longest unused answer goes first, and those of a version with it.
/// Safe for any number of callers.
/// </summary>
internal sealed class AnswerCache
{
    // Entry, list node, dictionary slot, key, records and array headers, counted on a 64-bit runtime and rounded up.
    private const int FixedBytes = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<AnswerKey, LinkedListNode<(AnswerKey Key, PredictionAnswer Answer)>> _places = [];
    private readonly LinkedList<(AnswerKey Key, PredictionAnswer Answer)> _byUse = new();
    private readonly HashSet<VersionHandle> _versions = [];
    private readonly long _limit;
    private readonly Counter<long> _lookups;
    private readonly Counter<long> _evictions;
    private long _bytes;

    public AnswerCache(IOptions<AnswerCacheOptions> options, Meter meter)
    {
        _limit = options.Value.MaxBytes;
        _lookups = meter.CreateCounter<long>("topicgrpc.cache.lookups", "{text}", "Texts looked up in the answer cache, by outcome: hit or miss.");
        _evictions = meter.CreateCounter<long>("topicgrpc.cache.evictions", "{answer}", "Answers that made room for others.");
        meter.CreateObservableGauge("topicgrpc.cache.size", () => Bytes, "By", "Memory of the answers kept.");
    }

    /// <summary>Whether answers are kept at all.</summary>
    public bool IsOn => _limit > 0;

    /// <summary>Memory of the answers kept, estimated.</summary>
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

    /// <summary>Finds an answer; what it cost is not paid again, so its times are zero.</summary>
    public bool TryGet(AnswerKey key, [NotNullWhen(true)] out PredictionAnswer? answer)
    {
        lock (_gate)
        {
            answer = null;
            if (_places.TryGetValue(key, out LinkedListNode<(AnswerKey Key, PredictionAnswer Answer)>? place))
            {
                _byUse.Remove(place);
                _byUse.AddFirst(place);
                answer = place.Value.Answer;
            }
        }

        _lookups.Add(1, new KeyValuePair<string, object?>("outcome", answer is null ? "miss" : "hit"));
        return answer is not null;
    }

    /// <summary>Keeps an answer. The caller holds the version.</summary>
    public void Add(AnswerKey key, PredictionAnswer answer)
    {
        long size = SizeOf(answer);
        int evicted = 0;
        lock (_gate)
        {
            if (size > _limit || _places.ContainsKey(key))
            {
                return;
            }

            for (; _bytes + size > _limit; evicted++)
            {
                Remove(_byUse.Last!);
            }

            PredictionAnswer kept = answer with
            {
                Embedding = answer.Embedding with { Queue = TimeSpan.Zero, Cost = answer.Embedding.Cost with { Tokenization = TimeSpan.Zero, Inference = TimeSpan.Zero } },
                Assignment = TimeSpan.Zero,
            };
            _places.Add(key, _byUse.AddFirst((key, kept)));
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
        FixedBytes + (sizeof(float) * (long)answer.Embedding.Vector.Length) + (sizeof(double) * (long)answer.Prediction.TopicProbabilities.Count);

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
        _places.Remove(place.Value.Key);
        _bytes -= SizeOf(place.Value.Answer);
    }
}
