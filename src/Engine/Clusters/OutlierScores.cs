namespace TopicGrpc.Engine.Clusters;

/// <summary>GLOSH outlier scores (Campello et al. 2015): 1 − λ(point) / λ(densest point in the subtree of its cluster).</summary>
internal static class OutlierScores
{
    public static double[] Compute(CondensedTree tree)
    {
        double[] densest = [.. tree.DirectMaximum];
        for (int cluster = tree.ClusterCount - 1; cluster > 0; cluster--)
        {
            int parent = tree.Parents[cluster];
            densest[parent] = Math.Max(densest[parent], densest[cluster]);
        }

        double[] scores = new double[tree.PointCount];
        for (int point = 0; point < scores.Length; point++)
        {
            double maximum = densest[tree.PointCluster[point]];
            scores[point] = maximum > 0 ? (maximum - tree.PointLambda[point]) / maximum : 0;
        }

        return scores;
    }
}
