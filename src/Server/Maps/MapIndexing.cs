using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Maps;

/// <summary>Visits the documents of a version once and records their places and columns.</summary>
internal sealed class MapIndexing(TrainingDocuments training)
{
    /// <summary>Most distinct values of an attribute that are counted.</summary>
    public const int MaxValues = 10_000;

    private const int MaxColumns = 100;

    // Documents may have attributes of any name, so the names that are counted are bounded too.
    private const int MaxNames = 200;

    /// <summary>Reads the index of a version on which the caller holds a lease.</summary>
    /// <exception cref="ServiceException">A document is no longer stored.</exception>
    public async Task<MapIndex> ReadAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        var places = new TrainingPlace[version.Content.DocumentIds.Count];
        Dictionary<string, Counting> attributes = new(StringComparer.Ordinal);
        int dated = 0;
        DateTimeOffset first = DateTimeOffset.MaxValue;
        DateTimeOffset last = DateTimeOffset.MinValue;
        await training.VisitAsync(
            version,
            document =>
            {
                places[document.Row] = document.Place;
                if (document.Document.Time is { } time)
                {
                    dated++;
                    first = time < first ? time : first;
                    last = time > last ? time : last;
                }

                Count(document.Document, attributes);
            },
            cancellationToken);
        MapAttribute[] columns =
        [
            .. attributes.Select(static pair => new MapAttribute(pair.Key, pair.Value.Documents, pair.Value.Values.Count))
                .OrderByDescending(static column => column.DocumentCount)
                .ThenBy(static column => column.Name, StringComparer.Ordinal)
                .Take(MaxColumns),
        ];
        return new MapIndex(places, columns, dated == 0 ? null : new MapTimes(dated, first, last));
    }

    private static void Count(Document document, Dictionary<string, Counting> attributes)
    {
        foreach ((string name, string value) in document.Attributes ?? new Dictionary<string, string>())
        {
            if (!attributes.TryGetValue(name, out Counting? counting))
            {
                if (attributes.Count == MaxNames)
                {
                    continue;
                }

                attributes.Add(name, counting = new Counting());
            }

            counting.Documents++;
            if (counting.Values.Count <= MaxValues)
            {
                counting.Values.Add(HashOf(value));
            }
        }
    }

    private static ulong HashOf(string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(value.AsSpan()), hash);
        return MemoryMarshal.Read<ulong>(hash);
    }

    private sealed class Counting
    {
        public int Documents { get; set; }

        public HashSet<ulong> Values { get; } = [];
    }
}
