using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics;

/// <summary>A fitted model. Immutable and thread-safe; holds no resources.</summary>
public sealed class TopicModel
{
    private readonly DensityPredictor? _density;
    private readonly CentroidPredictor _centroids;
    private readonly TopicAnswering _answering;
    private readonly Lazy<LayerPaths>? _paths;

    /// <summary>Creates the model from its parts.</summary>
    /// <param name="state">
    /// All parts, with a uid for every topic but the outlier topic (<see cref="TopicModelState.WithUids"/>). Its arrays are not copied and
    /// must not change.
    /// </param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or a topic has no valid uid of its own.</exception>
    public TopicModel(TopicModelState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        TopicModelStateCheck.Check(state);
        State = state;
        OutlierOffset = state.Topics.Count > 0 && state.Topics[0].Id < 0 ? 1 : 0;
        TopicEmbeddings = new Matrix(
            state.Topics.Count, state.Embedder.Dimension, Array.ConvertAll(state.TopicCentroids, value => (float)value));
        Strengths = TopicProbabilities.Strengths(state.Probabilities, state.ClusterStrengths, state.Assignments);
        _centroids = new CentroidPredictor(TopicEmbeddings, OutlierOffset);
        _density = state is { Layout: { } layout, Clusters: { } clusters }
            ? new DensityPredictor(
                layout, new RefinedClusters(clusters, state.Refinements), state.Mapper, state.Topics.Count - OutlierOffset)
            : null;
        _paths = state is { Layers: { } layers, Layout: { } place, Clusters: { } tree }
            ? new Lazy<LayerPaths>(() => new LayerPaths(layers, place, tree, state.Sample))
            : null;
        _answering = new TopicAnswering(this, _density, _centroids);
    }

    /// <summary>All parts, for archives and operations.</summary>
    public TopicModelState State { get; }

    /// <summary>Settings.</summary>
    public TopicModelOptions Options => State.Options;

    /// <summary>Encoder of the embeddings that the model accepts.</summary>
    public EmbedderInfo Embedder => State.Embedder;

    /// <summary>Ids of the n training documents in canonical order (ordinal).</summary>
    public IReadOnlyList<string> DocumentIds => State.DocumentIds;

    /// <summary>Rows of erased documents, ascending; lists and charts leave them out.</summary>
    public int[] ErasedRows => State.ErasedRows;

    /// <summary>Topic of each training document.</summary>
    public int[] Assignments => State.Assignments;

    /// <summary>
    /// Probability of each training document, as in BERTopic's <c>get_document_info</c>: the strength in the cluster or, if the model keeps
    /// all probabilities, the largest one; for outliers 1 minus their sum.
    /// </summary>
    public double[] Strengths { get; }

    /// <summary>n × (topics without −1) probabilities; null unless <see cref="TopicModelOptions.CalculateProbabilities"/> is set.</summary>
    public Matrix? Probabilities => State.Probabilities;

    /// <summary>
    /// n × dimension embeddings of the training documents; null if the model keeps none. In a fit with seed topics these are the moved
    /// embeddings.
    /// </summary>
    public Matrix? DocumentVectors => State.DocumentVectors ?? State.Layout?.TrainingRows;

    /// <summary>Position of each training document in the layout; null without a layout.</summary>
    internal Matrix? Positions => State.Sample?.Positions ?? State.Layout?.Embedding;

    /// <summary>n × 2 coordinates of the documents on a plane, for charts; null if they were not computed.</summary>
    public Matrix? MapPoints => State.MapPoints;

    /// <summary>The topics, ascending; −1 first if there are outliers.</summary>
    public IReadOnlyList<Topic> Topics => State.Topics;

    /// <summary>
    /// Other words of the topics by name of the aspect, one list per topic in the order of <see cref="Topics"/>; null if there are none.
    /// </summary>
    public IReadOnlyDictionary<string, TopicWord[][]>? Aspects => State.Aspects;

    /// <summary>
    /// 1 if there is an outlier topic, else 0: the row of topic 0 in <see cref="TopicEmbeddings"/> and <see cref="TermWeights"/>.
    /// </summary>
    public int OutlierOffset { get; }

    /// <summary>One centroid per topic: the mean embedding of its documents, without outliers that were assigned to it later.</summary>
    public Matrix TopicEmbeddings { get; }

    /// <summary>Steps from clusters to topics.</summary>
    public TopicMapper Mapper => State.Mapper;

    /// <summary>Terms.</summary>
    public Vocabulary Vocabulary => State.Vocabulary;

