using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Everything that a model consists of: the result of a fit, the content of an archive, and the input of <see cref="TopicModel"/>.
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

    /// <summary>
    /// Rows of erased documents, ascending: rows without id, text and vector. Their ids are placeholders, their vectors zero in an archive.
    /// </summary>
    public int[] ErasedRows { get; init; } = [];

    /// <summary>Topic of each document.</summary>
    public required int[] Assignments { get; init; }

    /// <summary>Strength of each document's cluster in [0, 1]; 0 for noise.</summary>
    public required double[] ClusterStrengths { get; init; }

    /// <summary>n × (topics without −1) probabilities; null unless <see cref="TopicModelOptions.CalculateProbabilities"/> is set.</summary>
    public Matrix? Probabilities { get; init; }

    /// <summary>
    /// n × dimension embeddings of the documents in a model without layout; null if the layout keeps them or none are kept.
    /// </summary>
    public Matrix? DocumentVectors { get; init; }

    /// <summary>
    /// Documents of the layout and the clusters, if a fit used a sample; <see cref="DocumentVectors"/> then has all embeddings. Null if
    /// layout and clusters have all documents, or if there are none.
    /// </summary>
    public FittedSample? Sample { get; init; }

    /// <summary>
    /// Search index of <see cref="DocumentVectors"/>; null if the layout has one or if there are no vectors. Without an index, a model
    /// without layout gives no novelty.
    /// </summary>
    internal RowIndex? DocumentIndex { get; init; }

    /// <summary>Fingerprints of the training texts; null in an imported model and in archives of earlier releases.</summary>
    public TrainingTexts? Texts { get; init; }

    /// <summary>
    /// Distances of the training documents from each other; null if the model keeps no embeddings, if all documents are equal, and in
    /// archives of earlier releases.
    /// </summary>
    public NoveltyReference? Novelty { get; init; }

    /// <summary>n × 2 coordinates of the documents on a plane, for charts; null if they were not computed.</summary>
    public Matrix? MapPoints { get; init; }

    /// <summary>t topics, ascending.</summary>
    public required IReadOnlyList<Topic> Topics { get; init; }

    /// <summary>
    /// Other words of the topics by name of the aspect: one list for each of the t topics. Null if there are none. BERTopic's
    /// <c>topic_aspects_</c>.
    /// </summary>
    public IReadOnlyDictionary<string, TopicWord[][]>? Aspects { get; init; }

    /// <summary>
    /// Settings of an imported BERTopic model without a counterpart, as JSON by name; an export writes them back. Null in a model fitted
    /// here.
    /// </summary>
    public IReadOnlyDictionary<string, string>? SourceSettings { get; init; }

    /// <summary>
    /// t × dimension centroids: the mean embedding of each topic's documents, without outliers that were assigned to it later. Double
    /// precision, as the means of merged topics are.
    /// </summary>
    public required double[] TopicCentroids { get; init; }

    /// <summary>Steps from clusters to topics.</summary>
    public required TopicMapper Mapper { get; init; }

    /// <summary>w terms.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Inverse frequency of each term.</summary>
    public required double[] InverseFrequencies { get; init; }

    /// <summary>t × w weights (c-TF-IDF), columns ascending in each row.</summary>
    public required CsrMatrix<double> TermWeights { get; init; }

    /// <summary>t × w counts, columns ascending in each row; null in an imported model without counts.</summary>
    public CsrMatrix<int>? TermCounts { get; init; }

    /// <summary>The layout stage; null in a model that predicts by centroid only.</summary>
    public UmapModel? Layout { get; init; }

    /// <summary>The cluster stage; null in a model that predicts by centroid only.</summary>
    public HdbscanModel? Clusters { get; init; }

    /// <summary>Clusters that replace some of <see cref="Clusters"/>, in the order in which they were made.</summary>
    public IReadOnlyList<ClusterRefinement> Refinements { get; init; } = [];

    /// <summary>Topics at other resolutions of the cluster tree; null without a tree or with fewer than two topics.</summary>
    public TopicLayers? Layers { get; init; }

    /// <summary>Report of the fit or of the operation that made the model.</summary>
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
