using System.Numerics.Tensors;
using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Clusters.Layers;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Grouping;

namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>
/// State of a model after the documents of one topic, or the outliers, were clustered again in the stored layout. The other topics keep
/// their documents, uids and custom labels; all topics are numbered by size.
/// </summary>
internal sealed class DividedTopic
{
    private const int BlockSize = 256;
    private readonly OperationInput _input;
    private readonly TopicModel _model;
    private readonly int _topic;
    private readonly int _topics;
    private readonly int[] _rows;
    private readonly HdbscanModel _layoutClusters;

    /// <param name="input">Input of the operation.</param>
    /// <param name="topic">Topic to divide; −1 for the outliers.</param>
    /// <exception cref="InvalidOperationException">The model has no layout and cluster tree, or too many refinements.</exception>
    public DividedTopic(OperationInput input, int topic)
    {
        _input = input;
        _model = input.Model;
        _topic = topic;
        _topics = _model.Topics.Count - _model.OutlierOffset;
        _layoutClusters = _model.Clusters ?? throw Unavailable();
        Layout = _model.Positions ?? throw Unavailable();
        _rows = [.. Enumerable.Range(0, _model.Assignments.Length).Where(row => _model.Assignments[row] == topic)];
        if (_model.State.Refinements.Count == ClusterRefinement.Most)
        {
            throw new InvalidOperationException(
                $"The model was divided {ClusterRefinement.Most} times, the maximum. "
                + "Fit the corpus again with a smaller min_cluster_size.");
        }

        static InvalidOperationException Unavailable() =>
            new("The model has no layout and cluster tree, in which its topics could be divided. Fit the corpus again instead.");
    }

    private Matrix Layout { get; }

    /// <summary>Number of documents to cluster.</summary>
    public int DocumentCount => _rows.Length;

    /// <summary>Returns the clusters of the documents; their settings are those of the model but for the sizes.</summary>
    public HdbscanModel Cluster(int minClusterSize, int minSamples)
    {
        HdbscanOptions options = new() { MinClusterSize = minClusterSize, MinSamples = minSamples, Alpha = _layoutClusters.Options.Alpha };
        return new Hdbscan(options).Fit(Layout.Take(_rows), _input.Compute, progress: null, _input.CancellationToken);
    }

    /// <summary>Returns the clusters at the most persistent size of their tree; null if the tree does not split.</summary>
    public HdbscanModel? MostPersistent(HdbscanModel model)
    {
        LayerOptions options = new() { MinClusterSize = model.Options.MinClusterSize };
        var layers = ClusterLayers.Find(model, options, _input.CancellationToken);
        if (layers.MostPersistent < 0)
        {
            return null;
        }

        // The clusters of a layer are the leaves just above its size; those of the finest layer are the leaves at its size.
        int size = layers.Layers[layers.MostPersistent].MinClusterSize;
        return model.Reselected(model.Options with
        {
            MinClusterSize = layers.MostPersistent == 0 ? size : size + 1,
            MinSamples = model.Options.EffectiveMinSamples(_rows.Length),
            SelectionMethod = ClusterSelectionMethod.Leaf,
        });
    }

