using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Archive;

/// <summary>Reads and writes the parts of a model.</summary>
internal static class ModelTables
{
    public static void Write(ArchiveWriter writer, TopicModelState state)
    {
        writer.Write(ArchiveNames.DocumentIds, state.DocumentIds);
        if (state.ErasedRows.Length > 0)
        {
            writer.Write(ArchiveNames.DocumentsErased, state.ErasedRows);
        }

        writer.Write(ArchiveNames.DocumentLabels, state.Assignments);
        writer.Write(ArchiveNames.DocumentStrengths, state.ClusterStrengths);
        WriteOptional(writer, ArchiveNames.DocumentProbabilities, state.Probabilities);
        WriteOptional(writer, ArchiveNames.DocumentVectors, state.DocumentVectors);
        if (state.Sample is { } sample)
        {
            writer.Write(ArchiveNames.DocumentSample, sample.Rows);
            WriteOptional(writer, ArchiveNames.DocumentPositions, sample.Positions);
        }

        WriteOptional(writer, ArchiveNames.DocumentMap, state.MapPoints);
        RecognitionTables.Write(writer, state);
        TopicTables.Write(writer, state.Topics);
        AspectTables.Write(writer, state.Aspects);
        SourceTables.Write(writer, state.SourceSettings);
        LayerTables.Write(writer, state.Layers);
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
            writer.Write(ArchiveNames.LayoutRows, layout.TrainingRows.Span, layout.TrainingRows.Columns);
            writer.Write(ArchiveNames.LayoutPoints, layout.Embedding.Span, layout.Embedding.Columns);
            IndexTables.Write(writer, layout.Index);
        }
        else if (state.DocumentIndex is { } index)
        {
            IndexTables.Write(writer, index);
        }

