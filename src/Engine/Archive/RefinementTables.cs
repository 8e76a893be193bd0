using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Reads and writes refinements as flat tables: settings of each, then rows, sources and trees one after the other. Their points are rows
/// of the layout. A model without refinements has no such files.
/// </summary>
internal static class RefinementTables
{
    /// <summary>Settings of a refinement: sizes, selection, numbers of rows and sources.</summary>
    private const int Columns = 7;

    public static void Write(ArchiveWriter writer, IReadOnlyList<ClusterRefinement> refinements)
    {
        if (refinements.Count == 0)
        {
            return;
        }

        HdbscanState[] states = [.. refinements.Select(static refinement => refinement.Clusters.State)];
        int[] settings =
        [
            .. refinements.SelectMany(static refinement => (int[])
            [
                refinement.Clusters.Options.MinClusterSize,
                refinement.Clusters.Options.EffectiveMinSamples(refinement.Rows.Length),
                (int)refinement.Clusters.Options.SelectionMethod,
                refinement.FirstCluster,
                refinement.Complete ? 1 : 0,
                refinement.Rows.Length,
                refinement.Sources.Count,
            ]),
        ];
        writer.Write(ArchiveNames.RefinementSettings, settings, Columns);
        writer.Write(ArchiveNames.RefinementRows, [.. refinements.SelectMany(static refinement => refinement.Rows)]);
        writer.Write(ArchiveNames.RefinementSources, [.. refinements.SelectMany(static refinement => refinement.Sources)]);
        writer.Write(ArchiveNames.RefinementCoreDistances, [.. states.SelectMany(static state => state.CoreDistances)]);
        writer.Write(ArchiveNames.RefinementMergeLeft, [.. states.SelectMany(static state => state.MergeLeft)]);
        writer.Write(ArchiveNames.RefinementMergeRight, [.. states.SelectMany(static state => state.MergeRight)]);
        writer.Write(ArchiveNames.RefinementMergeDistances, [.. states.SelectMany(static state => state.MergeDistances)]);
    }

    /// <exception cref="InvalidDataException">The tables do not match.</exception>
    public static IReadOnlyList<ClusterRefinement> Read(ArchiveContent content, HdbscanModel? clusters, Matrix? layout)
    {
        if (!content.Has(ArchiveNames.RefinementSettings) || clusters is null || layout is null)
        {
            return [];
        }

        int[] settings = content.Integers(ArchiveNames.RefinementSettings);
        int[] rows = content.Integers(ArchiveNames.RefinementRows);
        int[] sources = content.Integers(ArchiveNames.RefinementSources);
        double[] cores = content.Doubles(ArchiveNames.RefinementCoreDistances);
        int[] left = content.Integers(ArchiveNames.RefinementMergeLeft);
        int[] right = content.Integers(ArchiveNames.RefinementMergeRight);
        double[] distances = content.Doubles(ArchiveNames.RefinementMergeDistances);
        int count = settings.Length / Columns;
        Require(Fits(settings, rows.Length, sources.Length), ArchiveNames.RefinementSettings);
        Require(Array.TrueForAll(rows, row => (uint)row < (uint)layout.Rows), ArchiveNames.RefinementRows);
        int merges = rows.Length - count;
        Require(
            cores.Length == rows.Length && left.Length == merges && right.Length == merges && distances.Length == merges,
            ArchiveNames.RefinementMergeLeft);

        var refinements = new ClusterRefinement[count];
        int row = 0;
        int source = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<int> one = settings.AsSpan(i * Columns, Columns);
            (int points, int from) = (one[5], row - i);
            int[] own = rows[row..(row + points)];
            HdbscanOptions options = new()
            {
                MinClusterSize = one[0],
                MinSamples = one[1],
                SelectionMethod = (ClusterSelectionMethod)one[2],
                Alpha = clusters.Options.Alpha,
            };
            HdbscanState state = new(
                options,
                layout.Take(own),
                cores[row..(row + points)],
                left[from..(from + points - 1)],
                right[from..(from + points - 1)],
                distances[from..(from + points - 1)]);
            refinements[i] = new ClusterRefinement(
                new HdbscanModel(state), own, sources[source..(source + one[6])], one[3], one[4] != 0);
            row += points;
            source += one[6];
        }

        return refinements;
    }

    private static bool Fits(int[] settings, int rows, int sources)
    {
        if (settings.Length % Columns != 0)
        {
            return false;
        }

        long allRows = 0;
        long allSources = 0;
        for (int i = 0; i < settings.Length; i += Columns)
        {
            if (settings[i + 5] < 1 || settings[i + 6] < 0)
            {
                return false;
            }

            allRows += settings[i + 5];
            allSources += settings[i + 6];
        }

        return allRows == rows && allSources == sources;
    }

    private static void Require(bool condition, string table)
    {
        if (!condition)
        {
            throw new InvalidDataException($"{table} does not match the other tables of the refinements.");
        }
    }
}
