using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Server.Maps;

/// <summary>What one visit of a version's documents finds: where they are stored, and what points can be colored by.</summary>
/// <param name="Places">Place of each row.</param>
/// <param name="Columns">Attributes, those of the most documents first.</param>
/// <param name="Times">Documents with a time; null if none has one.</param>
internal sealed record MapIndex(TrainingPlace[] Places, IReadOnlyList<MapAttribute> Columns, MapTimes? Times) : MapPart
{
    private const int PlaceBytes = 32;
    private const int ColumnBytes = 256;

    /// <inheritdoc/>
    public override long Bytes => ((long)PlaceBytes * Places.Length) + ((long)ColumnBytes * Columns.Count);
}

/// <summary>An attribute of the documents.</summary>
/// <param name="Name">Name.</param>
/// <param name="DocumentCount">Documents with a value.</param>
/// <param name="ValueCount">Distinct values, counted up to one more than <see cref="MapIndexing.MaxValues"/>.</param>
internal sealed record MapAttribute(string Name, int DocumentCount, int ValueCount);

/// <summary>Times of the documents.</summary>
/// <param name="DocumentCount">Documents with a time.</param>
/// <param name="First">Earliest time.</param>
/// <param name="Last">Latest time.</param>
internal sealed record MapTimes(int DocumentCount, DateTimeOffset First, DateTimeOffset Last);