    /// <summary>Returns the state with the clusters as topics.</summary>
    /// <param name="clusters">Clusters of the documents, one or more.</param>
    /// <param name="complete">Whether outliers of the clusters join the cluster of their largest membership.</param>
    public TopicModelState State(HdbscanModel clusters, bool complete)
    {
        TopicMapper mapper = _model.Mapper;
        int nextCluster = mapper.Rows == 0 ? 0 : mapper.Values[0] + mapper.Rows;
        int[] sources = [.. Enumerable.Range(-1, nextCluster + 1).Where(cluster => mapper.TopicOf(cluster) == _topic)];
        ClusterRefinement refinement = new(clusters, _rows, sources, nextCluster, complete);
        Matrix membership = clusters.MembershipOfTraining(_input.Compute, _input.CancellationToken);
        int[] assignments = [.. _model.Assignments];
        double[] strengths = [.. _model.State.ClusterStrengths];
        double[] shares = new double[clusters.ClusterCount];
        for (int i = 0; i < _rows.Length; i++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(membership.Row(i), shares);
            ClusterAssignment inner = new(clusters.Labels[i], clusters.Probabilities[i]);
            ClusterAssignment chosen = RefinedClusters.Choose(refinement, inner, shares);
            assignments[_rows[i]] = chosen.Cluster < 0 ? -1 : _topics + chosen.Cluster - nextCluster;
            strengths[_rows[i]] = chosen.Strength;
        }

        int[] ranks = FrequencyOrder.Rank(assignments);
        TopicAssignments ordered = new(Array.ConvertAll(assignments, topic => topic < 0 ? -1 : ranks[topic]));
        int[] next = ranks[.._topics];
        int[] parts = ranks[_topics..];
        TopicModelState divided = _model.State with
        {
            TopicCentroids = Relabeled.Means(_model, ordered),
            ClusterStrengths = strengths,
            Mapper = mapper.Divide(_topic, topic => topic < 0 ? -1 : next[topic], parts),
            Refinements = [.. _model.State.Refinements, refinement],
            Probabilities = _model.Probabilities is { } old ? Probabilities(old, refinement, membership, next, parts, ordered) : null,
        };
        return _input.Described(divided, ordered, topics => Named(topics, next, parts, ordered));
    }

    // A part with more than half of the documents is the same topic, as after a refit.
    private IReadOnlyList<Topic> Named(IReadOnlyList<Topic> topics, int[] next, int[] parts, TopicAssignments ordered)
    {
        Topic[] kept = [.. _model.Topics.Where(topic => topic.Id < 0 || next[topic.Id] >= 0)];
        IReadOnlyList<Topic> named = InheritedNames.Carry(kept, next, topics);
        int same = _topic < 0 ? -1 : Array.FindIndex(parts, part => 2L * ordered.Sizes[part + ordered.OutlierOffset] > _rows.Length);
        if (same < 0)
        {
            return named;
        }

        Topic divided = _model.Find(_topic)!;
        return
        [
            .. named.Select(topic => topic.Id == parts[same] ? topic with { Uid = divided.Uid, CustomLabel = divided.CustomLabel } : topic),
        ];
    }

    private Matrix Probabilities(
        Matrix old, ClusterRefinement refinement, Matrix ownMembership, int[] next, int[] parts, TopicAssignments ordered)
    {
        Matrix result = new(old.Rows, ordered.TopicCount);
        int[] ownRow = new int[old.Rows];
        Array.Fill(ownRow, -1);
        for (int i = 0; i < _rows.Length; i++)
        {
            ownRow[_rows[i]] = i;
        }

        RowBlocks.Run(
            old.Rows,
            BlockSize,
            _input.Compute.Threads,
            (_, first, end) =>
            {
                double[] shares = new double[parts.Length];
                for (int row = first; row < end; row++)
                {
                    if (ownRow[row] >= 0)
                    {
                        TensorPrimitives.ConvertTruncating<float, double>(ownMembership.Row(ownRow[row]), shares);
                    }
                    else
                    {
                        refinement.Clusters.Predict(Layout.Row(row), shares);
                    }

                    Span<float> before = old.Row(row);
                    double weight = _topic >= 0 ? before[_topic] : Math.Max(0, 1 - TensorPrimitives.Sum<float>(before));
                    RefinedClusters.Divide(refinement, shares, weight);
                    Span<float> after = result.Row(row);
                    for (int topic = 0; topic < before.Length; topic++)
                    {
                        if (next[topic] >= 0)
                        {
                            after[next[topic]] = before[topic];
                        }
                    }

                    for (int part = 0; part < parts.Length; part++)
                    {
                        // A cluster without a document cannot occur: each has its own dense points.
                        after[parts[part]] = (float)shares[part];
                    }
                }
            },
            _input.CancellationToken);
        return result;
    }
}