    /// <summary>Inverse frequency of each term.</summary>
    public double[] InverseFrequencies => State.InverseFrequencies;

    /// <summary>Topics × terms weights (c-TF-IDF).</summary>
    public CsrMatrix<double> TermWeights => State.TermWeights;

    /// <summary>Layout stage; null in a model that predicts by centroid only.</summary>
    public UmapModel? Layout => State.Layout;

    /// <summary>Cluster stage; null in a model that predicts by centroid only.</summary>
    public HdbscanModel? Clusters => State.Clusters;

    /// <summary>Topics at other resolutions; null if the model has none.</summary>
    public TopicLayers? Layers => State.Layers;

    /// <summary>Report of the fit or of the operation that made the model.</summary>
    public FitReport Report => State.Report;

    /// <summary>Returns the topic with this id, the outlier topic (−1) included; null if there is none.</summary>
    /// <param name="id">Topic id.</param>
    /// <returns>The topic or null.</returns>
    public Topic? Find(int id) => id >= -OutlierOffset && id < Topics.Count - OutlierOffset ? Topics[id + OutlierOffset] : null;

    /// <summary>Returns the topic with this uid; null if there is none. The outlier topic has no uid.</summary>
    /// <param name="uid">Uid as in <see cref="Topic.Uid"/>.</param>
    /// <returns>The topic or null.</returns>
    public Topic? Find(string uid)
    {
        ArgumentNullException.ThrowIfNull(uid);
        return uid.Length == 0 ? null : Topics.FirstOrDefault(topic => string.Equals(topic.Uid, uid, StringComparison.Ordinal));
    }

    /// <summary>Whether <see cref="Predict"/> is available; <see cref="PredictByCentroid"/> always is.</summary>
    public bool HasDensity => _density is not null;

    /// <summary>
    /// Predicts the topic of a new document by density: places it in the layout, then in the cluster tree. The result depends on the
    /// embedding only.
    /// </summary>
    /// <param name="embedding">Embedding of the document.</param>
    /// <param name="allTopics">Whether to compute the probabilities of all topics, which takes longer.</param>
    /// <returns>The prediction. An embedding with a value that is not finite is an outlier.</returns>
    /// <exception cref="ArgumentException">The embedding has another dimension than the model.</exception>
    /// <exception cref="InvalidOperationException">The model has no layout or no cluster tree.</exception>
    public TopicPrediction Predict(ReadOnlySpan<float> embedding, bool allTopics)
    {
        CheckDimension(embedding);
        return _density is null
            ? throw new InvalidOperationException("The model has no layout and cluster tree; it predicts by centroid only.")
            : _density.Predict(embedding, allTopics);
    }

    /// <summary>Predicts the topic of a new document by the nearest centroid. As in BERTopic, the outlier topic takes part.</summary>
    /// <param name="embedding">Embedding of the document.</param>
    /// <param name="allTopics">Whether to return the similarities of all topics.</param>
    /// <returns>
    /// The prediction. Its probabilities are cosines in [−1, 1]; <see cref="TopicPrediction.OutlierProbability"/> is the cosine to the
    /// outlier centroid (NaN without outliers).
    /// </returns>
    /// <exception cref="ArgumentException">The embedding has another dimension than the model.</exception>
    public TopicPrediction PredictByCentroid(ReadOnlySpan<float> embedding, bool allTopics)
    {
        CheckDimension(embedding);
        return _centroids.Predict(embedding, allTopics);
    }

    /// <summary>
    /// Answers a text as a server does: a training document keeps its topic, an outlier is treated by the
    /// <see cref="TopicModelOptions.OutlierPolicy"/>, and the answer has the novelty of the text. The answer depends on the model, the
    /// embedding and the question only.
    /// </summary>
    /// <param name="embedding">Embedding of the text.</param>
    /// <param name="question">
    /// How to find the topic. A model without cluster tree always compares centroids.
    /// </param>
    /// <returns>The answer.</returns>
    /// <exception cref="ArgumentException">The embedding has another dimension than the model.</exception>
    public TopicAnswer Answer(ReadOnlySpan<float> embedding, TopicQuestion question)
    {
        CheckDimension(embedding);
        return _answering.Answer(embedding, question, []);
    }

