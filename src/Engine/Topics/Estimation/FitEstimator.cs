using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Estimation;

/// <summary>
/// Expected time and memory of a fit before it runs. Times are counts of the dominant operations times constants, measured on the machine
/// of docs/performance.md; <see cref="FitEstimate.Scaled"/> adapts them to another one. Memory is that of the arrays that a stage holds,
/// plus a share of garbage.
/// </summary>
public static class FitEstimator
{
    // Processor seconds per operation.
    private const double SecondsPerExactProduct = 1.5e-11;
    private const double SecondsPerDescentStep = 1.15e-8;
    private const double SecondsPerEdge = 2.6e-6;
    private const double SecondsPerPull = 7.4e-9;
    private const double SecondsPerPush = 2.5e-9;
    private const double SecondsPerTreeStep = 1.7e-7;
    private const double SecondsPerMembership = 1e-8;
    private const double SecondsPerPlacement = 2.5e-4;
    private const double SecondsPerTextByte = 2.2e-8;
    private const double SecondsPerCoherenceByte = 2.3e-8;
    private const double SecondsPerToken = 1.4e-4;
    private const double SecondsPerStoredByte = 1.2e-8;

    /// <summary>Predictions of the quality stage, .2 ms each.</summary>
    private const double AgreementSeconds = 0.4;

    private const double BytesPerToken = 4.5;
    private const int MostTokens = 256;

    /// <summary>Share of the threads that a stage keeps busy.</summary>
    private const double Parallelism = 0.9;

    /// <summary>Memory of a stage in its arrays: the rest is garbage that the collector has not found yet.</summary>
    private const double GarbageFactor = 1.2;

    /// <summary>Memory of a fit that does not grow with the documents.</summary>
    private const long FixedBytes = 2 << 20;

    /// <summary>Labels and condensed trees of the sizes that automatic settings try, for each document; most of them are garbage.</summary>
    private const int TrialBytes = 2300;

    /// <summary>The same for a large corpus, whose garbage is collected between two sizes.</summary>
    private const int TrialBytesOfLargeCorpus = 1000;
    private const int LargeCorpus = 50_000;

    /// <summary>Objects of a document with its id, beside the characters of its text.</summary>
    private const int BytesPerDocument = 170;

    /// <summary>Text characters take two bytes; tokens and counts of the words stage take the rest.</summary>
    private const double BytesPerTextByte = 2.0;
    private const double WordBytesPerTextByte = 1.5;

    /// <summary>Topic, probability and distances of a document that a sampled fit assigns.</summary>
    private const double BytesPerAssignment = 40;

    /// <summary>Candidates that the search keeps beyond the neighbors, see <see cref="NeighborSearch"/>.</summary>
    private const int SpareCandidates = 8;

    /// <summary>Estimates a fit on the machine of docs/performance.md.</summary>
    /// <param name="workload">The fit.</param>
    /// <returns>Cost of each stage that runs.</returns>
    public static FitEstimate Estimate(FitWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        int all = (int)Math.Clamp(workload.Documents, 1, int.MaxValue);

        // Layout and clusters have the documents of the sample only.
        int documents = workload.Options.Sample is { } sample ? Math.Min(all, sample.Size) : all;
        AutomaticFit automatic = new(workload.Options, documents);
        TopicModelOptions options = automatic.Options;
        IReadOnlyList<UmapOptions> checks = automatic.Checks(options);
        double threads = Math.Max(1, ((workload.Threads - 1) * Parallelism) + 1);
        List<StageEstimate> stages = [];
        if (workload.Embeds)
        {
            double tokens = Math.Min(MostTokens, workload.TextBytes / BytesPerToken / all);
            Add(FitStage.Embedding, SecondsPerToken * tokens * all, 64.0 * all);
        }

        double neighbors = NeighborSeconds(documents, workload.Dimension, options.Layout);
        Add(FitStage.Neighbors, neighbors, NeighborBytes(documents, workload.Dimension, options.Layout));
        Add(FitStage.Layout, LayoutSeconds(documents, options.Layout, checks), LayoutBytes(documents, options.Layout, checks.Count));
        Add(FitStage.Clusters, ClusterSeconds(documents, options.Layout, checks.Count), ClusterBytes(documents, options, checks.Count));
        double model = ModelBytes(documents, workload.Dimension, options.Layout);
        if (options.CalculateProbabilities)
        {
            double memberships = (double)documents * Topics(documents, options);
            Add(FitStage.Probabilities, SecondsPerMembership * memberships, model + (sizeof(double) * memberships));
            model += sizeof(double) * memberships;
        }

        if (documents < all)
        {
            Add(FitStage.Assignment, SecondsPerPlacement * (all - documents), model + (BytesPerAssignment * all));
            model += BytesPerAssignment * all;
        }

        if (workload.TextBytes > 0)
        {
            Add(FitStage.Topics, SecondsPerTextByte * workload.TextBytes, model + (WordBytesPerTextByte * workload.TextBytes));
            double coherence = SecondsPerCoherenceByte * workload.TextBytes;
            Add(FitStage.Quality, coherence + AgreementSeconds, model + (WordBytesPerTextByte * workload.TextBytes));
            double stored = (double)all * workload.Dimension * (sizeof(float) + sizeof(byte));
            Add(FitStage.Publishing, SecondsPerStoredByte * stored, model + LoadedBytes(all, workload.Dimension, options.Layout));
        }

        return new FitEstimate(stages);

        void Add(FitStage stage, double cpuSeconds, double bytes)
        {
            double texts = workload.TextBytes == 0 || stage == FitStage.Publishing
                ? 0
                : (BytesPerTextByte * workload.TextBytes) + ((double)BytesPerDocument * all);
            stages.Add(new StageEstimate(stage, cpuSeconds / threads, FixedBytes + (long)(texts + (GarbageFactor * bytes))));
        }
    }