        if (state.Clusters is { } clusters)
        {
            // The points of the clusters are usually those of the layout, which are already written.
            if (!ReferenceEquals(clusters.State.Points, state.Layout?.Embedding))
            {
                writer.Write(ArchiveNames.ClusterPoints, clusters.State.Points.Span, clusters.State.Points.Columns);
            }

            writer.Write(ArchiveNames.ClusterCoreDistances, clusters.State.CoreDistances);
            if (clusters.KnownScale is { } scale)
            {
                writer.Write(ArchiveNames.ClusterScale, [scale.Least, scale.Mean]);
            }

            writer.Write(ArchiveNames.ClusterMergeLeft, clusters.State.MergeLeft);
            writer.Write(ArchiveNames.ClusterMergeRight, clusters.State.MergeRight);
            writer.Write(ArchiveNames.ClusterMergeDistances, clusters.State.MergeDistances);
            RefinementTables.Write(writer, state.Refinements);
        }
    }

    public static TopicModelState Read(ArchiveContent content, ArchiveManifest manifest, FitReport report)
    {
        (int Rows, int Columns) mapper = content.ShapeOf(ArchiveNames.TopicMapper);
        Matrix? points = content.Has(ArchiveNames.LayoutCurve) ? content.Matrix(ArchiveNames.LayoutPoints) : null;

        // These rebuilds take milliseconds and run in parallel: norms of the training rows, cluster tree, vocabulary.
        Task<Vocabulary> terms = Begin(() => ReadVocabulary(content));
        int[] erased = content.Has(ArchiveNames.DocumentsErased) ? content.Integers(ArchiveNames.DocumentsErased) : [];
        FittedSample? sample = content.Has(ArchiveNames.DocumentSample)
            ? new FittedSample(content.Integers(ArchiveNames.DocumentSample), content.Matrix(ArchiveNames.DocumentPositions))
            : null;
        int[] erasedPoints = sample?.LayoutRows(erased) ?? erased;
        Task<UmapModel?> layout = Begin(() => points is null ? null : ReadLayout(content, manifest, points, erasedPoints));
        HdbscanModel? clusters;
        try
        {
            clusters = ReadClusters(content, manifest, points);
        }
        finally
        {
            // After a failure the caller releases the memory, which the other two tasks must no longer read.
            End(terms);
            End(layout);
        }

        Vocabulary vocabulary = terms.GetAwaiter().GetResult();
        Matrix? vectors = ReadOptional(content, ArchiveNames.DocumentVectors);
        int[] assignments = content.Integers(ArchiveNames.DocumentLabels);
        return new TopicModelState
        {
            Options = manifest.Options,
            Embedder = manifest.Encoder,
            DocumentIds = content.LaterStrings(ArchiveNames.DocumentIds),
            Assignments = assignments,
            ClusterStrengths = content.Doubles(ArchiveNames.DocumentStrengths),
            Probabilities = ReadOptional(content, ArchiveNames.DocumentProbabilities),
            DocumentVectors = vectors,
            DocumentIndex = vectors is null || points is not null
                ? null
                : IndexTables.Read(content, vectors, DistanceMetric.Cosine, erased),
            Sample = sample,
            ErasedRows = erased,
            MapPoints = ReadOptional(content, ArchiveNames.DocumentMap),
            Texts = RecognitionTables.ReadTexts(content),
            Novelty = RecognitionTables.ReadNovelty(content),
            Topics = TopicTables.Read(content),
            Aspects = AspectTables.Read(content),
            SourceSettings = SourceTables.Read(content),
            TopicCentroids = content.Doubles(ArchiveNames.TopicCentroids),
            Mapper = new TopicMapper(mapper.Rows, mapper.Columns, content.Integers(ArchiveNames.TopicMapper)),
            Vocabulary = vocabulary,
            InverseFrequencies = content.Doubles(ArchiveNames.TermFactors),
            TermWeights = CsrTables.ReadDoubles(content, ArchiveNames.TermWeights, vocabulary.Count),
            TermCounts = CsrTables.Has(content, ArchiveNames.TermCounts) ? CsrTables.ReadIntegers(
                content, ArchiveNames.TermCounts, vocabulary.Count) : null,
            Layout = layout.GetAwaiter().GetResult(),
            Clusters = clusters,
            Refinements = RefinementTables.Read(content, clusters, sample?.Positions ?? points),
            Layers = LayerTables.Read(content, assignments),
            Report = report,
        };
    }

    /// <summary>Runs a part on the caller's scheduler, which may use threads of low priority.</summary>
    private static Task<T> Begin<T>(Func<T> part) =>
        Task.Factory.StartNew(part, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);

    /// <summary>
    /// Waits for a part. If no other thread has started it, the caller's thread runs it. A failure is thrown when the result is read.
    /// </summary>
    private static void End(Task part)
    {
        try
        {
            part.Wait();
        }
        catch (AggregateException)
        {
            // Thrown again when the result is read.
        }
    }

    private static Vocabulary ReadVocabulary(ArchiveContent content) =>
        content.IsNative ? Vocabulary.Later(content.LaterStrings(ArchiveNames.Terms)) : new Vocabulary(content.Strings(ArchiveNames.Terms));

    private static UmapModel ReadLayout(ArchiveContent content, ArchiveManifest manifest, Matrix points, int[] erased)
    {
        double[] curve = content.Doubles(ArchiveNames.LayoutCurve);
        UmapOptions options = manifest.LayoutOptions ?? manifest.Options.Layout;
        Matrix rows = content.Matrix(ArchiveNames.LayoutRows);
        if (curve.Length != 2)
        {
            throw new InvalidDataException($"{ArchiveNames.LayoutCurve} has {curve.Length} values; 2 are expected.");
        }

        RowIndex index = IndexTables.Read(content, rows, options.Metric, erased)
            ?? RowIndex.Build(rows, options.Metric).Excluding(erased);
        return new UmapModel(options, curve[0], curve[1], rows, points, index);
    }

    private static HdbscanModel? ReadClusters(ArchiveContent content, ArchiveManifest manifest, Matrix? layout)
    {
        if (!content.Has(ArchiveNames.ClusterCoreDistances))
        {
            return null;
        }

        Matrix points = content.Has(ArchiveNames.ClusterPoints) || layout is null ? content.Matrix(ArchiveNames.ClusterPoints) : layout;
        HdbscanState state = new(
            manifest.ClusterOptions ?? manifest.Options.Clusters,
            points,
            content.Doubles(ArchiveNames.ClusterCoreDistances),
            content.Integers(ArchiveNames.ClusterMergeLeft),
            content.Integers(ArchiveNames.ClusterMergeRight),
            content.Doubles(ArchiveNames.ClusterMergeDistances));

        // Optional: archives older than layers lack it.
        double[] scale = content.Has(ArchiveNames.ClusterScale) ? content.Doubles(ArchiveNames.ClusterScale) : [];
        return new HdbscanModel(state, tree: null, scale.Length == 2 ? new DistanceScale(scale[0], scale[1]) : null);
    }

    private static void WriteOptional(ArchiveWriter writer, string name, Matrix? matrix)
    {
        if (matrix is not null)
        {
            writer.Write(name, matrix.Span, matrix.Columns);
        }
    }

    private static Matrix? ReadOptional(ArchiveContent content, string name) => content.Has(name) ? content.Matrix(name) : null;
}