    /// <summary>
    /// Answers several texts, each with the bits of <see cref="Answer(ReadOnlySpan{float}, TopicQuestion)"/>. Texts that are answered
    /// together search the training documents together, which takes less time.
    /// </summary>
    /// <param name="embeddings">Matrix with their embeddings.</param>
    /// <param name="rows">Rows of the texts.</param>
    /// <param name="questions">How to find the topic, for each text.</param>
    /// <param name="answers">Receives an answer for each text.</param>
    /// <exception cref="ArgumentException">
    /// The embeddings have another dimension than the model, or the numbers of rows, questions and answers differ.
    /// </exception>
    public void Answer(Matrix embeddings, ReadOnlySpan<int> rows, ReadOnlySpan<TopicQuestion> questions, Span<TopicAnswer> answers) =>
        AnswerAt(embeddings, rows, questions, positions: null, answers);

    /// <summary>Answers several texts and returns their positions.</summary>
    /// <param name="embeddings">Matrix with their embeddings.</param>
    /// <param name="rows">Rows of the texts.</param>
    /// <param name="questions">How to find the topic, for each text.</param>
    /// <param name="positions">
    /// Receives the coordinates in the layout of answers by density, in the rows of the texts; null if not needed.
    /// </param>
    /// <param name="answers">Receives an answer for each text.</param>
    internal void AnswerAt(
        Matrix embeddings, ReadOnlySpan<int> rows, ReadOnlySpan<TopicQuestion> questions, Matrix? positions, Span<TopicAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentOutOfRangeException.ThrowIfNotEqual(embeddings.Columns, Embedder.Dimension);
        ArgumentOutOfRangeException.ThrowIfNotEqual(questions.Length, rows.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(answers.Length, rows.Length);
        _answering.Answer(embeddings, rows, questions, positions, answers);
    }

    /// <summary>Returns the topics of a text in all layers.</summary>
    /// <param name="embedding">Embedding of the text.</param>
    /// <param name="topicId">Its topic as predicted; −1 for an outlier.</param>
    /// <param name="documentRow">Row of the training document with the text, which keeps its topics; null for a new text.</param>
    /// <returns>Topic of each layer by index of <see cref="TopicLayers"/>; −1 for none. Empty if the model has no layers.</returns>
    /// <exception cref="ArgumentException">The embedding has another dimension than the model.</exception>
    public IReadOnlyList<int> Path(ReadOnlySpan<float> embedding, int topicId, int? documentRow = null)
    {
        CheckDimension(embedding);
        return _paths is null ? []
            : documentRow is { } row ? _paths.Value.OfDocument(row, Assignments[row])
            : _paths.Value.Of(embedding, topicId);
    }

    /// <summary>Predicts by density if the model can, else by centroid: the default mode of a prediction.</summary>
    internal TopicPrediction PredictByDefault(ReadOnlySpan<float> embedding) =>
        HasDensity ? Predict(embedding, allTopics: false) : PredictByCentroid(embedding, allTopics: false);

    /// <summary>Returns the topics most similar to a text; BERTopic's <c>find_topics</c>. The outlier topic takes part.</summary>
    /// <param name="embedding">Embedding of the text.</param>
    /// <param name="count">Maximum number of topics, 0 or more.</param>
    /// <returns>Topics by descending similarity; equal ones by ascending id.</returns>
    /// <exception cref="ArgumentException">The embedding has another dimension than the model.</exception>
    public IReadOnlyList<TopicSimilarity> Nearest(ReadOnlySpan<float> embedding, int count)
    {
        CheckDimension(embedding);
        double[] cosines = new double[Topics.Count];
        _centroids.Cosines(embedding, cosines);
        return
        [
            .. Topics.Select((topic, row) => new TopicSimilarity(topic, cosines[row]))
                .OrderByDescending(static hit => hit.Similarity)
                .Take(count),
        ];
    }

    /// <summary>Returns the model with another report. Callers that run stages before or after the fit add them.</summary>
    /// <param name="report">The report.</param>
    /// <returns>A model that shares everything else.</returns>
    public TopicModel WithReport(FitReport report) => new(State with { Report = report });

    /// <summary>Returns the model with coordinates of its documents on a plane.</summary>
    /// <param name="points">n × 2 coordinates in the order of <see cref="DocumentIds"/>.</param>
    /// <returns>A model that shares everything else.</returns>
    /// <exception cref="ArgumentException">The matrix has another shape.</exception>
    public TopicModel WithMapPoints(Matrix points) => new(State with { MapPoints = points });

    private void CheckDimension(ReadOnlySpan<float> embedding)
    {
        if (embedding.Length != Embedder.Dimension)
        {
            throw new ArgumentException(
                $"The embedding has {embedding.Length} values; the model requires {Embedder.Dimension}.", nameof(embedding));
        }
    }
}
