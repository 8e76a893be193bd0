using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Everything that a model consists of: what a fit ends with, an archive keeps and <see cref="TopicModel"/> is built from.
/// n documents in canonical order (by id, ordinal); t topics, the outlier topic (−1) counted and in the first row if
/// there is one; w terms.
/// </summary>
public sealed record TopicModelState
{
    /// <summary>Settings.</summary>
    public required TopicModelOptions Options { get; init; }

    /// <summary>Encoder that made the vectors.</summary>
    public required EmbedderInfo Embedder { get; init; }

    /// <summary>n document ids, ascending by ordinal comparison.</summary>
    public required IReadOnlyList<string> DocumentIds { get; init; }

    /// <summary>Topic of each document.</summary>
    public required int[] Assignments { get; init; }

    /// <summary>Strength of each document's cluster in [0, 1]; 0 for noise.</summary>
    public required double[] ClusterStrengths { get; init; }

    /// <summary>n × (topics without −1) probabilities; null where they were not asked for.</summary>
    public Matrix? Probabilities { get; init; }

    /// <summary>n × dimension vectors of the documents, in a model without the layout that keeps them otherwise; null: none are kept.</summary>
    public Matrix? DocumentVectors { get; init; }

    /// <summary>n × 2 places of the documents on a plane, for charts; null where they were not computed.</summary>
    public Matrix? MapPoints { get; init; }

    /// <summary>t topics, ascending.</summary>
    public required IReadOnlyList<Topic> Topics { get; init; }

    /// <summary>Other words for the same topics, by name: the words of each of the t topics. Null: none. BERTopic's <c>topic_aspects_</c>.</summary>
    public IReadOnlyDictionary<string, TopicWord[][]>? Aspects { get; init; }

    /// <summary>Settings of a BERTopic model that was read in and that have no counterpart here, as JSON by name, so that they are not lost on the way back. Null in a model fitted here.</summary>
    public IReadOnlyDictionary<string, string>? SourceSettings { get; init; }

    /// <summary>t × dimension: mean vector of each topic's documents. Double, because the mean of merged topics is.</summary>
    public required double[] TopicCentroids { get; init; }

    /// <summary>From clusters to topics.</summary>
    public required TopicMapper Mapper { get; init; }

    /// <summary>w terms.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Inverse frequency of each term.</summary>
    public required double[] InverseFrequencies { get; init; }

    /// <summary>t × w weights (c-TF-IDF), columns ascending in each row.</summary>
    public required CsrMatrix<double> TermWeights { get; init; }

    /// <summary>t × w counts, columns ascending in each row; null in a model that came without them.</summary>
    public CsrMatrix<int>? TermCounts { get; init; }

    /// <summary>The layout stage; null in a model that predicts by centroid only.</summary>
    public UmapModel? Layout { get; init; }

    /// <summary>The cluster stage; null in a model that predicts by centroid only.</summary>
    public HdbscanModel? Clusters { get; init; }

    /// <summary>What was done to get here.</summary>
    public required FitReport Report { get; init; }

    /// <summary>Returns the state with a new uid for each topic that has none; given uids and the outlier topic stay unchanged.</summary>
    /// <returns>This state if no uid is missing.</returns>
    /// <exception cref="ArgumentException">The parts do not fit each other.</exception>
    public TopicModelState WithUids()
    {
        TopicModelStateCheck.CheckParts(this);
        IReadOnlyList<Topic> topics = TopicUids.Complete(this);
        return ReferenceEquals(topics, Topics) ? this : this with { Topics = topics };
    }
}