    private static double NeighborSeconds(int documents, int dimension, UmapOptions layout) =>
        documents <= NeighborSearch.LargestExact
            ? SecondsPerExactProduct * documents * documents * dimension
            : SecondsPerDescentStep * documents * Math.Log2(documents) * dimension * Lists(layout);

    /// <summary>Work for lists of another length, relative to that for BERTopic's: half of it grows with the lists.</summary>
    private static double Lists(UmapOptions layout) => 0.5 + (0.5 * Capacity(layout) / Capacity(new UmapOptions()));

    /// <summary>Exact: packed rows and lists. Descent: codes, lists with snapshot and reverse neighbors, two trees.</summary>
    private static double NeighborBytes(int documents, int dimension, UmapOptions layout)
    {
        int capacity = Capacity(layout);
        double lists = (2.0 * sizeof(int) * capacity) + 24;
        double table = 2.0 * sizeof(int) * layout.NeighborCount;
        double search = documents <= NeighborSearch.LargestExact
            ? sizeof(float) * dimension
            : dimension + (sizeof(int) * (capacity + 24)) + 48;
        return documents * (search + lists + table);
    }

    private static double LayoutSeconds(int documents, UmapOptions layout, IReadOnlyList<UmapOptions> checks)
    {
        double edges = (double)documents * layout.NeighborCount;
        double width = layout.ComponentCount switch { <= 8 => 1, <= 16 => 1.45, <= 32 => 2.2, _ => 4 };
        double seconds = SecondsPerEdge * edges;
        foreach (UmapOptions run in checks.Prepend(layout))
        {
            double step = SecondsPerPull + (SecondsPerPush * run.NegativeSampleRate);
            seconds += width * Umap.EpochsFor(run, documents) * edges * step;
        }

        return seconds;
    }

    /// <summary>Table, graph before and after symmetrization, schedule, vectors of the start, positions.</summary>
    private static double LayoutBytes(int documents, UmapOptions layout, int checks)
    {
        double positions = checks * sizeof(float) * layout.ComponentCount;
        return documents * ((45.0 * layout.NeighborCount) + (40.0 * layout.ComponentCount) + 150 + positions);
    }

    private static double ClusterSeconds(int documents, UmapOptions layout, int checks) =>
        SecondsPerTreeStep * documents * Math.Log2(documents) * layout.ComponentCount * (1 + (0.55 * checks));

    /// <summary>
    /// Points, tree of space, neighbor lists, spanning tree and linkage; with check layouts, their trees and the trials of sizes.
    /// </summary>
    private static double ClusterBytes(int documents, TopicModelOptions options, int checks)
    {
        int samples = options.Clusters.MinSamples ?? options.Clusters.MinClusterSize;
        double lists = sizeof(int) * Math.Min(samples, 32);
        double trials = checks == 0 ? 0 : documents < LargeCorpus ? TrialBytes : TrialBytesOfLargeCorpus;
        return documents * ((16.0 * options.Layout.ComponentCount) + lists + 220 + (checks * 40) + trials);
    }

    /// <summary>Codes and graph of the search, positions, cluster tree, fingerprints and ids.</summary>
    private static double ModelBytes(int documents, int dimension, UmapOptions layout) =>
        documents * ((dimension * (documents <= NeighborSearch.LargestExact ? 1.6 : 1.1)) + 100 + (8.0 * layout.ComponentCount) + 120);

    /// <summary>The loaded version: files of 64 MiB and more are mapped.</summary>
    private static double LoadedBytes(int documents, int dimension, UmapOptions layout)
    {
        const double LeastMapped = 64 << 20;
        double rows = (double)documents * dimension * sizeof(float);
        double codes = (double)documents * dimension;
        double rest = documents * (100 + (8.0 * layout.ComponentCount) + 120);
        return (rows < LeastMapped ? rows : 0) + (codes < LeastMapped ? codes : 0) + rest;
    }

    private static int Topics(int documents, TopicModelOptions options) =>
        Math.Max(2, documents / Math.Max(1, options.Clusters.MinClusterSize) / 8);

    private static int Capacity(UmapOptions layout) => (layout.NeighborCount - 1 + SpareCandidates + 7) / 8 * 8;
}
