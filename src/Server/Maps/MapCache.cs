using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Maps;

/// <summary>
/// Parts of maps by version and name. Bounded in bytes: the least recently used part is evicted first. Parts are made one after another, so
/// concurrent callers make each part once. Thread-safe.
/// </summary>
internal sealed class MapCache : IDisposable
{
    private const int FixedBytes = 256;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _making = new(1);
    private readonly Dictionary<(string Version, string Name), LinkedListNode<(string Version, string Name, MapPart Part)>> _parts = [];
    private readonly LinkedList<(string Version, string Name, MapPart Part)> _byUse = new();
    private readonly long _limit;
    private long _bytes;

    public MapCache(IOptions<MapOptions> options, Meter meter)
    {
        _limit = options.Value.MaxCacheBytes;
        meter.CreateObservableGauge("topicgrpc.maps.size", () => Bytes, "By", "Memory of the cached maps.");
    }

    /// <summary>Estimated memory of the parts, in bytes.</summary>
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

    /// <summary>Returns a part of the map of a version; makes it unless it is cached.</summary>
    /// <param name="version">
    /// The version. Its name is never used again, so name and number of erased documents identify the content.
    /// </param>
    /// <param name="name">Name of the part.</param>
    /// <param name="make">Makes the part.</param>
    /// <param name="cancellationToken">Ends the wait for other parts.</param>
    public async Task<T> GetAsync<T>(VersionHandle version, string name, Func<Task<T>> make, CancellationToken cancellationToken)
        where T : MapPart
    {
        string content = FormattableString.Invariant($"{version.Name} {version.Content.ErasedRows.Length}");
        if (Find(content, name) is T cached)
        {
            return cached;
        }

        await _making.WaitAsync(cancellationToken);
        try
        {
            if (Find(content, name) is T made)
            {
                return made;
            }

            T part = await make();
            Add(content, name, part);
            return part;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private MapPart? Find(string version, string name)
    {
        lock (_gate)
        {
            if (!_parts.TryGetValue((version, name), out LinkedListNode<(string Version, string Name, MapPart Part)>? place))
            {
                return null;
            }

            _byUse.Remove(place);
            _byUse.AddFirst(place);
            return place.Value.Part;
        }
    }

    private void Add(string version, string name, MapPart part)
    {
        long size = part.Bytes + FixedBytes;
        lock (_gate)
        {
            if (size > _limit)
            {
                return;
            }

            for (; _bytes + size > _limit; _byUse.RemoveLast())
            {
                (string oldVersion, string oldName, MapPart old) = _byUse.Last!.Value;
                _parts.Remove((oldVersion, oldName));
                _bytes -= old.Bytes + FixedBytes;
            }

            _parts.Add((version, name), _byUse.AddFirst((version, name, part)));
            _bytes += size;
        }
    }
}
