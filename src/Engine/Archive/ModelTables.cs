using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Archive;

/// <summary>The parts of a model to files and back.</summary>
internal static class ModelTables
{
    public static void Write(ArchiveWriter writer, TopicModelState state)
    {
        writer.Write(ArchiveNames.DocumentIds, state.DocumentIds);
        writer.Write(ArchiveNames.DocumentLabels, state.Labels);
        writer.Write(ArchiveNames.DocumentStrengths, state.ClusterStrengths);
        WriteOptional(writer, ArchiveNames.DocumentProbabilities, state.Probabilities);
        WriteOptional(writer, ArchiveNames.DocumentVectors, state.DocumentVectors);
        WriteOptional(writer, ArchiveNames.DocumentMap, state.MapPoints);
        TopicTables.Write(writer, state.Topics);
        AspectTables.Write(writer, state.Aspects);
        SourceTables.Write(writer, state.SourceSettings);
        writer.Write(ArchiveNames.TopicCentroids, state.TopicCentroids, state.Embedder.Dimension);
        writer.Write(ArchiveNames.TopicMapper, state.Mapper.Values, state.Mapper.Columns);
        writer.Write(ArchiveNames.Terms, state.Vocabulary.Terms);
        writer.Write(ArchiveNames.TermFactors, state.InverseFrequencies);
        CsrTables.Write(writer, ArchiveNames.TermWeights, state.TermWeights);
        if (state.TermCounts is not null)
        {
            CsrTables.Write(writer, ArchiveNames.TermCounts, state.TermCounts);
        }

        if (state.Layout is { } layout)
        {
            writer.Write(ArchiveNames.LayoutCurve, [layout.A, layout.B]);
            writer.Write(ArchiveNames.LayoutRows, layout.TrainingRows.Values, layout.TrainingRows.Columns);
            writer.Write(ArchiveNames.LayoutPoints, layout.Embedding.Values, layout.Embedding.Columns);
        }

        if (state.Clusters is { } clusters)
        {
            // The clusters were found in the layout; its points are not written twice.
            if (!ReferenceEquals(clusters.State.Points, state.Layout?.Embedding))
            {
                writer.Write(ArchiveNames.ClusterPoints, clusters.State.Points.Values, clusters.State.Points.Columns);
            }

            writer.Write(ArchiveNames.ClusterCoreDistances, clusters.State.CoreDistances);
            writer.Write(ArchiveNames.ClusterMergeLeft, clusters.State.MergeLeft);
            writer.Write(ArchiveNames.ClusterMergeRight, clusters.State.MergeRight);
            writer.Write(ArchiveNames.ClusterMergeDistances, clusters.State.MergeDistances);
        }
    }

    public static TopicModelState Read(ArchiveContent content, ArchiveManifest manifest, FitReport report)
    {
        // Two rebuilds take tens of milliseconds, the table of terms and the cluster tree; they run side by side.
        Task<Vocabulary> terms = Task.Run(() => new Vocabulary(content.Strings(ArchiveNames.Terms)));
        (int Rows, int Columns) mapper = content.ShapeOf(ArchiveNames.TopicMapper);
        UmapModel? layout = ReadLayout(content, manifest);
        HdbscanModel? clusters = ReadClusters(content, manifest, layout);
        Vocabulary vocabulary = terms.GetAwaiter().GetResult();
        return new TopicModelState
        {
            Options = manifest.Options,
            Embedder = manifest.Encoder,
            DocumentIds = content.Strings(ArchiveNames.DocumentIds),
            Labels = content.Integers(ArchiveNames.DocumentLabels),
            ClusterStrengths = content.Doubles(ArchiveNames.DocumentStrengths),
            Probabilities = ReadOptional(content, ArchiveNames.DocumentProbabilities),
            DocumentVectors = ReadOptional(content, ArchiveNames.DocumentVectors),
            MapPoints = ReadOptional(content, ArchiveNames.DocumentMap),
            Topics = TopicTables.Read(content),
            Aspects = AspectTables.Read(content),
            SourceSettings = SourceTables.Read(content),
            TopicCentroids = content.Doubles(ArchiveNames.TopicCentroids),
            Mapper = new TopicMapper(mapper.Rows, mapper.Columns, content.Integers(ArchiveNames.TopicMapper)),
            Vocabulary = vocabulary,
            InverseFrequencies = content.Doubles(ArchiveNames.TermFactors),
            TermWeights = CsrTables.ReadDoubles(content, ArchiveNames.TermWeights, vocabulary.Count),
            TermCounts = CsrTables.Has(content, ArchiveNames.TermCounts) ? CsrTables.ReadIntegers(content, ArchiveNames.TermCounts, vocabulary.Count) : null,
            Layout = layout,
            Clusters = clusters,
            Report = report,
        };
    }

    private static UmapModel? ReadLayout(ArchiveContent content, ArchiveManifest manifest)
    {
        if (!content.Has(ArchiveNames.LayoutCurve))
        {
            return null;
        }

        double[] curve = content.Doubles(ArchiveNames.LayoutCurve);
        return curve.Length == 2
            ? new UmapModel(manifest.LayoutOptions ?? manifest.Options.Layout, curve[0], curve[1], content.Matrix(ArchiveNames.LayoutRows), content.Matrix(ArchiveNames.LayoutPoints))
            : throw new InvalidDataException($"{ArchiveNames.LayoutCurve} holds {curve.Length} numbers; 2 are expected.");
    }

    private static HdbscanModel? ReadClusters(ArchiveContent content, ArchiveManifest manifest, UmapModel? layout)
    {
        if (!content.Has(ArchiveNames.ClusterCoreDistances))
        {
            return null;
        }

        Matrix points = content.Has(ArchiveNames.ClusterPoints) || layout is null ? content.Matrix(ArchiveNames.ClusterPoints) : layout.Embedding;
        return new HdbscanModel(new HdbscanState(
            manifest.ClusterOptions ?? manifest.Options.Clusters,
            points,
            content.Doubles(ArchiveNames.ClusterCoreDistances),
            content.Integers(ArchiveNames.ClusterMergeLeft),
            content.Integers(ArchiveNames.ClusterMergeRight),
            content.Doubles(ArchiveNames.ClusterMergeDistances)));
    }

    private static void WriteOptional(ArchiveWriter writer, string name, Matrix? matrix)
    {
        if (matrix is not null)
        {
            writer.Write(name, matrix.Values, matrix.Columns);
        }
    }

    private static Matrix? ReadOptional(ArchiveContent content, string name) => content.Has(name) ? content.Matrix(name) : null;
}
