using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>The points, their core distances and the scale: what an edge's length is made of. All by slot of the k-d tree.</summary>
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

    /// <summary>Squared distance as it enters an edge: divided by α².</summary>
    public double Scaled(double squaredDistance) => squaredDistance * _scale;

    /// <summary>Squared distance up to which a scaled one can be at most <paramref name="bound"/>; never too small.</summary>
    public double Unscaled(double bound) => _scale == 1.0 ? bound : bound / _scale * (1.0 + 1e-12);
}
