using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Clusters of a set of points, with prediction data; the result of <see cref="Hdbscan"/>. Immutable and thread-safe. The
/// arrays belong to the model; do not write to them.
/// </summary>
public sealed class HdbscanModel
{
    private const int BlockSize = 256;
    private const int StackDimensions = 128;

    private readonly SingleLinkageTree _linkage;
    private readonly KdTree _tree;
    private readonly ClusterSelection _selection;
    private readonly MembershipScorer _scorer;
    private readonly DistanceScale? _scale;

    /// <summary>Creates the model from its state. The same state gives the same bits.</summary>
    /// <param name="state">State of a fitted model; see <see cref="State"/>.</param>
    /// <exception cref="ArgumentException">The sizes of the arrays contradict each other, or the merges are not a dendrogram.</exception>
    public HdbscanModel(HdbscanState state)
        : this(state, null, null)
    {
    }

    internal HdbscanModel(HdbscanState state, KdTree? tree, DistanceScale? scale)
    {
        _scale = scale;
        ArgumentNullException.ThrowIfNull(state);
        Hdbscan.CheckPoints(state.Points);
        if (state.CoreDistances.Length != state.Points.Rows || state.MergeLeft.Length != state.Points.Rows - 1)
        {
            throw new ArgumentException(
                $"n = {state.Points.Rows} points require n core distances ({state.CoreDistances.Length} given)"
                + $" and n − 1 merges ({state.MergeLeft.Length} given).",
                nameof(state));
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

    /// <summary>State from which the model can be created again.</summary>
    public HdbscanState State { get; }

    /// <summary>Number of clusters, 0 or more.</summary>
    public int ClusterCount => _selection.Selected.Length;

    /// <summary>Cluster of each training point, from 0; −1 for outliers. Python <c>labels_</c>.</summary>
    public int[] Labels => _selection.Labels;

    /// <summary>Membership strength of each training point, 0 to 1; 0 for outliers. Python <c>probabilities_</c>.</summary>
    public double[] Probabilities => _selection.Probabilities;

    /// <summary>
    /// GLOSH outlier score of each training point, 0 to 1; larger values are more outlying. Python <c>outlier_scores_</c>.
    /// </summary>
    public double[] OutlierScores { get; }

    /// <summary>Persistence of each cluster, 0 to 1. Python <c>cluster_persistence_</c>.</summary>
    public double[] Persistence => _selection.Persistence;

    internal ClusterSelection Selection => _selection;

    internal SingleLinkageTree Linkage => _linkage;

    internal Exemplars Exemplars => _scorer.Exemplars;

    internal PointPredictor Predictor { get; }

    /// <summary>
    /// Predicts the cluster of a new point; Python <c>approximate_predict</c> and <c>membership_vector</c>. A training
    /// point is predicted from its nearest neighbors too, so its prediction can differ from its label. The result does not
    /// depend on a batch. Does not allocate for up to 128 dimensions, 256 clusters and 256 neighbors.
    /// </summary>
    /// <param name="point">Vector of d finite coordinates.</param>
    /// <param name="membership">
    /// Receives the membership in each cluster; its sum is at most 1, and the rest is the outlier probability. Empty if not
    /// needed.
    /// </param>
    /// <returns>Cluster and membership strength.</returns>
    /// <exception cref="ArgumentException">A length is wrong, or a coordinate is not finite.</exception>
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
            throw new ArgumentException(
                $"The model expects {State.Points.Columns} coordinates, the point has {point.Length}.", nameof(point));
        }

        if (!membership.IsEmpty && membership.Length != ClusterCount)
        {
            throw new ArgumentException(
                $"{ClusterCount} clusters require a span of as many values, but its length is {membership.Length}.", nameof(membership));
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

    /// <summary>
    /// Computes the membership of every training point in every cluster; Python <c>all_points_membership_vectors</c>. The
    /// largest membership of a point can be in another cluster than its label.
    /// </summary>
    /// <param name="compute">Threads.</param>
    /// <param name="cancellationToken">Cancels between blocks of rows.</param>
    /// <returns>Memberships, n × <see cref="ClusterCount"/>; each row sums to at most 1.</returns>
    public Matrix MembershipOfTraining(ComputeOptions compute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(compute);
        Matrix membership = new(State.Points.Rows, ClusterCount);
        if (ClusterCount > 0)
        {
            RowBlocks.Run(
                membership.Rows, BlockSize, compute.Threads, (_, start, end) => FillMembership(membership, start, end), cancellationToken);
        }

        return membership;
    }

    /// <summary>
    /// Returns the labels for other selection settings on the existing tree, in milliseconds.
    /// <see cref="HdbscanOptions.MinSamples"/> and <see cref="HdbscanOptions.Alpha"/> have no effect, because they
    /// determine the tree.
    /// </summary>
    /// <param name="options">Selection settings.</param>
    /// <returns>Cluster of each training point, from 0; −1 for outliers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public int[] SelectLabels(HdbscanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ClusterSelection.Select(_linkage, options.Validated()).Labels;
    }

    /// <summary>Returns the model for other selection settings on the existing tree; see <see cref="SelectLabels"/>.</summary>
    /// <param name="options">Settings; min_samples and alpha must equal those of the fit.</param>
    /// <returns>Model with the same bits as a fit with these settings.</returns>
    /// <exception cref="ArgumentException">A setting that determines the tree differs.</exception>
    internal HdbscanModel Reselected(HdbscanOptions options)
    {
        int points = State.Points.Rows;
        if (options.EffectiveMinSamples(points) != Options.EffectiveMinSamples(points) || options.Alpha != Options.Alpha)
        {
            throw new ArgumentException(
                $"The tree was built with min_samples {Options.EffectiveMinSamples(points)} and alpha {Options.Alpha};"
                + " other values require a new fit.",
                nameof(options));
        }

        return options == Options ? this : new HdbscanModel(State with { Options = options }, _tree, _scale);
    }

    /// <summary>Scale of the core distances; null if the archive of the model lacks it.</summary>
    internal DistanceScale? KnownScale => _scale;

    /// <summary>
    /// Returns the scale of the core distances. A model from an archive without it computes it, with one neighbor search per point.
    /// </summary>
    internal DistanceScale Scale(CancellationToken cancellationToken)
    {
        if (_scale is { } known)
        {
            return known;
        }

        int minSamples = Options.EffectiveMinSamples(State.Points.Rows);
        var neighbors = NeighborLists.Find(_tree, minSamples, ComputeOptions.Default, cancellationToken);
        return DistanceScale.Of(neighbors.SquaredCore);
    }

    /// <summary>Returns the model of points of which these are the distinct ones; see <see cref="RepeatedPoints"/>.</summary>
    /// <param name="distinctOf">Point of this model for each point, n.</param>
    internal HdbscanModel Extended(int[] distinctOf) => new(RepeatedPoints.Extend(State, distinctOf), tree: null, _scale);

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
