using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>Clusters found by <see cref="Hdbscan"/>. Immutable and thread-safe; the arrays are the model's own and must not be written to.</summary>
public sealed class HdbscanModel
{
    private const int BlockSize = 256;
    private const int StackDimensions = 128;

    private readonly SingleLinkageTree _linkage;
    private readonly KdTree _tree;
    private readonly ClusterSelection _selection;
    private readonly MembershipScorer _scorer;

    /// <summary>Rebuilds a fitted model; the same state gives the same bits.</summary>
    /// <param name="state">What <see cref="State"/> of a fitted model returned.</param>
    /// <exception cref="ArgumentException">The arrays do not fit each other or are not a tree.</exception>
    public HdbscanModel(HdbscanState state)
        : this(state, null)
    {
    }

    internal HdbscanModel(HdbscanState state, KdTree? tree)
    {
        ArgumentNullException.ThrowIfNull(state);
        Hdbscan.CheckPoints(state.Points);
        if (state.CoreDistances.Length != state.Points.Rows || state.MergeLeft.Length != state.Points.Rows - 1)
        {
            throw new ArgumentException($"{state.Points.Rows} points need as many core distances ({state.CoreDistances.Length}) and one merge fewer ({state.MergeLeft.Length}).", nameof(state));
        }

        State = state;
        Options = state.Options.Validated();
        _linkage = SingleLinkageTree.FromMerges(state.MergeLeft, state.MergeRight, state.MergeDistances);
        _selection = ClusterSelection.Select(_linkage, Options);
        _scorer = new MembershipScorer(_selection, state.Points);
        OutlierScores = Clusters.OutlierScores.Compute(_selection.Tree);
        _tree = tree ?? KdTree.Build(state.Points);
        Predictor = new PointPredictor(_selection, _scorer, _tree, state.CoreDistances, Options.EffectiveMinSamples(state.Points.Rows));
    }

    /// <summary>Settings of the fit.</summary>
    public HdbscanOptions Options { get; }

    /// <summary>What an archive has to keep.</summary>
    public HdbscanState State { get; }

    /// <summary>Number of clusters, 0 or more.</summary>
    public int ClusterCount => _selection.Selected.Length;

    /// <summary>Cluster of each training point, from 0; −1: outlier. Python <c>labels_</c>.</summary>
    public int[] Labels => _selection.Labels;

    /// <summary>Strength of each training point in its cluster, 0 to 1; 0 for outliers. Python <c>probabilities_</c>.</summary>
    public double[] Probabilities => _selection.Probabilities;

    /// <summary>GLOSH score of each training point, 0 to 1; higher: more outlying. Python <c>outlier_scores_</c>.</summary>
    public double[] OutlierScores { get; }

    /// <summary>Persistence of each cluster, 0 to 1. Python <c>cluster_persistence_</c>.</summary>
    public double[] Persistence => _selection.Persistence;

    internal ClusterSelection Selection => _selection;

    internal Exemplars Exemplars => _scorer.Exemplars;

    internal PointPredictor Predictor { get; }

    /// <summary>
    /// Places a new point; Python <c>approximate_predict</c> and <c>membership_vector</c>. A training point is answered by its
    /// nearest neighbors too, so its answer may differ from its label. Allocation-free; alone as in any batch.
    /// </summary>
    /// <param name="point">Coordinates, as many as the training points have; finite.</param>
    /// <param name="membership">Receives the membership in each cluster, summing to at most 1 (the rest is the outlier's share); empty when not wanted.</param>
    /// <returns>Cluster and strength.</returns>
    /// <exception cref="ArgumentException">Wrong length or a value that is not finite.</exception>
    public ClusterAssignment Predict(ReadOnlySpan<float> point, Span<double> membership)
    {
        Span<double> wide = point.Length <= StackDimensions ? stackalloc double[point.Length] : new double[point.Length];
        for (int k = 0; k < point.Length; k++)
        {
            wide[k] = point[k];
        }

        return Predict(wide, membership);
    }

    internal ClusterAssignment Predict(ReadOnlySpan<double> point, Span<double> membership)
    {
        if (point.Length != State.Points.Columns)
        {
            throw new ArgumentException($"The clusters were fitted on {State.Points.Columns} coordinates, the point has {point.Length}.", nameof(point));
        }

        if (!membership.IsEmpty && membership.Length != ClusterCount)
        {
            throw new ArgumentException($"{ClusterCount} clusters need as many places, {membership.Length} given.", nameof(membership));
        }

        foreach (double value in point)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("The point has a coordinate that is not finite.", nameof(point));
            }
        }

        return Predictor.Predict(point, membership);
    }

    /// <summary>Membership of every training point in every cluster; Python <c>all_points_membership_vectors</c>. The highest value need not be the point's label.</summary>
    /// <param name="compute">Threads.</param>
    /// <param name="cancellationToken">Cancels between blocks of rows.</param>
    /// <returns>n × <see cref="ClusterCount"/>; each row sums to at most 1.</returns>
    public Matrix MembershipOfTraining(ComputeOptions compute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(compute);
        Matrix membership = new(State.Points.Rows, ClusterCount);
        if (ClusterCount > 0)
        {
            RowBlocks.Run(membership.Rows, BlockSize, compute.Threads, (_, start, end) => FillMembership(membership, start, end), cancellationToken);
        }

        return membership;
    }

    /// <summary>
    /// Labels that other selection settings would give on the tree already built, in milliseconds. All settings but
    /// <see cref="HdbscanOptions.MinSamples"/> and <see cref="HdbscanOptions.Alpha"/> count; those two shaped the tree and stay as fitted.
    /// </summary>
    /// <param name="options">Settings to try.</param>
    /// <returns>Cluster of each training point; −1: outlier.</returns>
    public int[] SelectLabels(HdbscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ClusterSelection.Select(_linkage, options.Validated()).Labels;
    }

    /// <summary>The model that other selection settings give on the tree already built; see <see cref="SelectLabels"/> for what counts.</summary>
    /// <param name="options">Settings; min_samples and alpha must be those of the fit.</param>
    /// <returns>The same bits as a fit with these settings.</returns>
    /// <exception cref="ArgumentException">Settings that shape the tree differ.</exception>
    internal HdbscanModel Reselected(HdbscanOptions options)
    {
        int points = State.Points.Rows;
        if (options.EffectiveMinSamples(points) != Options.EffectiveMinSamples(points) || options.Alpha != Options.Alpha)
        {
            throw new ArgumentException($"The tree was built with min_samples {Options.EffectiveMinSamples(points)} and alpha {Options.Alpha}; other ones need a new fit.", nameof(options));
        }

        return options == Options ? this : new HdbscanModel(State with { Options = options }, _tree);
    }

    private void FillMembership(Matrix membership, int start, int end)
    {
        double[] point = new double[State.Points.Columns];
        double[] row = new double[ClusterCount];
        double[] scratch = new double[ClusterCount];
        for (int i = start; i < end; i++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(State.Points.Row(i), point);
            _scorer.ScoreTraining(i, point, row, scratch);
            TensorPrimitives.ConvertTruncating<double, float>(row, membership.Row(i));
        }
    }
}
