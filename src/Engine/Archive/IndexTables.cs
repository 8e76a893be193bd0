using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes the quantized training rows for neighbor queries. They are stored because computing them would dominate the load time.
/// </summary>
internal static class IndexTables
{
    public static void Write(ArchiveWriter writer, RowIndex index)
    {
        if (index.Coarse is { } coarse)
        {
            writer.Write(ArchiveNames.IndexDirections, coarse.Directions.Span, coarse.Directions.Columns);
            writer.Write(ArchiveNames.IndexCoarse, coarse.Codes.Span);
            writer.Write(ArchiveNames.IndexCoarseNumbers, [.. coarse.Steps, .. coarse.Roundings, .. coarse.Rests], coarse.Steps.Length);
        }

        if (index.Graph is { } graph)
        {
            writer.Write(ArchiveNames.IndexLinks, graph.Links.Span, SearchGraph.Width);
            writer.Write(ArchiveNames.IndexEntries, graph.Entries);
        }

        SampledRows? sample = index.Graph?.Sample;
        for (int level = 1; sample is not null; level++, sample = sample.Graph.Sample)
        {
            (string rows, string links, string entries) = ArchiveNames.IndexLevel(level);
            writer.Write(rows, sample.Rows);
            writer.Write(links, sample.Graph.Links.Span, SearchGraph.Width);
            writer.Write(entries, sample.Graph.Entries);
        }

        writer.Write(ArchiveNames.IndexFine, index.Fine.Codes.Span);
        writer.Write(ArchiveNames.IndexFineNumbers, [.. index.Fine.Steps, .. index.Fine.Residuals], index.Fine.Steps.Length);
    }

    /// <summary>Reads the index.</summary>
    /// <returns>The index; null if the archive has none.</returns>
    /// <exception cref="ArgumentException">The stored sizes do not match <paramref name="rows"/>.</exception>
    public static RowIndex? Read(ArchiveContent content, Matrix rows, DistanceMetric metric, int[] excluded)
    {
        bool linked = content.Has(ArchiveNames.IndexLinks);
        if (!linked && !content.Has(ArchiveNames.IndexCoarse))
        {
            return null;
        }

        Matrix fine = Numbers(content, ArchiveNames.IndexFineNumbers, count: 2);
        RowGeometry geometry = new(rows, metric, 1, CancellationToken.None);
        return new RowIndex(
            geometry,
            new QuantizedRows(rows, content.SmallIntegers(ArchiveNames.IndexFine), fine.Row(0).ToArray(), fine.Row(1).ToArray()),
            linked ? null : ReadCoarse(content, rows, geometry),
            linked ? ReadGraph(content, rows.Rows) : null)
        {
            Excluded = excluded,
        };
    }

    private static CoarseRows ReadCoarse(ArchiveContent content, Matrix rows, RowGeometry geometry)
    {
        Matrix numbers = Numbers(content, ArchiveNames.IndexCoarseNumbers, count: 3);
        CoarseCodes stored = new(
            content.Matrix(ArchiveNames.IndexDirections),
            content.SmallIntegers(ArchiveNames.IndexCoarse),
            numbers.Row(0).ToArray(),
            numbers.Row(1).ToArray(),
            numbers.Row(2).ToArray());
        return new CoarseRows(rows, geometry, stored);
    }

    private static SearchGraph ReadGraph(ArchiveContent content, int rows) =>
        ReadGraph(content, ArchiveNames.IndexLinks, ArchiveNames.IndexEntries, rows) with { Sample = ReadSample(content, 1, rows) };

    /// <summary>Reads a level and those above it; null if there is none, as in archives of earlier builds.</summary>
    private static SampledRows? ReadSample(ArchiveContent content, int level, int rowsBelow)
    {
        (string rows, string links, string entries) = ArchiveNames.IndexLevel(level);
        if (!content.Has(rows))
        {
            return null;
        }

        int[] members = content.Integers(rows);
        if (members.AsSpan().ContainsAnyExceptInRange(0, rowsBelow - 1))
        {
            throw new InvalidDataException($"{rows} must have numbers from 0 to {rowsBelow - 1}.");
        }

        SearchGraph graph = ReadGraph(content, links, entries, members.Length);
        return new SampledRows(members, graph with { Sample = ReadSample(content, level + 1, members.Length) });
    }

    private static SearchGraph ReadGraph(ArchiveContent content, string linksName, string entriesName, int rows)
    {
        ReadOnlyMemory<int> links = content.IntegerMemory(linksName);
        int[] entries = content.Integers(entriesName);
        if (links.Length != (long)rows * SearchGraph.Width || links.Span.ContainsAnyExceptInRange(-1, rows - 1))
        {
            throw new InvalidDataException(
                $"{linksName} has {links.Length} links; it must have {SearchGraph.Width} for each of {rows} rows, "
                + $"from -1 to {rows - 1}.");
        }

        if (entries.Length == 0 || entries.AsSpan().ContainsAnyExceptInRange(0, rows - 1))
        {
            throw new InvalidDataException(
                $"{entriesName} has {entries.Length} entries; it must have at least one, from 0 to {rows - 1}.");
        }

        return new SearchGraph(links, entries);
    }

    private static Matrix Numbers(ArchiveContent content, string name, int count)
    {
        Matrix numbers = content.Matrix(name);
        return numbers.Rows == count
            ? numbers
            : throw new InvalidDataException($"{name} has {numbers.Rows} rows; it must have {count}.");
    }
}
