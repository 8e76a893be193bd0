using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// The mutual reachability graph: points, core distances and scale, by slot of the k-d tree. The weight of an edge is
/// max(core(a), core(b), d(a, b)/α), squared.
/// </summary>
internal sealed class MutualReachability
{
    private readonly double _scale;

    public MutualReachability(KdTree tree, double[] coreByRow, double alpha)
    {
        Tree = tree;
        _scale = 1.0 / (alpha * alpha);
        Core = new double[tree.Count];
        for (int slot = 0; slot < Core.Length; slot++)
        {
            Core[slot] = coreByRow[tree.Rows[slot]];
        }
    }

    public KdTree Tree { get; }

    /// <summary>Squared core distance of each slot.</summary>
    public double[] Core { get; }

    /// <summary>Returns the squared distance divided by α².</summary>
    public double Scaled(double squaredDistance) => squaredDistance * _scale;

    /// <summary>Returns an upper bound of the unscaled squared distances whose scaled value is at most <paramref name="bound"/>.</summary>
    public double Unscaled(double bound) => _scale == 1.0 ? bound : bound / _scale * (1.0 + 1e-12);
}
